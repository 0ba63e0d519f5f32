import { describe, expect, it } from 'vitest'
import { modulesNamed } from '../../src/apache/modules.ts'
import { wholeServer } from '../../src/project/apache/whole-server.ts'
import { absent, check, deployedTree, directory, lines, link, rendered } from './server-node.ts'

const debianMain = `IncludeOptional mods-enabled/*.load
IncludeOptional mods-enabled/*.conf
Include ports.conf
<Directory />
  AllowOverride None
  Require all denied
</Directory>
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
`

const built = modulesNamed(['mpm_event'])
const paths = (server: ReturnType<typeof wholeServer>) => [...(server?.read.keys() ?? [])]

describe('wholeServer', () => {
  it('reads Debian’s files in httpd’s order, through the links of the catalog', () => {
    const server = wholeServer(
      [
        rendered('/etc/apache2/apache2.conf', debianMain),
        rendered('/etc/apache2/ports.conf', 'Listen 80\n'),
        rendered('/etc/apache2/sites-available/b.conf', '<VirtualHost *:80>\n</VirtualHost>\n'),
        rendered('/etc/apache2/sites-available/a.conf', '<VirtualHost *:80>\n</VirtualHost>\n'),
        link('/etc/apache2/sites-enabled/10-b.conf', '../sites-available/b.conf'),
        link('/etc/apache2/sites-enabled/20-a.conf', '/etc/apache2/sites-available/a.conf'),
        directory('/etc/apache2/mods-enabled', true),
        link('/etc/apache2/mods-enabled/authz_core.load', '../mods-available/authz_core.load'),
      ],
      undefined,
      built,
    )
    expect(paths(server)).toEqual([
      '/etc/apache2/apache2.conf',
      '/etc/apache2/mods-available/authz_core.load',
      '/etc/apache2/ports.conf',
      '/etc/apache2/sites-available/b.conf',
      '/etc/apache2/sites-available/a.conf',
    ])
    expect(server?.verdict.diagnostics).toEqual([])
    expect(server?.environment.modules.has('authz_core_module')).toBe(true)
    expect(server?.environment.modules.has('dir_module')).toBe(false)
  })

  it('lays the catalog over the deployed tree, and that over the package', () => {
    const tree = deployedTree({
      '/etc/apache2/apache2.conf': debianMain,
      '/etc/apache2/ports.conf': 'Listen 81\n',
      '/etc/apache2/conf-enabled/a.conf': 'KeepAlive On\n',
      '/etc/apache2/conf-enabled/b.conf': 'Nonsense\n',
    })
    const server = wholeServer(
      [absent('/etc/apache2/conf-enabled/b.conf'), rendered('/etc/apache2/ports.conf', 'Listen 82\n')],
      tree,
      built,
    )
    expect(paths(server).filter((path) => !path.includes('/mods-'))).toEqual([
      '/etc/apache2/apache2.conf',
      '/etc/apache2/ports.conf',
      '/etc/apache2/conf-enabled/a.conf',
    ])
    expect(server?.environment.modules.has('dir_module')).toBe(true)
    expect(server?.files.text('/etc/apache2/ports.conf')).toBe('Listen 82\n')
    expect(server?.certain).toBe(true)
  })

  it.each([
    ['/etc/httpd/conf.d/shop.conf', '/etc/httpd/conf/httpd.conf'],
    ['/etc/apache2/vhosts.d/shop.conf', '/etc/apache2/httpd.conf'],
    ['/usr/local/etc/apache24/Includes/shop.conf', '/usr/local/etc/apache24/httpd.conf'],
    ['/etc/apache2/conf-enabled/shop.conf', '/etc/apache2/apache2.conf'],
  ])('finds %s from %s of the package', (path, main) => {
    const server = wholeServer([rendered(path, 'ServerName shop.example.com\n')], undefined, built)
    expect(paths(server)[0]).toBe(main)
    expect(paths(server)).toContain(path)
    expect(server?.verdict.diagnostics).toEqual([])
    expect(server?.certain).toBe(false)
  })

  it('leaves out what a purged directory loses', () => {
    const tree = deployedTree({
      '/etc/apache2/apache2.conf': debianMain,
      '/etc/apache2/sites-enabled/old.conf': 'Nonsense\n',
    })
    const server = wholeServer([directory('/etc/apache2/sites-enabled', true)], tree, built)
    expect(paths(server)).not.toContain('/etc/apache2/sites-enabled/old.conf')
    expect(server?.verdict.verdict).toBe('ok')
  })

  it('takes the values that start scripts set', () => {
    const server = wholeServer(
      [
        rendered('/etc/apache2/apache2.conf', `ErrorLog ${'$'}{APACHE_LOG_DIR}/e.log\nSetEnv A ${'$'}{STAGE}\n`),
        rendered('/etc/apache2/envvars', 'export APACHE_LOG_DIR=/srv/log$SUFFIX\nexport STAGE="live"\n'),
      ],
      undefined,
      new Set(['env_module']),
    )
    expect(server?.nodes.map((node) => node.args)).toEqual(['/srv/log/e.log', 'A live'])
  })
})

