import { describe, expect, test } from 'vitest'
import { compareFile } from '../../src/diff/compare-file.ts'
import { createMask, learnSecrets, secretToken } from '../../src/diff/mask.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { colourStyle, plainStyle } from '../../src/report/style.ts'
import { sourceFile, span } from '../../src/source/source-file.ts'
import { credentials, fleet, newPassword, oldPassword } from './fleet-report.ts'
import { deployed, manifest, rendered, spanOf, ticketShop } from './ticket-shop-report.ts'

const finding = `error: ExpiresByType: bad expires code, unrecognised <type>  [httpd/expires-code]
  var/www/shop/.htaccess:6:26 on web01.example.com and web02.example.com
  6 │   ExpiresByType text/css "access plus 1 mnth"
    │                          ^^^^^^^^^^^^^^^^^^^^
  rendered by   site/profile/templates/htaccess.erb:6:38   <%= rule['expires'] %>
  from          site/profile/manifests/web.pp:3:29         $cache_rules[1]['expires']
  set in        data/common.yaml:7:14                      profile::web::cache_rules, level "common"
  Apache answers every request below this directory with 500 while the file is like this.`

describe('the incident', () => {
  test('from the verdict to the totals', () => {
    expect(renderPretty(ticketShop(), plainStyle)).toBe(`✗ 1 error. 1 file would change on 2 nodes.

${finding}

Nodes
  ✓ web01.example.com  14 resources, 5 files, 4 as deployed
  ✓ web02.example.com  14 resources, 5 files, 4 as deployed

Differences from deployed/{node}

changed  /var/www/shop/.htaccess  +1 −1  on web01.example.com and web02.example.com
  File[/var/www/shop/.htaccess], site/profile/manifests/web.pp:5:3
  3 3 │     ExpiresActive On
  4 4 │     ExpiresDefault "access plus 10 minutes"
  5 5 │     ExpiresByType text/html "access plus 5 minutes"
  6   │ -   ExpiresByType text/css "access plus 1 month"
    6 │ +   ExpiresByType text/css "access plus 1 mnth"
      ╰ error [httpd/expires-code]
  7 7 │   </IfModule>

2 of 2 nodes compiled · files: 1 changed, 8 as deployed · 1 error, 0 warnings · 812 ms
`)
  })

  test('with nothing wrong and nothing to change', () => {
    expect(
      renderPretty(ticketShop({ findings: [], changes: [] }), plainStyle),
    ).toBe(`✓ Nothing found wrong. No file would change.

Nodes
  ✓ web01.example.com  14 resources, 5 files, 4 as deployed
  ✓ web02.example.com  14 resources, 5 files, 4 as deployed

2 of 2 nodes compiled · files: 8 as deployed · 0 errors, 0 warnings · 812 ms
`)
  })

  test('colours wrap the same text', () => {
    const coloured = renderPretty(ticketShop(), colourStyle)
    expect(coloured).toContain('\u001b[7;32mmnth\u001b[27;39m')
    expect(coloured.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(renderPretty(ticketShop(), plainStyle))
  })
})

describe('a fleet', () => {
  const text = renderPretty(fleet(47), plainStyle)

  test('names the nodes that matter', () => {
    expect(text).toContain(
      '✗ 2 errors and 1 warning. 1 of 47 nodes does not compile. 7 files would change on 47 nodes.',
    )
    expect(text).toContain('on web001.example.com, web002.example.com and 22 more\n')
    expect(text).toContain('Nodes\n  ✗ web002.example.com  does not compile\n  ✓ 46 others compiled\n')
  })

  test('every kind of change', () => {
    expect(text).toContain('\n  mode 0644 → 0640\n')
    expect(text).toContain('\nadded  /var/www/shop/robots.txt  +1  on all 47 nodes\n')
    expect(text).toContain('\nremoved  /etc/apache2/conf-enabled/charset.conf  −2  on web001.example.com\n')
    expect(text).toContain('\n  2   │ - AddDefaultCharset UTF-8\n  2   │ \\ No newline at end of file\n')
    expect(text).toContain('\n  not text, 14.2 kB → 15.0 kB\n')
    expect(text).toContain('\n  target ../sites-available/15-shop.conf → ../sites-available/25-shop.conf\n')
  })

  test('a Puppet error with its line, its chain and the remedy', () => {
    expect(text).toContain(`error: Could not find class ::profile::wbe for web002.example.com  [puppet/unknown-class]
  site/profile/manifests/web.pp:1:7 on web002.example.com
  1 │ class profile::web (
    │       ^^^^^^^^^^^^
  included from   site/profile/manifests/web.pp:2:3
  Did you mean 'profile::web'?
`)
  })

  test('a limit of lines says what it leaves out', () => {
    const short = renderPretty(fleet(3), { ...plainStyle, maximumLines: 2 })
    expect(short).toContain('  … 4 lines more; --format html and --format json have them all\n')
    expect(short).not.toContain('</IfModule>\n')
  })
})

describe('secrets', () => {
  test('are in no part of the report', () => {
    const text = renderPretty(fleet(3), plainStyle)
    expect(text).toContain(`- password = ${secretToken(createMask('key'), oldPassword)}`)
    expect(text).toContain(`+ password = ${secretToken(createMask('key'), newPassword)}`)
    expect(text).not.toContain(newPassword)
    expect(text).not.toContain(oldPassword)
  })

  test('that another node taught later are hidden in earlier differences', () => {
    const mask = createMask('key')
    const file = rendered('/etc/a', [{ text: `x ${newPassword} y\n`, origin: { kind: 'builtin', name: 'x' } }])
    const change = compareFile(deployed('/etc/a', `x ${newPassword} z\n`), file, { mask })
    learnSecrets(mask, credentials)
    const report = ticketShop({ mask, findings: [], changes: [{ change, nodes: ['web01.example.com'] }] })
    const token = secretToken(mask, newPassword)
    for (const text of [
      renderPretty(report, plainStyle),
      ...[renderJson, renderHtml, renderMarkdown].map((f) => f(report)),
    ])
      expect(text).not.toContain(newPassword)
    expect(JSON.parse(renderJson(report)).changes[0].hunks[0].lines[1]).toMatchObject({
      text: `x ${token} y`,
      highlights: [[11, 12]],
    })
  })

  test('are hidden in messages, code frames and chains', () => {
    const mask = createMask('key')
    learnSecrets(mask, credentials)
    const source = credentials.source ?? sourceFile('', '')
    const elsewhere = sourceFile('data/secrets.yaml', `password: ${newPassword}\n`)
    const report = ticketShop({
      mask,
      changes: [],
      findings: [
        {
          diagnostic: {
            code: 'httpd/x',
            severity: 'error',
            message: `Invalid command '${newPassword}'`,
            span: spanOf(source, newPassword),
            related: [{ message: `not ${newPassword}`, span: spanOf(elsewhere, newPassword) }],
            remedy: `Change ${newPassword}.`,
          },
          nodes: ['web01.example.com'],
          rendered: credentials,
          renderedPath: credentials.path,
          trace: [{ kind: 'literal', text: `'${newPassword}'`, span: spanOf(elsewhere, newPassword) }],
        },
      ],
    })
    const token = secretToken(createMask('key'), newPassword)
    const text = renderPretty(report, plainStyle)
    expect(text).not.toContain(newPassword)
    expect(text).toContain(`  2 │ password = ${token}\n    │            ^^^^^^^^\n`)
    expect(text).toContain(`written in`)
    expect(text).toContain(`'${token}'`)
  })

  test('a short secret is hidden in the frame of its own file', () => {
    const file = { ...credentials, sensitive: true }
    const report = ticketShop({
      changes: [],
      findings: [
        {
          diagnostic: {
            code: 'httpd/x',
            severity: 'error',
            message: 'x',
            span: span(credentials.source ?? sourceFile('', ''), 0, 4),
          },
          nodes: [],
          rendered: file,
          trace: [],
        },
      ],
    })
    expect(renderPretty(report, plainStyle)).not.toContain('[client]')
  })
})

describe('text out of files', () => {
  test('never reaches the terminal as a control sequence', () => {
    const evil = 'a\u001b]0;title\u0007\u001b[2Jb\rc\u009b31m\u202egnp.exe\u200b\n'
    const path = '/etc/evil\u001b[31m'
    const source = sourceFile('etc/evil\u001b[31m', evil)
    const file = rendered(path, [{ text: evil, origin: { kind: 'builtin', name: 'x\u001b[0m' } }])
    const text = renderPretty(
      ticketShop({
        environment: 'e\u001b',
        deployed: 'd\u001b[1m',
        nodes: [{ name: 'n\u001b[5m', status: 'compiled', resources: 1, files: 1, unchanged: 0, elapsed: 1 }],
        findings: [
          {
            diagnostic: {
              code: 'httpd/x',
              severity: 'error',
              message: `bad ${evil}second line`,
              span: span(source, 0, evil.length),
              remedy: evil,
              related: [{ message: evil, span: span(source, 1, 2) }],
            },
            nodes: ['n\u001b[5m'],
            trace: [{ kind: 'builtin', text: evil }],
            impact: evil,
          },
        ],
        changes: [
          {
            change: compareFile(
              deployed(path, 'x\n', { owner: 'o\u001b' }),
              { ...file, owner: 'p\u001b' },
              { mask: createMask() },
            ),
            nodes: ['n\u001b[5m'],
          },
        ],
      }),
      plainStyle,
    )
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/)
    expect(text).toContain('│ + a␛]0;title␇␛[2Jb␍c<U+009B>31m<U+202E>gnp.exe<U+200B>\n')
    expect(text).toContain('/etc/evil␛[31m')
  })

  test('tabs and wide characters keep the carets below their text', () => {
    const source = sourceFile('a.conf', '\t日本 Expires x\n')
    const report = ticketShop({
      changes: [],
      findings: [
        {
          diagnostic: { code: 'httpd/x', severity: 'error', message: 'm', span: spanOf(source, 'Expires') },
          nodes: [],
          trace: [],
        },
      ],
    })
    expect(renderPretty(report, plainStyle)).toContain('  1 │     日本 Expires x\n    │          ^^^^^^^\n')
  })

  test('a very long line is cut around its fault', () => {
    const source = sourceFile('a.conf', `${'x'.repeat(5000)}FAULT${'y'.repeat(5000)}`)
    const report = ticketShop({
      changes: [],
      findings: [
        {
          diagnostic: { code: 'httpd/x', severity: 'error', message: 'm', span: spanOf(source, 'FAULT') },
          nodes: [],
          trace: [],
        },
      ],
    })
    const lines = renderPretty(report, plainStyle).split('\n')
    const at = lines.findIndex((line) => line.includes('FAULT'))
    expect(lines[at]?.length).toBeLessThan(230)
    expect(lines[at + 1]?.indexOf('^^^^^')).toBe(lines[at]?.indexOf('FAULT'))
  })

  test('a span at the end of a file has a caret', () => {
    const report = ticketShop({
      changes: [],
      findings: [
        {
          diagnostic: {
            code: 'puppet/x',
            severity: 'error',
            message: 'm',
            span: span(manifest, manifest.text.length, manifest.text.length),
          },
          nodes: [],
          trace: [],
        },
      ],
    })
    expect(renderPretty(report, plainStyle)).toContain('  9 │\n    │ ^\n')
  })
})

test('commands without nodes', () => {
  const report = ticketShop({ command: 'validate', nodes: [], changes: [] })
  const { deployed: _, ...validate } = report
  expect(renderPretty({ ...validate, findings: [] }, plainStyle)).toBe(
    '✓ Nothing found wrong.\n\n0 errors, 0 warnings · 812 ms\n',
  )
})
