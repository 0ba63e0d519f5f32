import { describe, expect, test } from 'vitest'
import { renderExplain, renderExplainJson } from '../../src/report/explain.ts'
import { plainStyle } from '../../src/report/style.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { credentials, newPassword } from './fleet-report.ts'
import { htaccess, rendered, spanOf } from './ticket-shop-report.ts'

const node = 'web01.example.com'
const explain = (line?: number) =>
  renderExplain(
    { node, file: htaccess, ...(line === undefined ? {} : { lines: { first: line, last: line } }) },
    plainStyle,
  )

describe('for a terminal', () => {
  test('a line with the chain of each of its values', () => {
    expect(explain(6)).toBe(`/var/www/shop/.htaccess on web01.example.com
File[/var/www/shop/.htaccess], site/profile/manifests/web.pp:5:3

6 │   ExpiresByType text/css "access plus 1 mnth"  site/profile/templates/htaccess.erb:6
  │                 ‾‾‾‾‾‾‾‾
  │     rendered by   site/profile/templates/htaccess.erb:6:17   <%= rule['type'] %>
  │     from          site/profile/manifests/web.pp:3:29         $cache_rules[1]['type']
  │     set in        data/common.yaml:6:11                      profile::web::cache_rules, level "common"
  │                           ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾
  │     rendered by   site/profile/templates/htaccess.erb:6:38   <%= rule['expires'] %>
  │     from          site/profile/manifests/web.pp:3:29         $cache_rules[1]['expires']
  │     set in        data/common.yaml:7:14                      profile::web::cache_rules, level "common"
`)
  })

  test('the whole file, each line once', () => {
    const lines = explain().split('\n')
    expect(lines.slice(3, 7)).toEqual([
      '1 │ # Managed by Puppet: changes made here are lost.   site/profile/templates/htaccess.erb:1',
      '2 │ <IfModule mod_expires.c>                           site/profile/templates/htaccess.erb:2',
      '3 │   ExpiresActive On                                 site/profile/templates/htaccess.erb:3',
      '4 │   ExpiresDefault "access plus 10 minutes"          site/profile/templates/htaccess.erb:4',
    ])
    expect(lines.filter((line) => /^\d/.test(line))).toHaveLength(7)
  })

  test('a line that the file does not have', () => {
    expect(explain(99)).toContain('\nIt has no line 99: it ends after line 7.\n')
  })

  test('what has no text', () => {
    const link = { ...rendered('/etc/a', []), kind: 'link', target: '../b' } as const
    expect(renderExplain({ node, file: link }, plainStyle)).toContain('\nA link to ../b.\n')
    expect(renderExplain({ node, file: rendered('/etc/a', []) }, plainStyle)).toContain('\nIt is empty.\n')
  })

  test('the origin of a secret, without the secret', () => {
    const text = renderExplain({ node, file: credentials }, plainStyle)
    expect(text).not.toContain(newPassword)
    expect(text).toMatch(/2 │ password = ••••[0-9a-f]{4} {2,}site/)
    expect(text).toContain('<%= $password.unwrap %>')
  })

  test('a short secret that a manifest holds as it stands', () => {
    const manifest = sourceFile('site.pp', "Sensitive('pw1')\n")
    const place = spanOf(manifest, 'pw1')
    const file = rendered('/etc/pw', [
      { text: 'pw1', template: place, origin: { kind: 'literal', span: place }, sensitive: true },
    ])
    const text = renderExplain({ node, file }, plainStyle)
    expect(text).toContain('site.pp:1')
    expect(text + renderExplainJson({ node, file })).not.toContain('pw1')
  })
})

test('as JSON', () => {
  const document = JSON.parse(renderExplainJson({ node, file: htaccess, lines: { first: 6, last: 6 } }))
  expect(document).toMatchObject({
    version: 1,
    node,
    path: '/var/www/shop/.htaccess',
    kind: 'file',
    resource: 'File[/var/www/shop/.htaccess]',
    lines: [{ line: 6, text: '  ExpiresByType text/css "access plus 1 mnth"' }],
  })
  expect(document.lines).toHaveLength(1)
  const part = document.lines[0].parts.find((p: { start: number }) => p.start === 26)
  expect(part).toMatchObject({ end: 44, steps: [{ kind: 'template' }, { kind: 'read' }, { kind: 'hiera', line: 7 }] })
})
