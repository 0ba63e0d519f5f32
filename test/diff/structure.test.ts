import { describe, expect, test } from 'vitest'
import { compareFile } from '../../src/diff/compare-file.ts'
import { describeStructure } from '../../src/diff/describe-structure.ts'
import { createMask } from '../../src/diff/mask.ts'
import type { Structure } from '../../src/diff/structure.ts'
import { sourceFile } from '../../src/source/source-file.ts'

function structureOf(path: string, before: string, after: string, apache = false): Structure | undefined {
  const name = path.slice(1)
  const change = compareFile(
    { path, kind: 'file', source: sourceFile(name, before) },
    {
      path,
      kind: 'file',
      resource: { type: 'File', title: path },
      source: sourceFile(name, after),
      segments: [{ start: 0, end: after.length, origin: { kind: 'builtin', name: 'test' }, reads: [] }],
      sensitive: false,
    },
    { mask: createMask('key') },
  )
  return describeStructure(change, apache)
}

const items = (structure: Structure | undefined) =>
  structure?.items.map(({ kind, place, name, from, orderMatters }) =>
    [
      kind,
      [...place, name].join(' › '),
      ...(from ? [`from ${from.join(' › ')}`] : []),
      ...(orderMatters ? ['ordered'] : []),
    ].join(': '),
  )

const vhost = (port: number, inside: string): string =>
  `<VirtualHost *:${port}>\n  ServerName shop.example.com\n${inside}</VirtualHost>\n`
const directory = (inside: string): string => `  <Directory /var/www>\n${inside}  </Directory>\n`

describe('Apache configuration', () => {
  const of = (before: string, after: string) => structureOf('/etc/apache2/sites-enabled/shop.conf', before, after, true)

  test('directives by their place', () => {
    const before = vhost(443, `  SSLEngine on\n${directory('    Options Indexes\n    Require all granted\n')}`)
    const after = vhost(443, `  SSLEngine off\n  Timeout 5\n${directory('    Require all granted\n')}`)
    expect(items(of(before, after))).toEqual([
      'changed: VirtualHost shop.example.com:443 › SSLEngine',
      'added: VirtualHost shop.example.com:443 › Timeout 5',
      'removed: VirtualHost shop.example.com:443 › Directory /var/www › Options Indexes',
    ])
  })

  test('a section under another head keeps what stands inside', () => {
    const inside = directory('    Require all granted\n')
    expect(items(of(vhost(80, inside), vhost(81, inside)))).toEqual(['changed: VirtualHost'])
  })

  test('a directive that moves into a section', () => {
    const before = vhost(80, `  Options None\n${directory('    Require all granted\n')}`)
    const after = vhost(80, directory('    Require all granted\n    Options None\n'))
    expect(items(of(before, after))).toEqual([
      'moved: VirtualHost shop.example.com:80 › Directory /var/www › Options None: from VirtualHost shop.example.com:80',
    ])
  })

  test.each([
    ['order', 'Timeout 5\nKeepAlive On\n', 'KeepAlive On\nTimeout 5\n'],
    ['effect', 'RewriteRule a b\nRewriteRule c d\n', 'RewriteRule c d\nRewriteRule a b\n'],
    ['comments', '# one\nTimeout 5\n', '# two\nTimeout 5\n'],
    ['layout', 'Timeout 5\n', '  timeout   "5"\n'],
    ['effect', 'Timeout 5\n# one\n', 'Timeout 6\n# two\n'],
  ] as const)('%s: %j to %j', (verdict, before, after) => {
    expect(of(before, after)?.verdict).toBe(verdict)
  })

  test('rewrite rules in another order are told to be ordered', () => {
    expect(items(of('RewriteRule a b\nRewriteRule c d\n', 'RewriteRule c d\nRewriteRule a b\n'))).toEqual([
      expect.stringMatching(/^moved: RewriteRule [ac]: ordered$/),
    ])
  })

  test('two virtual hosts that change places, with all they hold', () => {
    const [a, b] = [
      vhost(80, directory('    Require all granted\n')),
      vhost(443, directory('    Require all denied\n')),
    ]
    expect(items(of(a + b, b + a))).toEqual([expect.stringMatching(/^moved: VirtualHost \*:\d+: ordered$/)])
  })
})

describe('files of keys', () => {
  test.each([
    ['/a.yaml', 'a:\n  b: 1\n  c: [x, y]\n', 'a:\n  b: 2\n  c: [x, y, z]\n', ['changed: a › b', 'added: a › c › []']],
    ['/a.json', '{"a": {"b": 1}}', '{"a": {"b": 1}, "d": [{"e": 2}]}', ['added: d › [0] › e']],
    ['/a.ini', '[x]\na = 1\n[y]\nb = 1\n', '[x]\na = 1\n[y]\nb = 2\n', ['changed: [y] › b']],
    ['/x.properties', 'a.b=1\n# c\nd = 1\n', 'a.b=2\n# c\nd = 1\n', ['changed: a.b']],
  ])('%s: %j', (path, before, after, expected) => {
    expect(items(structureOf(path, before, after))).toEqual(expected)
  })

  test.each([
    ['/a.yaml', 'a: 1\nb: 2\n', 'b: 2\na: 1\n', 'order'],
    ['/a.yaml', '# x\na: 1\n', '# y\na: 1\n', 'comments'],
    ['/a.json', '{"a":1}', '{ "a": 1 }', 'layout'],
    ['/a.ini', '[x]\na=1\n', '[x]\na = 1\n', 'layout'],
    ['/a.ini', '[x]\na=1\n[y]\na=1\n', '[y]\na = 1\n[x]\na = 1\n', 'order'],
    ['/etc/sysctl.conf', 'a.b = 1\nc = 2\n', 'c=2\na.b=1\n', 'order'],
    ['/etc/default/x', 'A=1\nB=$A\n', 'B=$A\nA=1\n', 'effect'],
    ['/etc/default/x', 'A=1\nA=2\n', 'A=2\nA=1\n', 'effect'],
    ['/etc/default/x', '# a\nA=1\n', '# b\nA=1\n', 'comments'],
    ['/etc/default/x', 'if a; then\n  A=1\nfi\n', 'if a; then\n  A=2\nfi\n', undefined],
  ])('%s: %j to %j is %s', (path, before, after, verdict) => {
    expect(structureOf(path, before, after)?.verdict).toBe(verdict)
  })

  test('what cannot be parsed, and files of other kinds, have none', () => {
    expect(structureOf('/a.yaml', 'a: [', 'a: 1')).toBeUndefined()
    expect(structureOf('/a.json', '{', '{}')).toBeUndefined()
    expect(structureOf('/a.sh', 'a=1\n', 'a=2\n')).toBeUndefined()
  })
})
