import { diffArrays } from 'diff'
import { mergeRanges, type Range, tokenPattern } from './mask.ts'

/** Lines that are longer are data rather than words; they count as changed from the first to the last difference. */
const longestLine = 2000
/** Removed × added lines of one block that are weighed against each other; bigger blocks pair in order. */
const mostComparisons = 4000
/** Nobody reads the words of bigger blocks; there, a difference reaches from the first to the last differing character. */
const largestBlock = 2000
/** The share of common words that makes two lines versions of each other. */
const alike = 0.45

export interface PairedLines {
  /** The removed line's index in its block. */
  readonly removed: number
  readonly added: number
  readonly removedHighlights: readonly Range[]
  readonly addedHighlights: readonly Range[]
}

/** Which removed and added lines of a block are versions of each other, in order, and the words in which they differ. */
export function pairLines(removed: readonly string[], added: readonly string[]): PairedLines[] {
  const large = Math.max(removed.length, added.length) > largestBlock
  const pairs: PairedLines[] = []
  for (const [i, j] of large ? inOrder(removed, added, alikeAtEnds) : bestPairs(removed, added)) {
    const [before, after] = [removed[i] as string, added[j] as string]
    const [removedHighlights, addedHighlights] = large ? betweenCommonEnds(before, after) : differences(before, after)
    pairs.push({ removed: i, added: j, removedHighlights, addedHighlights })
  }
  return pairs
}

function bestPairs(removed: readonly string[], added: readonly string[]): [number, number][] {
  const [old, fresh] = [removed.map(lineWords), added.map(lineWords)]
  if (removed.length * added.length > mostComparisons || (removed.length === 1 && added.length === 1))
    return inOrder(old, fresh, likeness)
  const scores = old.map((a) => fresh.map((b) => likeness(a, b)))
  // The heaviest non-crossing matching, as for sequence alignment.
  const width = fresh.length + 1
  const best = new Float64Array((old.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j] as number
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--) {
      const score = scores[i]?.[j] as number
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), score >= alike ? at(i + 1, j + 1) + score : 0)
    }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < old.length && j < fresh.length; ) {
    const score = scores[i]?.[j] as number
    if (score >= alike && at(i, j) === at(i + 1, j + 1) + score) pairs.push([i++, j++])
    else if (at(i, j) === at(i + 1, j)) i++
    else j++
  }
  return pairs
}

function inOrder<T>(old: readonly T[], fresh: readonly T[], likeness: (a: T, b: T) => number): [number, number][] {
  const pairs: [number, number][] = []
  for (let i = 0; i < Math.min(old.length, fresh.length); i++)
    if (likeness(old[i] as T, fresh[i] as T) >= alike) pairs.push([i, i])
  return pairs
}

interface Words {
  readonly counts: ReadonlyMap<string, number>
  /** In characters. */
  readonly weight: number
}

function lineWords(line: string): Words {
  const counts = new Map<string, number>()
  let weight = 0
  for (const [word] of line.slice(0, longestLine).matchAll(/[\p{L}\p{N}_•]+|[^\s\p{L}\p{N}_•]/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
    weight += word.length
  }
  return { counts, weight }
}

/** The share of the two lines' characters that lies in words of both: 0 to 1. */
function likeness(a: Words, b: Words): number {
  if (a.weight + b.weight === 0) return 0
  let common = 0
  for (const [word, count] of a.counts) common += Math.min(count, b.counts.get(word) ?? 0) * word.length
  return (2 * common) / (a.weight + b.weight)
}

const words = new RegExp(`${tokenPattern.source}|[\\p{L}\\p{N}_]+|\\s+|.`, 'gsu')

function differences(before: string, after: string): [Range[], Range[]] {
  if (before.length > longestLine || after.length > longestLine) return betweenCommonEnds(before, after)
  const old = before.match(words) ?? []
  const fresh = after.match(words) ?? []
  const highlights: [Range[], Range[]] = [[], []]
  const at: [number, number] = [0, 0]
  for (const change of diffArrays(old, fresh)) {
    const length = change.value.join('').length
    for (const side of [0, 1] as const) {
      if (side === 0 ? change.added : change.removed) continue
      if (change.added || change.removed) highlights[side].push([at[side], at[side] + length])
      at[side] += length
    }
  }
  return [joinNear(before, highlights[0]), joinNear(after, highlights[1])]
}

/** Words that differ with nothing but blanks between them are one difference. */
function joinNear(line: string, ranges: readonly Range[]): Range[] {
  const joined: Range[] = []
  for (const range of mergeRanges(ranges)) {
    const last = joined.at(-1)
    if (last && line.slice(last[1], range[0]).trim() === '') joined[joined.length - 1] = [last[0], range[1]]
    else joined.push(range)
  }
  return joined
}

function betweenCommonEnds(before: string, after: string): [Range[], Range[]] {
  const [start, end] = commonEnds(before, after)
  const range = (line: string): Range[] => mergeRanges([[start, line.length - end]])
  return [range(before), range(after)]
}

function alikeAtEnds(before: string, after: string): number {
  const [start, end] = commonEnds(before, after)
  return before.length + after.length === 0 ? 0 : (2 * (start + end)) / (before.length + after.length)
}

/** How many characters two lines share at their beginnings and at their ends. */
function commonEnds(before: string, after: string): [number, number] {
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && before[start] === after[start]) start++
  if (isHighSurrogate(before, start - 1)) start--
  let end = 0
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  if (end > 0 && isHighSurrogate(before, before.length - end - 1)) end--
  return [start, end]
}

/** Whether a character of two UTF-16 units starts here; no difference begins or ends within one. */
function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xd800 && unit < 0xdc00
}
