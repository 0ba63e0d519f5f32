import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { ignoring, readIgnoreRules } from '../../src/project/ignore-rules.ts'
import type { Finding } from '../../src/project/run-report.ts'
import { sourceFile } from '../../src/source/source-file.ts'

function read(text: string) {
  const { value } = parseYaml(sourceFile('rehearse.yaml', text))
  if (value === undefined) throw new Error('no value')
  return readIgnoreRules(value)
}

function finding(code: string, path: string, text = 'a\nb.c\n'): Finding {
  const span = { file: sourceFile(path, text), start: 2, end: 3 }
  return { diagnostic: { code, severity: 'warning', message: 'x', span }, nodes: ['a'], trace: [] }
}

describe('rules with a code', () => {
  it('hide findings, and say how many', () => {
    const { rules } = read(
      `[{ code: lint/unescaped-dot, reason: known }, { code: 'lint/*', path: 'etc/*', line: '^b', reason: old }]`,
    )
    const ignore = ignoring(rules)
    expect(ignore.finding(finding('lint/unescaped-dot', 'x'))).toBe(false)
    expect(ignore.finding(finding('lint/odd-flag', 'etc/a/b.conf'))).toBe(false)
    expect(ignore.finding(finding('lint/odd-flag', 'srv/b.conf'))).toBe(true)
    expect(ignore.finding(finding('lint/odd-flag', 'etc/b.conf', 'a\nc\n'))).toBe(true)
    expect(ignore.finding(finding('httpd/value', 'etc/b.conf'))).toBe(true)
    expect(ignore.counts().map(({ rule, count }) => `${rule.text}: ${count}`)).toEqual([
      'code lint/unescaped-dot: 1',
      'code lint/*, path etc/*, line ^b: 1',
    ])
  })

  it('are for lints alone, and know no attributes', () => {
    expect(
      read(`[{ code: httpd/value, reason: x }, { code: lint/a, attribute: mode, reason: x }]`).diagnostics.map(
        ({ message }) => message,
      ),
    ).toEqual([
      "a rule to ignore differences can only name codes of lint/, request/ or data/, not 'httpd/value'",
      "a rule to ignore differences with a 'code' can only have a path and a line besides",
    ])
  })
})

describe('rules that are wrong', () => {
  const ok = 'reason: known'
  it.each([
    ['{ path: x }', "'ignore' in rehearse.yaml should be a list of rules", 0, /^Write each as/],
    ['[foo]', 'should be a hash of conditions and a reason', 1, /^Write each as/],
    [`[{ pth: /etc, ${ok} }]`, "has no condition 'pth'", 3, /^Did you mean 'path'\?$/],
    [`[{ surely: /etc, ${ok} }]`, "has no condition 'surely'", 3, /^Conditions are code, type, /],
    [`[{ path: 5, ${ok} }]`, "needs a string as 'path'", 9, /^Put it in quotes\.$/],
    ['[{ path: /etc }]', "needs a 'reason'", 1, /why nobody has to see/],
    [`[{ ${ok} }]`, 'needs a condition: code, type, title, path, attribute, line', 1, undefined],
    [`[{ line: "a(", ${ok} }]`, "has no regular expression as 'line': /a(/u: Unterminated group", 9, undefined],
  ])('%s', (text, message, start, remedy) => {
    const { rules, diagnostics } = read(text)
    expect(rules).toEqual([])
    expect(
      diagnostics.map((each) => [each.message.replace('a rule to ignore differences ', ''), each.span?.start]),
    ).toEqual([[message, start]])
    if (remedy) expect(diagnostics[0]?.remedy).toMatch(remedy)
    else expect(diagnostics[0]?.remedy).toBeUndefined()
  })
})
