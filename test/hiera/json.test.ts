import { expect, it } from 'vitest'
import { parseJson } from '../../src/hiera/json.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { hashGet, type Value } from '../../src/value/value.ts'
import { tagged } from './tagged.ts'

const read = (text: string) => parseJson(sourceFile('data.json', text))

/** The stretch of text that a value says it comes from. */
function written(value: Value | undefined, text: string): string | undefined {
  return value?.origin.kind === 'literal' ? text.slice(value.origin.span.start, value.origin.span.end) : undefined
}

it('makes of each entry what its text says, at its own place', () => {
  const text = `{ "a": [1, {"b": "x\\u00e9\\n"}], /* c */ "d\\/e": {"f": -1.5e3, "g": null, "h": [true, []]}, "a": 2 }`
  const { value, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  if (value?.kind !== 'hash') throw new Error('no hash')
  expect([...value.entries.keys()]).toEqual(["'a", "'d/e"])
  // Within a list everything is made at once.
  const whole = read(`[${text}]`).value
  expect([tagged(value)]).toEqual(whole?.kind === 'array' && whole.values.map(tagged))
  expect(written(value, text)).toBe(text)
  expect(written(hashGet(value, 'a'), text)).toBe('2')
  const inner = hashGet(value, 'd/e')
  expect(written(inner, text)).toBe('{"f": -1.5e3, "g": null, "h": [true, []]}')
  expect(inner?.kind === 'hash' && written(hashGet(inner, 'h'), text)).toBe('[true, []]')
  expect(written(value.entries.get("'d/e")?.key, text)).toBe('"d\\/e"')
  expect(hashGet(value, 'a')).toBe(hashGet(value, 'a'))
})

// Faults as Ruby's parser tells them, and where they are: ruby -rjson -e 'JSON.parse(ARGV[0])' TEXT
it.each([
  ['{"a": 1, "b": [1, 01]}', '01]}', 18],
  ['{"a": {"b": tru}}', '{"a": {"b": tru}}', 12],
  ['{"a": {"b" 1}}', '{"a": {"b" 1}}', 11],
  ['{"a": "\\u12"}', '{"a": "\\u12"}', 6],
  ['{"a": [1, {"b": {"c": tru}}]}', '{"b": {"c": tru}}]}', 22],
  ['{"a": [1,]}', ']}', 9],
  ['{"a": [1 2]}', '2]}', 9],
  ['{"a": NaN}', 'NaN}', 6],
  ['{"a": -Infinity}', '-Infinity}', 6],
  ['{"a": Infinity}', ' Infinity}', 6],
  ['{"a": 1} x', 'x', 9],
  ['{"a": 1} // x', '', 9],
  ['{"a": [1, /* x]}', '', 10],
])('refuses all of %s for what no entry that is read holds', (text, from, at) => {
  const { value, diagnostics } = read(text)
  expect(value).toBeUndefined()
  expect(diagnostics.map(({ code, message, span }) => [code, message, span?.start])).toEqual([
    ['hiera/json-syntax', `unexpected token at '${from}'`, at],
  ])
})

it('counts how deep an entry is nested before anybody reads it', () => {
  const nested = (depth: number) => `{"a": ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
  expect(read(nested(100)).diagnostics).toEqual([])
  expect(read(nested(101)).diagnostics.map(({ message }) => message)).toEqual(['nesting of 101 is too deep'])
})
