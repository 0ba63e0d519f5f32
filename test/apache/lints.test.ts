import { describe, expect, it } from 'vitest'
import { LINTS, lintConfig } from '../../src/apache/lints.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'

/** Texts that a lint speaks of, with the stretch that it marks between ⟦ and ⟧, and texts that no lint speaks of. */
const examples: Readonly<Record<string, { readonly bad: readonly string[]; readonly good: readonly string[] }>> = {
  'template-tag': {
    bad: ['ServerName ⟦<%⟧= @name %>', 'Options None ⟦-%>⟧'],
    good: ['LogFormat "%h %>s %b" common', '# <% nothing %>'],
  },
  interpolation: {
    bad: ['ServerName ⟦#{name}⟧', 'Header set A "⟦#{a.b}⟧"'],
    good: ['Header set A "#x"', 'RewriteRule ^a#{2} -'],
  },
  'hiera-interpolation': {
    bad: ['ServerName ⟦%{facts.networking.fqdn}⟧', 'ServerName ⟦%{::fqdn}⟧', "ServerAdmin ⟦%{lookup('admin')}⟧"],
    good: ['RewriteCond %{HTTP_HOST} ^a', 'Header set A "%{UNIQUE_ID}e"', '<If "%{req:Host} == \'a\'">\n</If>'],
  },
  'unresolved-variable': {
    bad: [
      'DocumentRoot ⟦${ROOT}⟧/x',
      'Define A 1\nSetEnv X "${A}⟦${B}⟧"',
      'DocumentRoot "⟦${profile::web::root}⟧"',
      'ServerName ⟦${::fqdn}⟧',
    ],
    good: [
      'Define A 1\nSetEnv X ${A}',
      '<IfDefine A>\nSetEnv X ${A}\n</IfDefine>',
      '<IfDefine "!A">\nDefine B\n</IfDefine>\nSetEnv X ${A}',
      'ErrorLog ${APACHE_LOG_DIR}/x',
      'RewriteRule ^(.*)$ ${map:$1}',
    ],
  },
  'undef-value': {
    bad: [
      'ServerName ⟦undef⟧',
      'SetEnv A ⟦nil⟧',
      'SSLCertificateFile ⟦:undef⟧',
      'DocumentRoot ⟦"/srv/undef/www"⟧',
      'ServerAdmin ⟦root@undef⟧',
      'ProxyPass /a ⟦http://a:undef/⟧',
    ],
    good: ['ServerName undef.example', 'SetEnv A none', 'Alias /undefined /srv/undefined'],
  },
  'empty-value': {
    bad: [
      '<Directory ⟦""⟧>\n</Directory>',
      'ServerAlias ⟦""⟧',
      "<Files ⟦''⟧>\n</Files>",
      'Deny from ⟦""⟧',
      'AddType text/css ⟦""⟧',
      'php_flag ⟦""⟧',
      'RewriteCond %{HTTP_HOST} ⟦""⟧\nRewriteRule a b',
      'Require user ⟦""⟧',
    ],
    good: [
      'SetEnv A ""',
      'AddDescription "" *',
      'Header set A ""',
      'php_value auto_prepend_file ""',
      'Require expr "" == ""',
    ],
  },
  'no-arguments': {
    bad: ['⟦Options⟧', '⟦DirectoryIndex⟧ ', 'Require ⟦user⟧', 'Require ⟦ip⟧', 'Deny ⟦from⟧'],
    good: ['Options None', 'Require valid-user', 'SSLRequireSSL', '<RequireAll>\n</RequireAll>', 'Require local'],
  },
  'smart-quotes': {
    bad: ['AuthName ⟦“My site”⟧', 'Header set A ⟦„x“⟧', '<Files ⟦“x”⟧>\n</Files>'],
    good: ['AuthName "the users’ site"', 'ErrorDocument 404 "“not found”"'],
  },
  'lost-quote': {
    bad: [
      '<FilesMatch ⟦"\\.php$⟧>\n</FilesMatch>',
      '<FilesMatch ⟦\\.php$"⟧>\n</FilesMatch>',
      'AuthName ⟦"My site⟧',
      'ErrorDocument 404 ⟦"Not found\\"⟧',
      'RedirectMatch ⟦"^/a$ "⟧/b"',
    ],
    good: [
      '<FilesMatch "\\.php$">\n</FilesMatch>',
      'AuthName "a \\"b\\""',
      '<If "%{HTTP_HOST} == \'a\'">\n</If>',
      "SetEnv A ''",
    ],
  },
  'trailing-comment': {
    bad: [
      'Deny from all ⟦# for now⟧',
      'RewriteEngine On ⟦## see below⟧',
      'RewriteRule a b [L] ⟦#FIXME⟧',
      'DirectoryIndex index.php ⟦#off⟧',
      '<Files x> ⟦# note⟧\n</Files>',
      '<Files x ⟦# a⟧>\n</Files>',
    ],
    good: [
      '# a # b',
      'SetEnv COLOUR #fff',
      'Redirect /a /b#c',
      'RewriteRule a #b',
      'AddDescription "# 1" a',
      '</Files> # x',
      'IndexStyleSheet "#"',
    ],
  },
  'swallowed-line': {
    bad: [
      'Deny from all \\\n  ⟦Allow⟧ from all',
      'DirectoryIndex a \\\n⟦</Files⟧>',
      '# off \\\n⟦Deny⟧ from all',
      '<IfModule x> \\\n  ⟦order⟧ deny,allow',
      'AllowOverride None \\\n  ⟦Require⟧ all granted',
    ],
    good: [
      'Options \\\n  Indexes',
      'AllowOverrideList \\\n  Redirect RewriteRule',
      'AllowOverride \\\n  Options FileInfo',
      '<Limit GET \\\n  OPTIONS PROPFIND>\n</Limit>',
      '# Options \\\n#  Indexes',
      'Header set A "b \\\n  options c"',
    ],
  },
  'odd-number': {
    bad: [
      'Timeout ⟦60s⟧',
      'MaxRequestWorkers ⟦15O⟧',
      'StartServers ⟦-2⟧',
      'ExpiresDefault ⟦"access plus 1.5 month"⟧',
      'ExpiresByType text/css ⟦"access plus 1,000 days"⟧',
      'RedirectMatch ⟦404.5⟧ ^/a',
      'Header set Cache-Control ⟦"max-age=36OO, public"⟧',
      'FcgidConnectTimeout ⟦20x⟧',
      'php_value max_execution_time ⟦3OO⟧',
      'php_value memory_limit ⟦128MB⟧',
      'php_admin_value error_reporting ⟦"E_ALL & ~E_NOTICE"⟧',
      'ErrorDocument ⟦4O4⟧ /a',
      'Listen ⟦443x⟧',
      'SSLRandomSeed startup file:/dev/urandom ⟦512x⟧',
      'CatTimeout script ⟦6O⟧',
    ],
    good: [
      'Timeout 60',
      'RLimitCPU max 10',
      'MaxRanges none',
      'SSLOCSPResponseMaxAge -1',
      'ExpiresDefault "access plus 1 month 2 days"',
      'ExpiresDefault A3600',
      'RedirectMatch 404 ^/a',
      'Header set Cache-Control "max-age=3600"',
      `Header merge Cache-Control public "expr=%{resp:Cache-Control} == 'max-age=600'"`,
      'Header set Strict-Transport-Security "max-age=31536000; includeSubDomains"',
      'php_value upload_max_filesize 100M',
      'php_value error_reporting -1',
      'php_value include_path 1.5',
      'Listen 10.0.0.1:80',
      'Listen [::]:80',
      'ErrorDocument 404 /a',
      'Define WORKERS 10\nMaxRequestWorkers ${WORKERS}',
    ],
  },
  'odd-flag': {
    bad: [
      'RewriteRule a b ⟦[R=abc,L]⟧',
      'RewriteRule a b ⟦[R=3o1]⟧',
      'RewriteRule a b ⟦[S=x]⟧',
      'RewriteRule a b ⟦[F=403]⟧',
      'php_flag engine ⟦true⟧',
      'H2SerializeHeaders ⟦yes⟧',
      'GeoIPEnable ⟦On;⟧',
      'PassengerEnabled ⟦of⟧',
    ],
    good: [
      'RewriteRule a b [R=301,L]',
      'RewriteRule a b [redirect=permanent,E=A:b,S=2,N=5]',
      'RewriteRule a b [CO=a:b:.c.org:60]',
      'php_flag engine off',
      'php_admin_flag engine 1',
      'DOSEnabled true',
    ],
  },
  'broken-variable': {
    bad: [
      'RewriteCond ⟦%{HTTP_HOST⟧ ^a\nRewriteRule a b',
      'RewriteCond ⟦{HTTP_HOST}⟧ ^a\nRewriteRule a b',
      'RewriteCond ⟦HTTP_HOST⟧ ^a\nRewriteRule a b',
      'RewriteCond ⟦%(REQUEST_URI)⟧ ^a\nRewriteRule a b',
      'RewriteRule ^ https://⟦%{HTTP_HOST⟧/',
      'Header set A ⟦%{UNIQUE_ID⟧',
      'LogFormat "%h ⟦%{Referer⟧ %b" x',
    ],
    good: [
      'RewriteCond %{HTTP_HOST} ^a\nRewriteRule a b',
      'RewriteCond %{HTTP:Authorization} .\nRewriteRule a b',
      'RewriteCond %{SSL:SSL_PROTOCOL}%{HTTPS} .\nRewriteRule a b',
      'RewriteCond ${m:%{HTTP_HOST}} ^a\nRewriteRule a b',
      'LogFormat "%{%Y-%m-%d}t %{Referer}i" x',
      'RewriteRule ^ https://%{HTTP_HOST}/',
    ],
  },
  'swapped-arguments': {
    bad: [
      'RewriteRule ^a ⟦[QSA,L]⟧',
      'RewriteCond %{HTTP_HOST} ⟦[NC]⟧\nRewriteRule a b',
      'RewriteCond ⟦^www⟧ %{HTTP_HOST}\nRewriteRule a b',
      'RewriteRule ⟦https://a/⟧ ^b',
      'RedirectMatch ⟦https://a/⟧ ^/b',
      'RedirectMatch gone4 ⟦/\\.git⟧',
      'Alias ⟦/var/www/a⟧ /a',
      'AddType ⟦.php⟧ text/html',
    ],
    good: [
      'RewriteRule ^a [abc]',
      'RewriteRule ^a b [QSA,L]',
      'RewriteCond %{HTTP_HOST} [0-9]\nRewriteRule a b',
      'RedirectMatch 404 /\\.git',
      'RedirectMatch ^/a$ /b$1',
      'Alias /usr/share/a /usr/share/a',
      'AddType text/html .php',
    ],
  },
}

const lint = (text: string) => lintConfig(parseConfig(sourceFile('x', text)))

describe('lintConfig', () => {
  it('has examples of every lint', () => {
    expect(Object.keys(examples)).toEqual(LINTS.map((row) => row.code))
  })

  describe.each(Object.entries(examples))('lint/%s', (code, { bad, good }) => {
    it.each(bad)('marks %s', (marked) => {
      const found = lint(marked.replace(/[⟦⟧]/g, '')).filter((diagnostic) => diagnostic.code === `lint/${code}`)
      expect(found.map(({ span }) => span && spanText(span))).toEqual([/⟦(.*?)⟧/.exec(marked)?.[1]])
      expect(found[0]?.severity).toBe('warning')
    })

    it.each(good)('passes %s', (text) => {
      expect(lint(text)).toEqual([])
    })
  })

  it('takes names that others define', () => {
    expect(lintConfig(parseConfig(sourceFile('x', 'SetEnv A ${B}')), { known: new Set(['B']) })).toEqual([])
  })
})
