import { diffArrays } from 'diff'

/** Lines [beforeStart, beforeEnd) give way to [afterStart, afterEnd); counted from 0. */
export interface Block {
  readonly beforeStart: number
  readonly beforeEnd: number
  readonly afterStart: number
  readonly afterEnd: number
}

/** Each line with its line end. */
export function splitLines(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  const last = lines.pop() as string
  const ended = lines.map((line) => `${line}\n`)
  if (last !== '') ended.push(last)
  return ended
}

/**
 * What has to change to turn one list of lines into the other, in order: the shortest way (Myers), unless the texts
 * have little in common. Then the lines that are unique to both serve as anchors, and stretches without anchors count
 * as replaced whole, so that the time stays near the size of the input.
 */
export function changedBlocks(before: readonly string[], after: readonly string[]): Block[] {
  const numbers = new Map<string, number>()
  const number = (line: string): number => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  const old = before.map(number)
  const fresh = after.map(number)
  const blocks: Block[] = []
  compareRange(old, fresh, { beforeStart: 0, beforeEnd: old.length, afterStart: 0, afterEnd: fresh.length }, blocks)
  return slideAll(joinTouching(blocks), before, after)
}

/** Edits that the shortest way may take before anchors are tried; its cost grows with the square. */
const maximumEdits = 1000

function compareRange(old: readonly number[], fresh: readonly number[], range: Block, into: Block[]): void {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = range
  while (beforeStart < beforeEnd && afterStart < afterEnd && old[beforeStart] === fresh[afterStart]) {
    beforeStart++
    afterStart++
  }
  while (beforeStart < beforeEnd && afterStart < afterEnd && old[beforeEnd - 1] === fresh[afterEnd - 1]) {
    beforeEnd--
    afterEnd--
  }
  if (beforeStart === beforeEnd && afterStart === afterEnd) return
  const rest: Block = { beforeStart, beforeEnd, afterStart, afterEnd }
  if (beforeStart === beforeEnd || afterStart === afterEnd) {
    into.push(rest)
    return
  }
  const shortest = shortestWay(old, fresh, rest)
  if (shortest) {
    into.push(...shortest)
    return
  }
  const anchors = anchorsOf(old, fresh, rest)
  if (anchors.length === 0) {
    into.push(rest)
    return
  }
  let [b, a] = [beforeStart, afterStart]
  for (const [beforeLine, afterLine] of [...anchors, [beforeEnd, afterEnd] as const]) {
    compareRange(old, fresh, { beforeStart: b, beforeEnd: beforeLine, afterStart: a, afterEnd: afterLine }, into)
    b = beforeLine + 1
    a = afterLine + 1
  }
}

function shortestWay(old: readonly number[], fresh: readonly number[], range: Block): Block[] | undefined {
  if (fewestEdits(old, fresh, range) > maximumEdits) return undefined
  const changes = diffArrays(
    old.slice(range.beforeStart, range.beforeEnd),
    fresh.slice(range.afterStart, range.afterEnd),
    { maxEditLength: maximumEdits },
  )
  if (!changes) return undefined
  const blocks: Block[] = []
  let { beforeStart, afterStart } = range
  for (const change of changes) {
    const beforeEnd = beforeStart + (change.added ? 0 : change.count)
    const afterEnd = afterStart + (change.removed ? 0 : change.count)
    if (change.added || change.removed) blocks.push({ beforeStart, beforeEnd, afterStart, afterEnd })
    beforeStart = beforeEnd
    afterStart = afterEnd
  }
  return blocks
}

/** A lower bound of the edits: lines that one side has more often than the other. */
function fewestEdits(old: readonly number[], fresh: readonly number[], range: Block): number {
  const surplus = new Map<number, number>()
  for (let i = range.beforeStart; i < range.beforeEnd; i++)
    surplus.set(old[i] as number, (surplus.get(old[i] as number) ?? 0) + 1)
  for (let i = range.afterStart; i < range.afterEnd; i++)
    surplus.set(fresh[i] as number, (surplus.get(fresh[i] as number) ?? 0) - 1)
  let edits = 0
  for (const count of surplus.values()) edits += Math.abs(count)
  return edits
}

