import { describe, expect, test } from 'vitest'
import { changedBlocks, splitLines } from '../../src/diff/line-blocks.ts'
import { createMask } from '../../src/diff/mask.ts'
import { textHunks } from '../../src/diff/text-hunks.ts'

const lines = Array.from({ length: 50_000 }, (_, i) => `Redirect 301 /old/page-${i} https://www.example.com/new/${i}`)
const text = (list: readonly string[]): string => `${list.join('\n')}\n`

/** Milliseconds of the processor: what else the machine does is not counted. */
function timed<T>(work: () => T): { result: T; milliseconds: number } {
  const start = process.cpuUsage()
  const result = work()
  return { result, milliseconds: process.cpuUsage(start).user / 1000 }
}

const compare = (before: string, after: string) =>
  timed(() => textHunks({ text: before, secrets: [] }, { text: after, secrets: [] }, createMask('key'), 3))

// Tests beside these share caches and memory, so one attempt may be slower.
describe('50,000 lines in under a second', { retry: 2 }, () => {
  test('a few changes', () => {
    const after = lines.flatMap((line, i) => (i % 5000 === 7 ? [] : i % 5000 === 9 ? [line, 'Added'] : [line]))
    const { result, milliseconds } = compare(text(lines), text(after))
    expect(result).toHaveLength(10)
    expect(milliseconds).toBeLessThan(1000)
  })

  test('every tenth line changed', () => {
    const after = lines.map((line, i) => (i % 10 === 0 ? line.replace('301', '302') : line))
    const { result, milliseconds } = compare(text(lines), text(after))
    const added = result.flatMap((hunk) => hunk.lines).filter((line) => line.kind === 'added')
    expect(added).toHaveLength(5000)
    expect(milliseconds).toBeLessThan(1000)
  })

  test('every line changed', () => {
    const after = lines.map((line) => line.replace('https', 'http'))
    const { result, milliseconds } = compare(text(lines), text(after))
    expect(result).toHaveLength(1)
    expect(milliseconds).toBeLessThan(1000)
  })

  test('shuffled lines without a unique one', () => {
    const before = lines.map((_, i) => `value ${(i * 7919) % 100}`)
    const after = lines.map((_, i) => `value ${(i * 104_729 + 3) % 97}`)
    const { result, milliseconds } = timed(() => changedBlocks(splitLines(text(before)), splitLines(text(after))))
    expect(result.length).toBeGreaterThan(0)
    expect(milliseconds).toBeLessThan(1000)
  })

  test('the same text', () => {
    const [before, after] = [text(lines), text(lines)]
    const { result, milliseconds } = compare(before, after)
    expect(result).toEqual([])
    expect(milliseconds).toBeLessThan(50)
  })
})
