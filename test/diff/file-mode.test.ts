import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { desiredMode, modeText } from '../../src/diff/file-mode.ts'

type Row = readonly [mode: string, current: number, file: number | null, directory: number | null]
const recorded = JSON.parse(readFileSync(new URL('recorded/modes.json', import.meta.url), 'utf8')) as { rows: Row[] }

describe('the mode that Puppet would set', () => {
  test.each(recorded.rows)('%s on %i', (mode, current, file, directory) => {
    expect(desiredMode(mode, current, false) ?? null).toBe(file)
    // Numeric modes of directories get their search bits elsewhere in Puppet: see the next test.
    if (!/^\d+$/.test(mode)) expect(desiredMode(mode, current, true) ?? null).toBe(directory)
  })

  test('a directory is searchable for whoever may read it', () => {
    expect(desiredMode('0644', 0o700, true)).toBe(0o755)
    expect(desiredMode('0640', 0o700, true)).toBe(0o750)
    expect(desiredMode('0711', 0o700, true)).toBe(0o711)
  })

  test('what Puppet refuses has no answer', () => {
    expect(desiredMode('0999', 0o644, false)).toBeUndefined()
    expect(desiredMode('rw', 0o644, false)).toBeUndefined()
  })

  test('is written with four digits', () => {
    expect(modeText(0o644)).toBe('0644')
    expect(modeText(0o2775)).toBe('2775')
  })
})