/** Pairs of lines that occur once on each side, in an order that both sides share (the longest such list). */
function anchorsOf(old: readonly number[], fresh: readonly number[], range: Block): (readonly [number, number])[] {
  const beforeLines = uniqueLines(old, range.beforeStart, range.beforeEnd)
  const afterLines = uniqueLines(fresh, range.afterStart, range.afterEnd)
  const pairs: [number, number][] = []
  for (const [line, at] of beforeLines) {
    const other = afterLines.get(line)
    if (at >= 0 && other !== undefined && other >= 0) pairs.push([at, other])
  }
  pairs.sort((a, b) => a[0] - b[0])
  return longestRise(pairs)
}

/** Line → its only place, or -1 where it has several. */
function uniqueLines(lines: readonly number[], start: number, end: number): Map<number, number> {
  const places = new Map<number, number>()
  for (let i = start; i < end; i++) places.set(lines[i] as number, places.has(lines[i] as number) ? -1 : i)
  return places
}

/** The longest subsequence whose second members rise (patience sorting). */
function longestRise(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = []
  const previous: number[] = []
  for (let i = 0; i < pairs.length; i++) {
    const value = (pairs[i] as readonly [number, number])[1]
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tops[middle] as number] as readonly [number, number])[1] < value) low = middle + 1
      else high = middle
    }
    previous.push(low > 0 ? (tops[low - 1] as number) : -1)
    tops[low] = i
  }
  const rise: (readonly [number, number])[] = []
  for (let i = tops.at(-1) ?? -1; i >= 0; i = previous[i] as number) rise.push(pairs[i] as readonly [number, number])
  return rise.reverse()
}

function joinTouching(blocks: readonly Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    if (last && last.beforeEnd === block.beforeStart && last.afterEnd === block.afterStart)
      joined[joined.length - 1] = { ...last, beforeEnd: block.beforeEnd, afterEnd: block.afterEnd }
    else joined.push(block)
  }
  return joined
}

function slideAll(blocks: readonly Block[], before: readonly string[], after: readonly string[]): Block[] {
  const moved: Block[] = []
  for (const [i, block] of blocks.entries()) {
    const above = block.afterStart - (moved.at(-1)?.afterEnd ?? 0)
    const below = (blocks[i + 1]?.afterStart ?? after.length) - block.afterEnd
    moved.push(slide(block, before, after, above, below))
  }
  return joinTouching(moved)
}

/** Farther than any section that people read as one. */
const maximumSlide = 200

/**
 * A stretch that is only added or only removed can often move up or down and mean the same. People read it best when
 * it begins where a section begins: at the smallest indentation, not at a closing line. `above` and `below` count the
 * unchanged lines around it.
 */
function slide(block: Block, before: readonly string[], after: readonly string[], above: number, below: number): Block {
  const removing = block.afterStart === block.afterEnd
  if (!removing && block.beforeStart !== block.beforeEnd) return block
  const lines = removing ? before : after
  const [start, end] = removing ? [block.beforeStart, block.beforeEnd] : [block.afterStart, block.afterEnd]
  let up = 0
  while (up < Math.min(maximumSlide, above) && lines[start - up - 1] === lines[end - up - 1]) up++
  let down = 0
  while (down < Math.min(maximumSlide, below) && lines[start + down] === lines[end + down]) down++
  let best = 0
  let bestCost = Number.POSITIVE_INFINITY
  for (let by = -up; by <= down; by++) {
    const cost = openingCost(lines[start + by] as string) + (by === down ? 0 : 0.1)
    if (cost < bestCost || (cost === bestCost && by > best)) {
      best = by
      bestCost = cost
    }
  }
  return {
    beforeStart: block.beforeStart + best,
    beforeEnd: block.beforeEnd + best,
    afterStart: block.afterStart + best,
    afterEnd: block.afterEnd + best,
  }
}

function openingCost(line: string): number {
  const text = line.trim()
  if (text === '') return 500
  const indent = line.length - line.trimStart().length
  return indent * 2 + (/^(?:<\/|[)}\]]|end\b)/.test(text) ? 1 : 0)
}
