import { describe, expect, it } from 'vitest'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { absent, check, deployedTree, directory, lines, link, rendered } from './server-node.ts'

const host = (root: string, override: string) =>
  `<VirtualHost *:80>\n  ServerName shop.example.com\n  DocumentRoot ${root}\n  <Directory ${root}>\n    AllowOverride ${override}\n    Require all granted\n  </Directory>\n</VirtualHost>\n`

interface Distribution {
  /** Where a virtual host belongs, and its document root. */
  readonly host: string
  readonly root: string
  /** What puts a module there besides the package's own. */
  readonly module: (name: string) => readonly RenderedFile[]
  /** What defines a name at the start. */
  readonly define: (name: string) => RenderedFile
}

const distributions: Readonly<Record<string, Distribution>> = {
  Debian: {
    host: '/etc/apache2/sites-enabled/shop.conf',
    root: '/var/www/shop',
    module: (name) => [
      rendered(
        `/etc/apache2/mods-available/${name}.load`,
        `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`,
      ),
      link(`/etc/apache2/mods-enabled/${name}.load`, `../mods-available/${name}.load`),
    ],
    define: (name) => rendered('/etc/apache2/envvars', `export APACHE_ARGUMENTS="-D ${name}"\n`),
  },
  'RHEL family': {
    host: '/etc/httpd/conf.d/shop.conf',
    root: '/var/www/shop',
    module: (name) => [
      rendered(`/etc/httpd/conf.modules.d/50-${name}.conf`, `LoadModule ${name}_module modules/mod_${name}.so\n`),
    ],
    define: (name) => rendered('/etc/sysconfig/httpd', `OPTIONS="-D${name} -X"\n`),
  },
  SUSE: {
    host: '/etc/apache2/vhosts.d/shop.conf',
    root: '/srv/www/shop',
    module: (name) => [
      rendered(
        '/etc/sysconfig/apache2',
        `APACHE_MODULES="authz_core authz_host mod_dir mime ${name}"\nAPACHE_SERVER_FLAGS=""\n`,
      ),
    ],
    define: (name) => rendered('/etc/sysconfig/apache2', `APACHE_SERVER_FLAGS="${name}"\n`),
  },
  FreeBSD: {
    host: '/usr/local/etc/apache24/Includes/shop.conf',
    root: '/usr/local/www/shop',
    module: (name) => [
      rendered(
        `/usr/local/etc/apache24/modules.d/050_${name}.conf`,
        `LoadModule ${name}_module libexec/apache24/mod_${name}.so\n`,
      ),
    ],
    define: (name) => rendered('/etc/rc.conf', `apache24_enable="YES"\napache24_flags="-D ${name}"\n`),
  },
}

const codes = (files: readonly RenderedFile[]) =>
  check([...files]).map(
    ({ diagnostic, renderedPath }) => `${diagnostic.severity} ${diagnostic.code} ${renderedPath?.split('/').at(-1)}`,
  )

describe.each(Object.entries(distributions))('a node of %s', (_, { host: path, root, module, define }) => {
  const htaccess = rendered(`${root}/.htaccess`, 'ExpiresActive On\n')

  it('reads its virtual host from the main file of the package', () => {
    expect(codes([rendered(path, host(root, 'None'))])).toEqual([])
    expect(codes([rendered(path, host(root, 'None').replace('Require', 'Requir'))])).toEqual([
      'error httpd/unknown-directive shop.conf',
    ])
  })

  it('judges .htaccess files under the override and the modules that their directory gets', () => {
    expect(codes([...module('expires'), rendered(path, host(root, 'Indexes')), htaccess])).toEqual([])
    expect(codes([...module('expires'), rendered(path, host(root, 'AuthConfig')), htaccess])).toEqual([
      'error httpd/not-allowed .htaccess',
    ])
  })

  it('calls an .htaccess file dead where AllowOverride is None', () => {
    expect(codes([...module('expires'), rendered(path, host(root, 'None')), htaccess])).toEqual([
      'warning lint/dead-htaccess .htaccess',
    ])
  })

  it('knows the names that its start scripts define', () => {
    const text = `<IfDefine STAGE>\n${host(root, 'None')}Nonsense\n</IfDefine>\n`
    expect(codes([rendered(path, text)])).toEqual([])
    expect(codes([define('STAGE'), rendered(path, text)])).toEqual(['error httpd/unknown-directive shop.conf'])
  })
})

it('misses a module that SUSE’s start scripts are not told to load', () => {
  const { host: path, root, module } = distributions.SUSE as Distribution
  const files = [rendered(path, host(root, 'All')), rendered(`${root}/.htaccess`, 'ExpiresActive On\n')]
  expect(codes([...module('rewrite'), ...files])).toEqual(['error httpd/unknown-directive .htaccess'])
})

it('lets a catalog that manages conf.d and conf.modules.d of RHEL decide what is read', () => {
  const main =
    'ServerRoot "/etc/httpd"\nListen 80\nInclude conf.modules.d/*.conf\nDocumentRoot "/var/www/html"\nIncludeOptional conf.d/*.conf\n'
  const tree = deployedTree({
    '/etc/httpd/conf/httpd.conf': main,
    '/etc/httpd/conf.d/old.conf': 'Nonsense\n',
    '/etc/httpd/conf.modules.d/00-base.conf':
      'LoadModule mpm_event_module modules/mod_mpm_event.so\nLoadModule authz_core_module modules/mod_authz_core.so\nLoadModule unixd_module modules/mod_unixd.so\n',
  })
  const shop = rendered('/etc/httpd/conf.d/shop.conf', 'RewriteEngine On\n')
  expect(lines(check([directory('/etc/httpd/conf.d', true), shop], tree))).toEqual([
    "error httpd/unknown-directive etc/httpd/conf.d/shop.conf:1:1 Invalid command 'RewriteEngine', perhaps misspelled or defined by a module not included in the server configuration",
  ])
  const rewrite = rendered(
    '/etc/httpd/conf.modules.d/10-rewrite.conf',
    'LoadModule rewrite_module modules/mod_rewrite.so\n',
  )
  expect(lines(check([directory('/etc/httpd/conf.d', true), rewrite, shop], tree))).toEqual([])
  expect(lines(check([absent('/etc/httpd/conf.d/old.conf'), rewrite, shop], tree))).toEqual([])
  expect(lines(check([rewrite, shop], tree)).map((line) => line.split(' ')[2])).toEqual([
    'etc/httpd/conf.d/old.conf:1:1',
  ])
})
