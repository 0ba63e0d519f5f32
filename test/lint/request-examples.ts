/**
 * Texts that httpd accepts, and then answers requests with an error: what a check marks stands between ⟦ and ⟧. `ok` are
 * near misses. As `.htaccess` files unless a name ends in `(server)`; those with credentials only fail who logs in.
 */
export const requestExamples: Readonly<
  Record<string, { readonly err: readonly string[]; readonly ok: readonly string[] }>
> = {
  'no-auth-type': {
    err: [
      '⟦Require⟧ valid-user\n',
      'AuthName x\n⟦Require⟧ user bob\n',
      'AuthType None\n⟦Require⟧ valid-user\n',
      '<RequireAll>\nRequire all granted\n⟦Require⟧ valid-user\n</RequireAll>\n',
      '<Limit GET>\n⟦Require⟧ valid-user\n</Limit>\n',
      '<Files "*">\n⟦Require⟧ valid-user\n</Files>\n',
      '⟦Require⟧ file-owner\n',
      '⟦Require⟧ ldap-user a\n',
    ],
    ok: [
      'Require all granted\n',
      '<RequireAny>\nRequire valid-user\nRequire all granted\n</RequireAny>\n',
      '<RequireAll>\nRequire all denied\nRequire valid-user\n</RequireAll>\n',
      'Satisfy any\nRequire valid-user\n',
      '<RequireAll>\nRequire not user a\nRequire all granted\n</RequireAll>\n',
      'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n',
      'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\n<Files a>\nRequire valid-user\n</Files>\n',
    ],
  },
  'no-auth-name': {
    err: [
      '⟦AuthType⟧ Basic\nAuthUserFile /etc/users\nRequire valid-user\n',
      '⟦AuthType⟧ Digest\nRequire valid-user\n',
      '⟦AuthType⟧ Form\nAuthFormProvider file\nAuthUserFile /etc/users\nRequire valid-user\n',
    ],
    ok: ['AuthType Basic\n', 'AuthType Basic\nRequire all granted\n'],
  },
  'unknown-auth-type': {
    err: ['AuthType ⟦Foo⟧\nAuthName x\nRequire valid-user\n'],
    ok: ['AuthType Digest\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n', 'AuthType Foo\n'],
  },
  'no-auth-source': {
    err: [
      '⟦AuthType⟧ Basic\nAuthName x\nRequire valid-user\n',
      'AuthType Basic\nAuthName x\n⟦AuthBasicProvider⟧ dbm\nRequire valid-user\n',
      'AuthType Basic\nAuthName x\n⟦AuthBasicProvider⟧ ldap\nRequire valid-user\n',
    ],
    ok: [
      'AuthType Basic\nAuthName x\nAuthBasicProvider anon\nAnonymous *\nRequire valid-user\n',
      'AuthType Basic\nAuthName x\nAuthBasicProvider dbm\nAuthDBMUserFile /etc/users\nRequire valid-user\n',
    ],
  },
  'no-group-file': {
    err: ['AuthType Basic\nAuthName x\nAuthUserFile /etc/users\n⟦Require⟧ group g\n'],
    ok: ['AuthType Basic\nAuthName x\nAuthUserFile /etc/users\nAuthGroupFile /etc/groups\nRequire group g\n'],
  },
  'header-name': {
    err: ['Header set ⟦"X Y"⟧ b\n', 'Header always set ⟦X@()⟧ z\n', 'Header add ⟦""⟧ y\n', 'Header set ⟦"X Y:"⟧ b\n'],
    ok: ['Header set X: b\n', 'Header unset "X Y"\n', 'Header note "a(b" c\n', 'RequestHeader set "X Y" b\n'],
  },
  'header-value': {
    err: [
      'Header set X ⟦"a\\nb"⟧\n',
      'Header set X ⟦"a\u0001b"⟧\n',
      'Header set X ⟦"a\\rb"⟧\n',
      'Header set X ⟦"a\u007fb"⟧\n',
    ],
    ok: ['Header set X "a\\tb"\n', 'Header set X "ä"\n', 'Header set X ""\n', 'Header set X "a%{FOO}eb"\n'],
  },
  'endless-edit': {
    err: ['Header edit* Content-Type ⟦""⟧ b\n', 'Header always edit* X ⟦"z*"⟧ b\n'],
    ok: ['Header edit* X "z+" b\n', 'Header edit X "z*" b\n'],
  },
  'redirect-target': {
    err: ['RedirectMatch . ⟦foo⟧\n', 'RedirectMatch 301 ⟦.⟧\n'],
    ok: [
      'RedirectMatch ^/a /b\n',
      'RedirectMatch 410 ^/a\n',
      'RedirectMatch ^/(http.*) $1\n',
      'RedirectMatch . \\/x\n',
      'RedirectMatch 301 ^/a https://b/\n',
    ],
  },
  'informational-status': {
    err: ['RewriteEngine On\nRewriteRule ^ - ⟦[R=100]⟧\n', 'Redirect ⟦100⟧ /\n'],
    ok: ['RewriteEngine On\nRewriteRule ^ - [R=204]\n', 'Redirect 410 /\n'],
  },
  'rewriting-forbidden': {
    err: [
      'Options None\n⟦RewriteEngine⟧ On\n',
      'Options -FollowSymLinks -SymLinksIfOwnerMatch\n⟦RewriteEngine⟧ On\nRewriteRule ^foo - [F]\n',
      'Options Indexes\n⟦RewriteEngine⟧ On\n',
    ],
    ok: [
      'Options -Indexes\nRewriteEngine On\n',
      'Options SymLinksIfOwnerMatch\nRewriteEngine On\n',
      'Options None\nRewriteEngine Off\n',
    ],
  },
  'rewrite-loop': {
    err: [
      'RewriteEngine On\nRewriteRule ^([^/]*)$ ⟦$1.php⟧ [L]\n',
      'RewriteEngine On\nRewriteRule ^(.+)$ ⟦$1.php⟧ [NC,L]\n',
    ],
    ok: [
      'RewriteEngine On\nRewriteRule ^(.*)$ index.php?q=$1 [L,QSA]\n',
      'RewriteEngine On\nRewriteRule ^(.*)$ $1.php [END]\n',
      'RewriteEngine On\nRewriteRule ^ a\n',
      'RewriteEngine On\nRewriteCond %{REQUEST_FILENAME}.php -f\nRewriteRule ^(.+)$ $1.php [L]\n',
      'RewriteEngine On\nRewriteRule \\.php$ - [L]\nRewriteRule ^(.+)$ $1.php [L]\n',
      // The folder may have rules of its own.
      'RewriteEngine On\nRewriteRule ^(.*)$ public/$1 [L]\n',
    ],
  },
  'rewrite-rounds': {
    err: ['RewriteEngine On\n⟦RewriteRule⟧ ^(.*)$ $1x [N]\n', 'RewriteEngine On\n⟦RewriteRule⟧ ^(.*)$ $1x [N=10]\n'],
    ok: ['RewriteEngine On\nRewriteRule ^(.*)_(.*)$ $1-$2 [N]\n'],
  },
  'no-handler (server)': {
    err: ['<Location /x>\nSetHandler ⟦cgi-script⟧\n</Location>\n', 'AddHandler ⟦foo⟧ .x\n'],
    ok: [
      '<Location /x>\nSetHandler server-status\n</Location>\n',
      'Action foo /cgi-bin/x\nAddHandler foo .x\n',
      'SetHandler none\n',
    ],
  },
  'no-protocol-handler (server)': {
    err: [
      'ProxyPass /a ⟦ajp://127.0.0.1:9/⟧\n',
      '<Location /x>\nSetHandler ⟦"proxy:fcgi://127.0.0.1:9/"⟧\n</Location>\n',
      '<Location /x>\nProxyPass ⟦"unix:/run/x.sock|fcgi://x/"⟧\n</Location>\n',
    ],
    ok: ['ProxyPass /a http://127.0.0.1:9/\n', 'ProxyPass /a !\n'],
  },
  'no-tls-to-backend (server)': {
    err: ['ProxyPass /a ⟦https://127.0.0.1:9/⟧\n', '<VirtualHost *:80>\nProxyPass /a ⟦https://a/⟧\n</VirtualHost>\n'],
    ok: ['SSLProxyEngine On\nProxyPass /a https://127.0.0.1:9/\n', 'ProxyPass /a http://127.0.0.1:9/\n'],
  },
  'no-proxy': {
    err: ['RewriteEngine On\nRewriteRule ^(.*) ⟦http://127.0.0.1:9/$1⟧ [P]\n'],
    ok: ['RewriteEngine On\nRewriteRule ^(.*) http://127.0.0.1:9/$1 [R]\n'],
  },
  'empty-balancer (server)': {
    err: ['ProxyPass /a ⟦balancer://x/⟧\n'],
    ok: ['<Proxy balancer://x>\nBalancerMember http://a:80\n</Proxy>\nProxyPass /a balancer://x/\n'],
  },
  'no-rewrite-map (server)': {
    err: ['RewriteEngine On\nRewriteRule ^/(.*) ⟦${none:$1}⟧ [R]\n'],
    ok: ['RewriteEngine On\nRewriteMap low int:tolower\nRewriteRule ^/(.*) ${low:$1} [R]\n'],
  },
}