describe('checkApacheFiles', () => {
  const site = '<VirtualHost *:80>\n  ServerName shop.example.com\n  ExpiresActive On\n</VirtualHost>\n'
  const enabled = link('/etc/apache2/sites-enabled/shop.conf', '../sites-available/shop.conf')
  const server = [
    rendered('/etc/apache2/apache2.conf', debianMain),
    rendered('/etc/apache2/ports.conf', 'Listen 80\n'),
    rendered('/etc/apache2/sites-available/shop.conf', site),
  ]

  it('judges a file with the modules that are loaded where it is included, and leads back to its template', () => {
    const findings = check([
      ...server,
      enabled,
      link('/etc/apache2/mods-enabled/ssl.load', '../mods-available/ssl.load'),
    ])
    expect(lines(findings)).toEqual([
      "error httpd/unknown-directive etc/apache2/sites-available/shop.conf:3:3 Invalid command 'ExpiresActive', perhaps misspelled or defined by a module not included in the server configuration",
    ])
    expect(findings[0]?.renderedPath).toBe('/etc/apache2/sites-available/shop.conf')
    expect(findings[0]?.trace[0]?.span?.file.path).toBe('templates/etc/apache2/sites-available/shop.conf.epp')
    const loaded = link('/etc/apache2/mods-enabled/expires.load', '../mods-available/expires.load')
    expect(lines(check([...server, enabled, loaded]))).toEqual([])
  })

  it('calls a site dead that no link enables, and judges it by itself', () => {
    const other = rendered('/etc/apache2/sites-available/other.conf', 'Nonsense\n')
    expect(lines(check([...server, other, enabled])).filter((line) => line.includes('other.conf'))).toEqual([
      expect.stringMatching(/^warning httpd\/unknown-directive etc\/apache2\/sites-available\/other\.conf:1:1 /),
      'info apache/not-included etc/apache2/sites-available/other.conf:1:1 nothing that /etc/apache2/apache2.conf includes leads to /etc/apache2/sites-available/other.conf, so httpd does not read it',
    ])
  })

  it('does not call a site dead where nothing is known of the links', () => {
    expect(lines(check(server, undefined, { modules: 'all' }))).toEqual([])
  })

  it('tells of what is wrong in deployed files that the catalog leaves alone', () => {
    const tree = deployedTree({ '/etc/apache2/conf-enabled/local.conf': '<Directory /srv>\n' })
    expect(lines(check([...server, enabled], tree, { modules: 'all' }))).toEqual([
      'error httpd/unclosed-section etc/apache2/conf-enabled/local.conf:1:1 /etc/apache2/conf-enabled/local.conf:1: <Directory> was not closed.',
    ])
  })

  it('reports once what is included twice', () => {
    const twice = [
      rendered('/etc/apache2/apache2.conf', 'Include extra.conf\nInclude extra.conf\n'),
      rendered('/etc/apache2/extra.conf', 'Nonsense\n'),
    ]
    expect(check(twice)).toHaveLength(1)
  })

  it('knows what is missing only where it manages the directory', () => {
    const site = (path: string) =>
      rendered('/etc/apache2/conf-enabled/a.conf', `SSLCertificateFile ${path}/shop.pem\nErrorLog ${path}/e.log\n`)
    expect(lines(check([site('/etc/shop')], undefined, { modules: 'all' }))).toEqual([])
    const managed = [site('/etc/shop'), absent('/etc/shop/shop.pem'), absent('/etc/shop')]
    expect(lines(check(managed, undefined, { modules: 'all' }))).toEqual([
      "error httpd/file etc/apache2/conf-enabled/a.conf:1:20 SSLCertificateFile: file '/etc/shop/shop.pem' does not exist or is empty",
      expect.stringMatching(
        /^error httpd\/file .*:2:\d+ \(2\)No such file or directory: AH02291: Cannot access directory '\/etc\/shop\/' for main error log/,
      ),
    ])
  })
})
