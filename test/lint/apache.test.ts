import { describe, expect, it } from 'vitest'
import { type CheckOptions, judgeConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { lintServer, SERVER_LINTS } from '../../src/lint/apache/lint-server.ts'
import { serverModel } from '../../src/lint/apache/server.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'

const files: Readonly<Record<string, string>> = {
  '/etc/ssl/plain.pem': '-----BEGIN CERTIFICATE-----\n',
  '/etc/ssl/both.pem': '-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n',
}

function lint(text: string, as: CheckOptions['as'] = 'server', whole = true): Diagnostic[] {
  const { nodes, environment, verdict } = judgeConfig(sourceFile('x', text), { as, modules: modules() })
  expect(verdict.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const model = serverModel(nodes, environment)
  return lintServer({ model, htaccess: as === 'htaccess', complete: whole, text: (path) => files[path] }, whole)
}

function modules(): ReadonlySet<string> {
  return new Set([...moduleSet('all')].filter((name) => name !== 'md_module'))
}

const host = (inside: string, address = '*:80', bracket = '<VirtualHost') =>
  `${bracket} ${address}>\n${inside}\n</VirtualHost>\n`
const named = (name: string, address?: string, bracket?: string) => host(`ServerName ${name}`, address, bracket)

/** Configurations that a lint speaks of, with the stretch that it marks between ⟦ and ⟧, and some that no lint speaks of. */
const examples: Readonly<Record<string, { readonly err: readonly string[]; readonly ok: readonly string[] }>> = {
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
  'unheard-virtual-host': {
    err: [`Listen 80\n${named('a', '⟦*:81⟧')}`, `Listen 127.0.0.1:80\n${named('a', '⟦10.0.0.1:80⟧')}`],
    ok: [`Listen 80\n${named('a')}`, `Listen 80\n${named('a', '*')}`, `Listen 127.0.0.1:80\n${named('a')}`, named('a')],
  },
  'listened-twice': {
    err: ['Listen 80\nListen ⟦127.0.0.1:80⟧', 'Listen 10.0.0.1:80\nListen ⟦80⟧'],
    ok: ['Listen 80\nListen 443', 'Listen 10.0.0.1:80\nListen 10.0.0.2:80', 'Listen 0.0.0.0:80\nListen [::]:80'],
  },
  'name-virtual-host': { err: ['⟦NameVirtualHost⟧ *:80'], ok: [named('a')] },
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
    err: [host('⟦SSLEngine⟧ on', '*:443')],
    ok: [
      host('SSLEngine on\nSSLCertificateFile /x', '*:443'),
      `SSLCertificateFile /x\n${host('SSLEngine on', '*:443')}`,
      host('SSLEngine off', '*:443'),
    ],
  },
  'certificate-without-key': {
    err: [host('SSLEngine on\nSSLCertificateFile ⟦/etc/ssl/plain.pem⟧', '*:443')],
    ok: [
      host('SSLEngine on\nSSLCertificateFile /etc/ssl/both.pem', '*:443'),
      host('SSLEngine on\nSSLCertificateFile /etc/ssl/plain.pem\nSSLCertificateKeyFile /k', '*:443'),
      host('SSLEngine on\nSSLCertificateFile /etc/ssl/unknown.pem', '*:443'),
    ],
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

describe('lintServer', () => {
  it('has examples of every lint', () => {
    expect(Object.keys(examples)).toEqual(SERVER_LINTS.map((row) => row.code))
  })

  describe.each(Object.entries(examples))('lint/%s', (code, { err, ok }) => {
    it.each(err)('marks %s', (marked) => {
      const found = lint(marked.replace(/[⟦⟧]/g, ''))
      const own = found.filter((diagnostic) => diagnostic.code === `lint/${code}`)
      expect(own.map(({ span }) => span && spanText(span))).toEqual([/⟦(.*?)⟧/.exec(marked)?.[1]])
      const start = marked.indexOf('⟦')
      expect(own[0]?.span?.start).toBe(start)
    })

    it.each(ok)('passes %s', (text) => {
      expect(lint(text)).toEqual([])
    })
  })

  it('tells in an .htaccess file only what needs no server around it', () => {
    expect(lint('Redirect / /new\nRewriteCond %{HTTPS} off\n', 'htaccess', false).map(({ code }) => code)).toEqual([
      'lint/dangling-condition',
      'lint/redirect-loop',
    ])
  })

  it('mends dots of host names', () => {
    const [found] = lint('RewriteCond %{HTTP_HOST} "^(www\\.)?a.b.org$"\nRewriteRule ^ - [F]\n')
    expect(found?.fix?.replacement).toBe('"^(www\\.)?a\\.b\\.org$"')
  })
})
