import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseHocon } from '../../src/hiera/hocon.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { tagged } from './tagged.ts'

const recorded = JSON.parse(readFileSync(new URL('recorded/hocon.json', import.meta.url), 'utf8')) as {
  readonly answers: readonly { readonly text: string; readonly value?: unknown; readonly error?: string }[]
}

/** A HOCON object has no order of its own. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, ordered(inner)] as const)
  return Object.fromEntries(
    entries.map(([key, inner]) =>
      key === 'hash' && Array.isArray(inner)
        ? [key, [...inner].sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1))]
        : [key, inner],
    ),
  )
}

describe('HOCON as the hocon gem reads it', () => {
  it.each(recorded.answers.map((one) => [JSON.stringify(one.text), one] as const))('%s', (_, one) => {
    const { value, diagnostics } = parseHocon(sourceFile('test.conf', one.text))
    if (one.error !== undefined) expect(diagnostics.map((d) => d.code)).toEqual(['hiera/hocon-syntax'])
    else {
      expect(diagnostics).toEqual([])
      expect(value && ordered(tagged(value))).toEqual(ordered(one.value))
    }
  })
})
