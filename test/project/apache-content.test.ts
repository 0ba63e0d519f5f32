import { describe, expect, it } from 'vitest'
import { check, deployedTree, directory, lines, link, rendered } from './server-node.ts'

const main = (inside: string) => rendered('/etc/apache2/apache2.conf', `DocumentRoot /srv/www\n${inside}`)
const codes = (files: Parameters<typeof check>[0], deployed?: Parameters<typeof check>[1]) =>
  check(files, deployed, { modules: 'all' }).map(({ diagnostic, renderedPath }) => `${diagnostic.code} ${renderedPath}`)
const open = '<Directory /srv/www>\nAllowOverride All\nOptions Indexes\nRequire all granted\n</Directory>\n'

describe('what lies in a document root', () => {
  it('should be no secret', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\n'
    expect(codes([main(open), rendered('/srv/www/.env', 'A=1\n'), rendered('/srv/www/a.txt', key)])).toEqual([
      'lint/exposed-secret /srv/www/.env',
      'lint/exposed-secret /srv/www/a.txt',
    ])
    expect(codes([main(open), rendered('/srv/other/.env', 'A=1\n')])).toEqual([])
    expect(codes([main(open), { ...rendered('/srv/www/db.yaml', 'A=1\n'), sensitive: true }])).toEqual([
      'lint/exposed-secret /srv/www/db.yaml',
    ])
  })

  it.each([
    ['a section for files', `${open}<FilesMatch "^\\.">\nRequire all denied\n</FilesMatch>\n`],
    ['a redirect', `${open}RedirectMatch 404 "/\\."\n`],
    ['a rule', `${open}RewriteEngine On\nRewriteRule "/\\.env$" - [F]\n`],
    [
      'a login',
      `${open}<Location />\nAuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n</Location>\n`,
    ],
  ])('may be kept from people with %s', (_, text) => {
    expect(codes([main(text), rendered('/srv/www/.env', 'A=1\n')])).toEqual([])
  })

  it('may be kept from people with an .htaccess file', () => {
    const file = rendered('/srv/www/x/.htaccess', 'Require all denied\n')
    expect(codes([main(open), rendered('/srv/www/x/.env', 'A=1\n'), file])).toEqual([])
  })

  it('should be no repository', () => {
    const git = rendered('/srv/www/.git/config', '')
    expect(codes([main(open), git, rendered('/srv/www/.git/HEAD', '')])).toEqual([
      'lint/exposed-repository /srv/www/.git',
    ])
    expect(codes([main(open)], deployedTree({ '/srv/www/.git/HEAD': '' }))).toContain(
      'lint/exposed-repository /srv/www/.git',
    )
    const closed = `${open}<DirectoryMatch "/\\.git">\nRequire all denied\n</DirectoryMatch>\n`
    expect(codes([main(closed), git])).toEqual([])
  })

  it('should not be listed where people put things', () => {
    expect(codes([main(open), directory('/srv/www/uploads')])).toEqual(['lint/listed-uploads /srv/www/uploads'])
    const without = `${open}<Directory /srv/www/uploads>\nOptions -Indexes\n</Directory>\n`
    expect(codes([main(without), directory('/srv/www/uploads')])).toEqual([])
  })
})

describe('paths that the configuration needs', () => {
  const host = (inside: string) => main(`<VirtualHost *:80>\nServerName a\n${inside}\n</VirtualHost>\n`)

  it('are told where the catalog takes them away', () => {
    const file = [host('DocumentRoot /srv/old/a'), directory('/srv/old', true)]
    expect(lines(check(file, undefined, { modules: 'all' }))).toEqual([
      'warning lint/missing-document-root etc/apache2/apache2.conf:4:14 AH00112: Warning: DocumentRoot [/srv/old/a] does not exist',
    ])
  })

  it('are told where httpd does not start without them', () => {
    const gone = (text: string) => {
      const files = [main(`ServerName a\n${text}\n`), directory('/srv/old', true), directory('/srv/old/there')]
      return check(files, undefined, { modules: 'all' }).map(
        ({ diagnostic: { severity, code, message } }) => `${severity} ${code} ${message}`,
      )
    }
    expect(gone('TypesConfig /srv/old/mime.types')).toEqual([
      'error lint/missing-types (2)No such file or directory: AH01597: could not open mime types config file /srv/old/mime.types.',
    ])
    expect(gone('PidFile /srv/old/run/httpd.pid')).toEqual([
      'error lint/missing-pid-folder (2)No such file or directory: AH00099: could not create /srv/old/run/httpd.pid',
    ])
    expect(gone('CustomLog "|/srv/old/rotate -l" common')).toEqual([
      "error lint/missing-log-program (2)No such file or directory: AH00104: unable to start piped log program '/srv/old/rotate -l'",
    ])
    expect(gone('ErrorLog /srv/old/there')).toEqual([
      'error lint/log-is-directory (21)Is a directory: AH00091: could not open error log file /srv/old/there.',
    ])
    expect(gone('ErrorLog /srv/old/log/error.log')).toEqual([
      "error httpd/file (2)No such file or directory: AH02291: Cannot access directory '/srv/old/log/' for main error log\nAH00014: Configuration check failed",
    ])
    for (const fine of ['TypesConfig /etc/mime.types', 'PidFile /srv/old/there/pid', 'CustomLog "|$/srv/old/x" common'])
      expect(gone(fine)).toEqual([])
  })

  it('are pointed at where the catalog manages the directory around them', () => {
    expect(codes([host('ErrorLog /srv/log/a/error.log'), directory('/srv/log')])).toEqual([
      'lint/unmanaged-path /etc/apache2/apache2.conf',
    ])
    expect(codes([host('ErrorLog /srv/log/a/error.log'), directory('/srv/log'), directory('/srv/log/a')])).toEqual([])
    expect(codes([host('ErrorLog /srv/log/a/error.log')])).toEqual([])
  })
})

describe('a change that changes nothing', () => {
  const tree = deployedTree({
    '/etc/apache2/apache2.conf': 'DocumentRoot /srv/www\nInclude sites.conf\n',
    '/etc/apache2/sites.conf': 'KeepAlive On\nTimeout 10\n',
  })

  it('is called that, through several files', () => {
    const files = [
      main('IncludeOptional conf-enabled/*.conf\n'),
      rendered('/etc/apache2/conf-available/a.conf', 'Timeout 10\nKeepAlive On\n'),
    ]
    const enabled = link('/etc/apache2/conf-enabled/a.conf', '../conf-available/a.conf')
    const found = check([...files, enabled], tree, { modules: 'all' })
    expect(found.map(({ diagnostic }) => diagnostic.message)).toEqual([
      'the changes to /etc/apache2/apache2.conf, /etc/apache2/conf-available/a.conf, /etc/apache2/conf-enabled/a.conf leave what httpd does as it is: order, layout, comments or the files differ',
    ])
  })

  it('is told neither without a change, nor with an effect', () => {
    expect(codes([rendered('/etc/apache2/sites.conf', 'KeepAlive On\nTimeout 10\n')], tree)).toEqual([])
    expect(codes([rendered('/etc/apache2/sites.conf', 'KeepAlive Off\nTimeout 10\n')], tree)).toEqual([])
  })
})
