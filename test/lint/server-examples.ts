import { readFileSync } from 'node:fs'

const recorded = JSON.parse(readFileSync(new URL('./recorded/certificates.json', import.meta.url), 'utf8')) as {
  readonly files: Readonly<Record<string, string>>
}
const pemOf = (name: string): string => recorded.files[name] ?? ''
const cut = (name: string) => pemOf(name).replace(/\n.{40}/, '\n')

/** Files of the server that the examples name. */
export const serverFiles: Readonly<Record<string, string>> = {
  '/etc/ssl/both.pem': pemOf('plain') + pemOf('key'),
  '/etc/ssl/other.pem': pemOf('plain').replace(/\n$/, ''),
  '/etc/ssl/cut.pem': cut('plain'),
  '/etc/ssl/cut-key.pem': cut('key'),
  '/etc/ssl/masked.pem': '<encrypted: profile::web::key>\n',
  ...Object.fromEntries(Object.entries(recorded.files).map(([name, text]) => [`/etc/ssl/${name}.pem`, text])),
}

const host = (inside: string, address = '*:80', bracket = '<VirtualHost') =>
  `${bracket} ${address}>\n${inside}\n</VirtualHost>\n`
const tls = (inside: string, name = 'a', engine = 'SSLEngine') =>
  host(`ServerName ${name}\n${engine} on\n${inside}`, '*:443')
const pair = (certificate: string, key: string, more = '') =>
  tls(`SSLCertificateFile ${certificate}\nSSLCertificateKeyFile ${key}\n${more}`)
const named = (name: string, address?: string, bracket?: string) => host(`ServerName ${name}`, address, bracket)

/** Configurations that a lint speaks of, with the stretch that it marks between ⟦ and ⟧, and some that no lint speaks of. */
export const serverExamples: Readonly<
  Record<string, { readonly err: readonly string[]; readonly ok: readonly string[] }>
