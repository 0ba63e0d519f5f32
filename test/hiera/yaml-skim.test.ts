import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { parseYamlDocument, parseYamlNode, type YamlNode } from '../../src/hiera/yaml-parser.ts'
import { YamlSyntaxError } from '../../src/hiera/yaml-scanner.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import type { Value } from '../../src/value/value.ts'
import { fixtures } from '../cli/rehearse.ts'
import { damaged, yamlCases } from './damaged-yaml.ts'

/** The document as it is parsed, entry for entry, or where it is broken; `late`: with what can be skimmed read at the end. */
function read(text: string, late: boolean) {
  const pairs: (readonly [YamlNode, () => YamlNode])[] = []
  const skimmed: string[] = []
  try {
    const root = parseYamlDocument(
      text,
      late
        ? () => ({
            parsed: (key, value) => pairs.push([key, () => value]),
            skimmed: ({ name, start, keyEnd, valueStart, end }) => {
              skimmed.push(name)
              const quoted = /["']/.test(text.charAt(start))
              const key = {
                kind: 'scalar',
                value: name,
                quoted,
                tag: undefined,
                anchor: undefined,
                start,
                end: keyEnd,
              } as const
              pairs.push([key, () => parseYamlNode(text, valueStart, end)])
            },
          })
        : undefined,
    )
    const entries = pairs.map(([key, value]) => [key, value()])
    return { skimmed, tree: root?.kind === 'mapping' && pairs.length > 0 ? { ...root, pairs: entries } : root }
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    return { skimmed, tree: { problem: error.message, at: [error.problemAt, error.contextAt] } }
  }
}

function force(value: Value): void {
  if (value.kind === 'array') value.values.forEach(force)
  else if (value.kind === 'hash') for (const entry of value.entries.values()) force(entry.value)
}

function dataOfFixtures(): string[] {
  const paths = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith('.yaml')).map((path) => readFileSync(join(fixtures, path), 'utf8'))
}

describe('an entry that is skimmed over', () => {
  const data = [...yamlCases().filter((text) => text.length < 4000), ...dataOfFixtures()]
  // An entry before, as the first one is always parsed, and two behind.
  const entries = data.filter((text) => /^[\w"'-]/.test(text)).map((text) => `first: 1\n${text}\nlast: [a]\nlast: b\n`)

  it('is what the parser makes of it, in whole and in damaged texts', () => {
    let count = 0
    for (const text of [
      ...data,
      ...entries,
      ...damaged(
        entries.filter(({ length }) => length < 500),
        1500,
      ),
    ]) {
      const { skimmed, tree } = read(text, true)
      count += skimmed.length
      const parsed = read(text, false).tree
      if (JSON.stringify(tree) !== JSON.stringify(parsed)) expect(tree, text).toEqual(parsed)
      const { value, diagnostics } = parseYaml(sourceFile('data.yaml', text))
      const known = diagnostics.length
      if (value) force(value)
      expect(diagnostics.length, text).toBe(known)
    }
    expect(count).toBeGreaterThan(2000)
  })

  it.each([
    'word',
    '"with: colon" # and more',
    "'single'",
    '10.0.0.1/24',
    'https://www.example.com/a?b=c',
    '[a, "b", [1, 2], {c: d}]',
    '{ a: 1, "b": { c: [x y] } }',
    '\n  a: 1\n  b:\n    - c\n    - d: e\n      f:\n    # note\n  g: {h: i}\n',
    '\n- a\n- b: c\n  d: e',
  ])('is %j', (value) => {
    expect(read(`first: 1\nkey: ${value}\n`, true).skimmed).toEqual(['key'])
  })

  it.each([
    '',
    '|\n  text',
    '2024-01-02',
    '0x',
    '*alias',
    '&anchor a',
    '!!str 1',
    'on\n  two lines',
    '"on\n  two lines"',
    "'it''s'",
    '"\\n"',
    '[a: b]',
    '{a: 1, a: 2}',
    '{yes: 1}',
    '\n  a: 1\n  a: 2',
    '\n  <<: {b: 1}',
    '\n  a: 1\n b: 2',
    '\n  - a\n  b: c',
    '\n- a\n-\n- b',
    'word\tword',
    '[a',
    'a: b',
  ])('is not %j', (value) => {
    expect(read(`first: 1\nkey: ${value}\n`, true).skimmed).toEqual([])
  })
})
