import { expect, it } from 'vitest'
import { judgeConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { judgeAlone } from '../../src/project/apache-check.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { apacheLines } from './apache-lines.mjs'

const options = { as: 'server', modules: moduleSet('all') } as const
const check = (text: string) => judgeConfig(sourceFile('x', text), options).verdict
const lint = (text: string) => judgeAlone(sourceFile('x', text), options)
const parse = (text: string) => parseConfig(sourceFile('x', text))
const repeated = (line: (i: number) => string) => (lines: number) =>
  Array.from({ length: lines }, (_, i) => `${line(i)}\n`).join('')

/** Processor time, in microseconds. */
function cost(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return process.cpuUsage(before).user
}

/** How much dearer one long text is than short ones that come to as many lines: the least of some rounds. */
function ratio(run: (text: string) => unknown, long: string, short: string, times: number): number {
  let least = Infinity
  for (let round = 0; round < 5 && least > 2; round++) {
    const apart = cost(() => {
      for (let i = 0; i < times; i++) run(short)
    })
    least = Math.min(least, cost(() => run(long)) / apart)
  }
  return least
}

it('has nothing to say of the text that is measured', () => {
  expect(check(apacheLines(500))).toEqual({ verdict: 'ok', diagnostics: [] })
})

it.each<[string, (text: string) => unknown, (lines: number) => string]>([
  ['reading a tree', parse, apacheLines],
  ['checking', check, apacheLines],
  ['linting', lint, apacheLines],
  ['names that nothing defines', check, repeated((i) => `Option${i % 50} on`)],
  ['sections left open', check, repeated((i) => `<Files a${i}>`)],
  ['conditions left open', check, repeated((i) => `<IfModule !none${i}>`)],
  ['sections closed by other names', check, repeated((i) => (i % 2 ? '</Folder>' : `<Files a${i}>`))],
  ['a line of many continuations', check, repeated((i) => `a${i} \\`)],
  ['hosts of one address', lint, repeated((i) => `<VirtualHost *:80>\nServerName a${i}\n</VirtualHost>`)],
  ['aliases', lint, repeated((i) => `Alias /a${i} /srv/a${i}`)],
  ['directories', lint, repeated((i) => `<Directory /srv/a${i}>\nRequire all granted\n</Directory>`)],
  ['rewrite rules', lint, repeated((i) => `RewriteRule ^a${i}$ /b${i}`)],
])('costs as much for a line of a long text as for one of a short text: %s', (_, run, text) => {
  const times = 16
  // Quadratic work would make the ratio approach the number of times.
  expect(ratio(run, text(500 * times), text(500), times)).toBeLessThan(4)
})

it('tells of sections that stand too deep in each other to be judged, and judges the rest', () => {
  const deep = `${'<If true>\n'.repeat(5_000)}FooBar\n${'</If>\n'.repeat(5_000)}Options Foo\n`
  expect(check(deep).diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ['httpd/option', 'error'],
    ['httpd/nesting', 'warning'],
  ])
  const conditions = `${'<IfModule !none>\n'.repeat(5_000)}FooBar\n${'</IfModule>\n'.repeat(5_000)}Options Foo\n`
  expect(check(conditions).diagnostics.map(({ code }) => code)).toEqual(['httpd/option', 'httpd/nesting'])
  expect(parse(deep).items.length).toBeGreaterThan(0)
})
