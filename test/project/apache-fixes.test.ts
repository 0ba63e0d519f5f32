import { describe, expect, it } from 'vitest'
import type { ConfigPlace } from '../../src/apache/check.ts'
import { moduleSet, modulesNamed } from '../../src/apache/modules.ts'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { judgeAlone } from '../../src/project/apache-check.ts'
import { sourceFile, span } from '../../src/source/source-file.ts'
import { check, rendered } from './server-node.ts'

/** A text after the fixes of its findings, last one first. */
function mended(text: string, as: ConfigPlace = 'server'): string {
  const { diagnostics } = judgeAlone(sourceFile('x', text), { as, modules: moduleSet('all') })
  const fixes = diagnostics.flatMap(({ fix }) => (fix ? [fix] : []))
  return fixes
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((now, fix) => now.slice(0, fix.span.start) + fix.replacement + now.slice(fix.span.end), text)
}

describe('fixes', () => {
  it.each([
    ['DocumentRot /srv\n', 'DocumentRoot /srv\n'],
    ['<FileMatch "x">\n</FileMatch>\n', '<FilesMatch "x">\n</FileMatch>\n'],
    ['<Directory /srv>\n  Options None\n', '<Directory /srv>\n  Options None\n</Directory>\n'],
    [
      '<Directory /srv>\n  Options None\n<Directory /a>\n  Options None\n</Directory>\n',
      '<Directory /srv>\n  Options None\n</Directory>\n<Directory /a>\n  Options None\n</Directory>\n',
    ],
    ['<Directory /srv>\n</Directoy>\n', '<Directory /srv>\n</Directory>\n'],
    ['<Directory /srv\n</Directory>\n', '<Directory /srv>\n</Directory>\n'],
    ['ExpiresDefault access plus 1 month\n', 'ExpiresDefault "access plus 1 month"\n'],
    ['ExpiresByType text/css access plus 1 month\n', 'ExpiresByType text/css "access plus 1 month"\n'],
    ['<FilesMatch "\\.php$>\n</FilesMatch>\n', '<FilesMatch "\\.php$">\n</FilesMatch>\n'],
    ['ServerAdmin “a@example.com”\n', 'ServerAdmin "a@example.com"\n'],
    ['  Timeout 60 # seconds\n', '  # seconds\n  Timeout 60\n'],
    ['<Directory /srv> # all\n</Directory>\n', '# all\n<Directory /srv>\n</Directory>\n'],
    ['RewriteCond HTTP_HOST ^a\nRewriteRule a b\n', 'RewriteCond %{HTTP_HOST} ^a\nRewriteRule a b\n'],
    ['RewriteRule ^ https://%{HTTP_HOST/\n', 'RewriteRule ^ https://%{HTTP_HOST}/\n'],
    ['php_value memory_limit 128MB\n', 'php_value memory_limit 128M\n'],
    ['DirectoryIndex a.php,b.html\n', 'DirectoryIndex a.php b.html\n'],
    ['GeoIPEnable On;\n', 'GeoIPEnable On\n'],
    [
      '<VirtualHost *:80>\nServerName a\nServerAlias b,c http://d/ e:80\n</VirtualHost>\n',
      '<VirtualHost *:80>\nServerName a\nServerAlias b c d e\n</VirtualHost>\n',
    ],
    ['Header set X-Frame-Options DENY\n', 'Header always set X-Frame-Options DENY\n'],
    [
      'RewriteCond %{HTTP_HOST} ^www.a.org$\nRewriteRule ^ - [F]\n',
      'RewriteCond %{HTTP_HOST} ^www\\.a\\.org$\nRewriteRule ^ - [F]\n',
    ],
  ])('mend %j', (before, after) => {
    expect(mended(before)).toBe(after)
  })

  it.each(['Xyzzy 1\n', 'SetEnv\n', '</Directory>\n', 'ServerName a b c\n'])('leave %j alone', (text) => {
    expect(mended(text)).toBe(text)
  })
})

describe('the place of a fix', () => {
  const path = '/etc/apache2/apache2.conf'
  const place = (file: RenderedFile) => {
    const [finding] = check([file], undefined, { modules: 'all' })
    const { fix, remedy } = finding?.diagnostic ?? {}
    return fix ? `${fix.span.file.path}:${fix.span.start}-${fix.span.end} ${fix.replacement}` : remedy
  }

  it('is the template where that gave the text', () => {
    expect(place(rendered(path, 'KeepAlive On\nDocumentRot /srv\n'))).toBe(
      'templates/etc/apache2/apache2.conf.epp:13-24 DocumentRoot',
    )
  })

  it('is the data where a value gave the text', () => {
    const data = sourceFile('data/common.yaml', "headers: 'X-Frame-Options: DENY'\nline: 'DocumentRot /srv'\n")
    const value = {
      kind: 'string',
      value: 'DocumentRot /srv',
      origin: { kind: 'hiera', key: 'line', level: 'common', span: span(data, 39, 57) },
    } as const
    const segment = {
      start: 0,
      end: 16,
      template: span(sourceFile('a.epp', '<%= $line %>'), 0, 12),
      origin: value.origin,
      reads: [{ name: 'line', path: [], value, variable: value.origin }],
    }
    expect(place({ ...rendered(path, value.value), segments: [segment as never] })).toBe(
      'data/common.yaml:40-51 DocumentRoot',
    )
  })

  it('is not told where only a part of the text comes from a value', () => {
    const parts = { ...rendered(path, 'DocumentRot /srv'), segments: [] }
    expect(place(parts)).toBe("Did you mean 'DocumentRoot'?")
  })

  it('takes a module that is not loaded for no slip of the pen', () => {
    const { diagnostics } = judgeAlone(sourceFile('x', 'RewriteEngine On\n'), {
      as: 'server',
      modules: modulesNamed([]),
    })
    expect(diagnostics[0]?.fix).toBeUndefined()
  })
})