> = {
  'duplicate-virtual-host': {
    err: [
      named('a') + named('a', '*:80', '⟦<VirtualHost⟧'),
      host('ServerName a\nServerAlias b') + host('ServerName b\nServerAlias a', '*:80', '⟦<VirtualHost⟧'),
      host('ServerName a\nServerAlias *.a') + named('x.a', '*:80', '⟦<VirtualHost⟧'),
    ],
    ok: [named('a') + named('b'), named('a') + named('a', '*:443')],
  },
  'shadowed-name': {
    err: [
      named('a') + host('ServerName b\nServerAlias ⟦a⟧'),
      host('ServerName a\nServerAlias *.x.org') + host('ServerName c\nServerAlias ⟦b.x.org⟧'),
      named('a') + named('⟦a⟧', '*:80 *:443'),
    ],
    ok: [
      named('a') + host('ServerName b\nServerAlias c'),
      host('ServerName c.x.org') + host('ServerName x\nServerAlias *.x.org'),
    ],
  },
  'nameless-virtual-host': {
    err: [named('a') + host('DocumentRoot /srv', '*:80', '⟦<VirtualHost⟧')],
    ok: [host('DocumentRoot /srv') + named('a'), named('a') + host('DocumentRoot /srv', '*:81')],
  },
  'name-virtual-host': { err: ['⟦NameVirtualHost⟧ *:80'], ok: [named('a')] },
  'unmatched-name': {
    err: [
      host('ServerName a\nServerAlias ⟦b,c⟧ d'),
      host('ServerName a\nServerAlias ⟦b:80⟧'),
      host('ServerName a\nServerAlias ⟦http://b⟧'),
      host('ServerName ⟦a/⟧'),
      host('ServerName ⟦a.org.⟧'),
    ],
    ok: [
      host('ServerName http://a:80\nServerAlias b *.c.org d?.org'),
      host('ServerName a_b.org\nServerAlias [::1] ::1 10.0.0.1'),
      host('ServerName a\nServerAlias ${NAME}:80'),
    ],
  },
  'overridden-name': {
    err: [host('ServerName ⟦a⟧\nServerName b')],
    ok: [
      host('ServerName a\nServerAlias b'),
      host('ServerName a\nServerName b\nServerAlias a'),
      `ServerName a\n${named('b')}`,
    ],
  },
  'name-elsewhere': {
    err: [
      host('ServerName a\nServerAlias b\nRedirect / ⟦https://b/⟧') + named('a', '*:443') + named('c', '*:443'),
      host('ServerName b\nRewriteRule ^ ⟦https://b/x⟧ [R]') + named('a', '*:443') + named('c', '*:443'),
    ],
    ok: [
      host('ServerName b\nRedirect / https://b/') + named('a', '*:443'),
      host('ServerName b\nRedirect / https://x/') + named('a', '*:443') + named('c', '*:443'),
      host('ServerName b\nRedirect / https://b/') + host('', '*:443') + named('c', '*:443'),
      host('ServerName b\nRedirect / https://b/') + named('a', '*:443') + host('ServerName c\nServerAlias *', '*:443'),
    ],
  },
  'unheard-virtual-host': {
    err: [`Listen 80\n${named('a', '⟦*:81⟧')}`, `Listen 127.0.0.1:80\n${named('a', '⟦10.0.0.1:80⟧')}`],
    ok: [`Listen 80\n${named('a')}`, `Listen 80\n${named('a', '*')}`, `Listen 127.0.0.1:80\n${named('a')}`, named('a')],
  },
  'listened-twice': {
    err: [
      'Listen 80\nListen ⟦127.0.0.1:80⟧',
      'Listen 10.0.0.1:80\nListen ⟦80⟧',
      'Listen 0.0.0.0:80\nListen ⟦10.0.0.1:80⟧',
      'Listen 10.0.0.1:80\nListen ⟦0.0.0.0:80⟧',
      'Listen 80\nListen ⟦[::]:80⟧',
      'Listen [::]:80\nListen ⟦10.0.0.1:80⟧',
      'Listen [::1]:80\nListen ⟦[::]:80⟧',
      'Listen [::1]:80\nListen ⟦[0:0:0:0:0:0:0:1]:80⟧',
      'Listen 10.0.0.1:80\nListen ⟦[::ffff:10.0.0.1]:80⟧',
    ],
    ok: [
      'Listen 80\nListen 443',
      'Listen 10.0.0.1:80\nListen 10.0.0.2:80',
      'Listen 0.0.0.0:80\nListen [::]:80',
      'Listen 80\nListen 0.0.0.0:80',
      'Listen [::1]:80\nListen 80',
      'Listen 0.0.0.0:80\nListen [::1]:80',
    ],
  },
  'weak-protocol': {
    err: ['SSLProtocol +TLSv1.2 ⟦+TLSv1⟧', 'SSLProtocol ⟦TLSv1.1⟧'],
    ok: ['SSLProtocol all -SSLv3', 'SSLProtocol -all +TLSv1.2 +TLSv1.3', 'SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1'],
  },
  'weak-cipher': {
    err: [
      'SSLCipherSuite ⟦HIGH:RC4⟧',
      'SSLCipherSuite ⟦ALL⟧',
      'SSLCipherSuite ⟦ECDHE-RSA-RC4-SHA:HIGH:!aNULL⟧',
      'SSLCipherSuite SSL ⟦DES-CBC3-SHA⟧',
    ],
    ok: [
      'SSLCipherSuite HIGH:!aNULL',
      'SSLCipherSuite HIGH:MEDIUM:!aNULL:!MD5:!RC4:!3DES',
      'SSLCipherSuite ALL:!aNULL:!RC4+RSA:+HIGH',
      'SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    ],
  },
  'no-certificate': {
    err: [tls('', 'a', '⟦SSLEngine⟧')],
    ok: [tls('SSLCertificateFile /x'), `SSLCertificateFile /x\n${tls('')}`, host('SSLEngine off', '*:443')],
  },
  'bad-certificate': {
    err: [pair('⟦/etc/ssl/key.pem⟧', '/etc/ssl/key.pem'), pair('⟦/etc/ssl/cut.pem⟧', '/etc/ssl/key.pem')],
    ok: [pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem'), pair('/etc/ssl/unknown.pem', '/etc/ssl/key.pem')],
  },
  'certificate-without-key': {
    err: [
      tls('SSLCertificateFile ⟦/etc/ssl/plain.pem⟧'),
      pair('/etc/ssl/plain.pem', '⟦/etc/ssl/other.pem⟧'),
      pair('/etc/ssl/plain.pem', '⟦/etc/ssl/cut-key.pem⟧'),
      tls(
        'SSLCertificateFile /etc/ssl/plain.pem\nSSLCertificateFile ⟦/etc/ssl/other.pem⟧\nSSLCertificateKeyFile /etc/ssl/key.pem',
      ),
    ],
    ok: [
      tls('SSLCertificateFile /etc/ssl/both.pem'),
      pair('/etc/ssl/plain.pem', '/k'),
      tls('SSLCertificateFile /etc/ssl/unknown.pem'),
      pair('/etc/ssl/plain.pem', '/etc/ssl/masked.pem'),
    ],
  },
  'wrong-key': {
    err: [pair('/etc/ssl/plain.pem', '⟦/etc/ssl/other-key.pem⟧')],
    ok: [
      pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem'),
      `SSLCertificateKeyFile /etc/ssl/key.pem\n${tls('SSLCertificateFile /etc/ssl/plain.pem')}`,
      `SSLCertificateKeyFile /etc/ssl/other-key.pem\n${pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem')}`,
    ],
  },
  'encrypted-key': {
    err: [pair('/etc/ssl/plain.pem', '⟦/etc/ssl/locked-key.pem⟧')],
    ok: [`SSLPassPhraseDialog exec:/bin/true\n${pair('/etc/ssl/plain.pem', '/etc/ssl/locked-key.pem')}`],
  },
  'bad-authority-file': {
    err: [
      `${pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem', 'SSLCACertificateFile ⟦/etc/ssl/key.pem⟧')}`,
      `${pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem', 'SSLCARevocationFile ⟦/etc/ssl/plain.pem⟧')}`,
    ],
    ok: [pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem', 'SSLCACertificateFile /etc/ssl/plain.pem')],
  },
  'no-protocol': {
    err: [
      tls('SSLCertificateFile /x\n⟦SSLProtocol⟧ -all'),
      `⟦SSLProtocol⟧ +TLSv1.2 -TLSv1.2\n${tls('SSLCertificateFile /x')}`,
    ],
    ok: [
      tls('SSLCertificateFile /x\nSSLProtocol -all +TLSv1.3'),
      tls('SSLCertificateFile /x\nSSLProtocol all -SSLv3 TLSv1.2'),
      'SSLProtocol -all',
    ],
  },
  'stapling-without-cache': {
    err: [tls('SSLCertificateFile /x\n⟦SSLUseStapling⟧ on'), `⟦SSLUseStapling⟧ on\n${tls('SSLCertificateFile /x')}`],
    ok: [
      `SSLStaplingCache shmcb:/run/ocsp(128000)\n${tls('SSLCertificateFile /x\nSSLUseStapling on')}`,
      `SSLUseStapling on\n${tls('SSLCertificateFile /x\nSSLUseStapling off')}`,
      'SSLUseStapling on',
    ],
  },
  'expired-certificate': {
    err: [pair('⟦/etc/ssl/old.pem⟧', '/etc/ssl/key.pem')],
    ok: [pair('/etc/ssl/plain.pem', '/etc/ssl/key.pem')],
  },
  'certificate-name': {
    err: [tls('SSLCertificateFile ⟦/etc/ssl/both.pem⟧', 'b')],
    ok: [tls('SSLCertificateFile /etc/ssl/both.pem'), tls('SSLCertificateFile /etc/ssl/both.pem', '10.0.0.1')],
  },
  'worker-limits': {
    err: [
      'MaxRequestWorkers ⟦2000⟧',
      'ServerLimit ⟦2⟧',
      'ThreadsPerChild ⟦64⟧',
      'MaxClients ⟦160⟧',
      'MaxRequestWorkers ⟦10⟧',
      'ServerLimit ⟦99999⟧',
    ],
    ok: ['ServerLimit 80\nMaxRequestWorkers 2000', 'ThreadsPerChild 50', 'ServerLimit 300\nMaxRequestWorkers 400'],
  },
  'mixed-access-control': {
    err: ['<Directory /srv>\n⟦Order⟧ allow,deny\nAllow from all\nRequire all granted\n</Directory>'],
    ok: [
      '<Directory /srv>\nOrder allow,deny\nAllow from all\nRequire valid-user\n</Directory>',
      '<Directory /srv>\nRequire all granted\n</Directory>\n<Directory /a>\nOrder allow,deny\n</Directory>',
      '<Directory /srv>\n<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n</Directory>',
    ],
  },
  'open-proxy': {
    err: ['ProxyRequests ⟦On⟧', 'ProxyRequests ⟦On⟧\n<Proxy "*">\nRequire all granted\n</Proxy>'],
    ok: ['ProxyRequests Off', 'ProxyRequests On\n<Proxy "*">\nRequire ip 10.0.0.0/8\n</Proxy>'],
  },
  'listed-uploads': {
    err: ['<Directory /srv/uploads>\nOptions ⟦Indexes⟧ FollowSymLinks\n</Directory>'],
    ok: [
      '<Directory /srv/uploads>\nOptions -Indexes\n</Directory>',
      '<Directory /srv/www>\nOptions Indexes\n</Directory>',
      '<Directory /srv/upload>\nOptions Indexes\nAllowOverride All\n</Directory>',
      'DocumentRoot /srv/upload\n<Directory /srv/upload>\nOptions Indexes\n</Directory>',
    ],
  },
  'override-in-match': {
    err: [
      '<DirectoryMatch "^/srv">\n⟦AllowOverride⟧ All\n</DirectoryMatch>',
      '<Directory ~ "^/srv">\n⟦AllowOverrideList⟧ Redirect\n</Directory>',
    ],
    ok: [
      '<Directory /srv>\nAllowOverride All\n</Directory>',
      '<DirectoryMatch "^/srv">\nOptions None\n</DirectoryMatch>',
    ],
  },
  'relative-directory': {
    err: ['<Directory ⟦htdocs⟧>\nOptions None\n</Directory>'],
    ok: ['<Directory />\nOptions None\n</Directory>', '<Directory "/srv/*">\nOptions None\n</Directory>'],
  },
  'header-not-always': {
    err: ['Header ⟦set⟧ Strict-Transport-Security "max-age=1"', 'Header onsuccess ⟦set⟧ X-Frame-Options DENY'],
    ok: [
      'Header always set Strict-Transport-Security "max-age=1"',
      'Header set X-Frame-Options DENY\nHeader always set X-Frame-Options DENY',
      'Header set Cache-Control no-store',
      'Header unset X-Frame-Options',
    ],
  },
  'dangling-condition': {
    err: [
      '⟦RewriteCond⟧ %{HTTPS} off',
      'RewriteRule ^a b\n⟦RewriteCond⟧ %{HTTPS} off',
      `${host('⟦RewriteCond⟧ %{HTTPS} off')}RewriteRule a b`,
    ],
    ok: [
      'RewriteCond %{HTTPS} off\nRewriteRule ^a b',
      'RewriteCond %{HTTPS} off\nRewriteOptions Inherit\nRewriteRule ^a b',
    ],
  },
  'unreachable-rule': {
    err: [
      'RewriteRule ^ - [F]\n⟦RewriteRule⟧ a b',
      'RewriteRule ^(.*)$ /x/$1 [L]\n⟦RewriteCond⟧ %{HTTPS} off\nRewriteRule a b',
    ],
    ok: [
      'RewriteRule ^ - [E=A:1]\nRewriteRule a b',
      'RewriteCond %{HTTPS} off\nRewriteRule ^ - [F]\nRewriteRule a b',
      'RewriteRule a - [S=1]\nRewriteRule ^ - [F]\nRewriteRule a b',
      'RewriteRule a b\nRewriteRule ^ - [F]',
    ],
  },
  'redirect-loop': {
    err: [
      'Redirect / ⟦/new⟧',
      'Redirect permanent /a ⟦/a/b⟧',
      'RedirectMatch 301 ^/a/(.*)$ ⟦/a/b/$1⟧',
      host('ServerName a\nRedirect / ⟦http://a/⟧'),
      host('ServerName a\nSSLEngine on\nSSLCertificateFile /x\nRedirect / ⟦https://a/⟧', '*:443'),
      host('ServerName a\nRewriteRule ^ ⟦http://a/x⟧ [R=301,L]'),
    ],
    ok: [
      'Redirect /a /b',
      'Redirect /a /ab',
      'Redirect gone /a',
      'RedirectMatch 404 "^/a"',
      'RedirectMatch ^/blog/([^/]+)$ /blog/$1/',
      host('ServerName a\nRedirect / https://a/'),
      host('ServerName a\nRedirect / http://www.a/'),
      host('ServerName a\nRewriteCond %{REQUEST_URI} !^/x\nRewriteRule ^ http://a/x [R]'),
      host('ServerName a\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]'),
    ],
  },
  'unescaped-dot': {
    err: [
      'RewriteCond %{HTTP_HOST} ⟦^www.example.com$⟧\nRewriteRule ^ - [F]',
      'RewriteCond %{HTTP_HOST} ⟦"^(www)\\.a.org$"⟧ [NC]\nRewriteRule ^ - [F]',
    ],
    ok: [
      'RewriteCond %{HTTP_HOST} ^www\\.example\\.com$\nRewriteRule ^ - [F]',
      'RewriteCond %{HTTP_HOST} =www.example.com\nRewriteRule ^ - [F]',
      'RewriteCond %{HTTP_HOST} ^www\\.(.+)$ [NC]\nRewriteRule ^ - [F]',
      'RewriteCond %{REQUEST_URI} a.b\nRewriteRule ^ - [F]',
    ],
  },
}
