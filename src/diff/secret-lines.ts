import type { Block } from './line-blocks.ts'
import { clipRanges, knownSecrets, type Mask, mergeRanges, type Range } from './mask.ts'

/** One side of a comparison: its text, and which stretches of it are known to be secret. */
export interface Side {
  readonly text: string
  readonly secrets: readonly Range[]
}

/** The stretches of a line to mask, by the line's index. */
export interface SecretLines {
  readonly before: (line: number) => readonly Range[]
  readonly after: (line: number) => readonly Range[]
}

/**
 * Which parts of both sides' lines are secret. What is deployed does not say so itself: the old password stands where
 * the new one will, so a secret of one side marks its counterpart on the other. Where the counterpart cannot be made
 * out, all changed lines around are masked: hiding too much is a nuisance, showing a password is a leak.
 */
export function secretLines(
  before: Side,
  after: Side,
  beforeLines: readonly string[],
  afterLines: readonly string[],
  blocks: readonly Block[],
  mask: Mask,
): SecretLines {
  const own = [secretsByLine(before, beforeLines), secretsByLine(after, afterLines)] as const
  const derived = [new Map<number, Range[]>(), new Map<number, Range[]>()] as const
  if (own[0].size > 0) deriveSecrets(blocks.map(turned), afterLines, beforeLines, own[0], derived[1])
  if (own[1].size > 0) deriveSecrets(blocks, beforeLines, afterLines, own[1], derived[0])
  const twins = own[0].size + own[1].size > 0 ? sameLines(blocks) : undefined
  const secretsOf = (side: 0 | 1, line: number): readonly Range[] => {
    const text = (side === 0 ? beforeLines : afterLines)[line] as string
    const twin = twins?.(side, line)
    return mergeRanges([
      ...(own[side].get(line) ?? []),
      ...(derived[side].get(line) ?? []),
      ...(twin === undefined ? [] : (own[side === 0 ? 1 : 0].get(twin) ?? [])),
      ...knownSecrets(mask, text),
    ])
  }
  return { before: (line) => secretsOf(0, line), after: (line) => secretsOf(1, line) }
}

function turned(block: Block): Block {
  return {
    beforeStart: block.afterStart,
    beforeEnd: block.afterEnd,
    afterStart: block.beforeStart,
    afterEnd: block.beforeEnd,
  }
}

function secretsByLine(side: Side, lines: readonly string[]): Map<number, readonly Range[]> {
  const found = new Map<number, readonly Range[]>()
  if (side.secrets.length === 0) return found
  let offset = 0
  for (const [i, line] of lines.entries()) {
    const ranges = clipRanges(side.secrets, offset, offset + content(line).length)
    if (ranges.length > 0) found.set(i, ranges)
    offset += line.length
  }
  return found
}

function content(line: string): string {
  return line.replace(/\r?\n$/, '')
}

/** For an unchanged line, its number on the other side. */
function sameLines(blocks: readonly Block[]): (side: 0 | 1, line: number) => number | undefined {
  return (side, line) => {
    let low = 0
    let high = blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const block = blocks[middle] as Block
      if ((side === 0 ? block.beforeStart : block.afterStart) <= line) low = middle + 1
      else high = middle
    }
    const block = blocks[low - 1]
    if (!block) return line
    if (line < (side === 0 ? block.beforeEnd : block.afterEnd)) return undefined
    return side === 0 ? line + block.afterEnd - block.beforeEnd : line + block.beforeEnd - block.afterEnd
  }
}

/** What stands around a line's secret. */
interface Shape {
  readonly prefix: string
  readonly suffix: string
  readonly firstWord: string
}

/** The secrets of the `before` lines of changed blocks, told by the known secrets of the `after` lines. */
function deriveSecrets(
  blocks: readonly Block[],
  before: readonly string[],
  after: readonly string[],
  known: ReadonlyMap<number, readonly Range[]>,
  into: Map<number, Range[]>,
): void {
  const everywhere = new Map<string, Shape[]>()
  const shapes = new Map<number, Shape>()
  for (const [line, ranges] of known) {
    const shape = shapeOf(content(after[line] as string), ranges)
    shapes.set(line, shape)
    if (shape.firstWord === '') continue
    const same = everywhere.get(shape.firstWord)
    if (!same) everywhere.set(shape.firstWord, [shape])
    else if (!same.some((s) => s.prefix === shape.prefix && s.suffix === shape.suffix)) same.push(shape)
  }
  for (const block of blocks) {
    const near: Shape[] = []
    for (let i = block.afterStart; i < block.afterEnd; i++) {
      const shape = shapes.get(i)
      if (shape) near.push(shape)
    }
    const met = new Set<Shape>()
    const unmatched: number[] = []
    for (let i = block.beforeStart; i < block.beforeEnd; i++) {
      const line = content(before[i] as string)
      const candidates = [...near, ...(everywhere.get(firstWordOf(line)) ?? [])]
      const shape = candidates.find((s) => fits(line, s))
      if (shape) {
        into.set(i, [[shape.prefix.length, line.length - shape.suffix.length]])
        for (const s of near) if (fits(line, s)) met.add(s)
        continue
      }
      const sameWord = candidates.filter((s) => s.firstWord !== '' && s.firstWord === firstWordOf(line))
      if (sameWord.length > 0) {
        const word = firstWordOf(line)
        into.set(i, [[line.toLowerCase().indexOf(word) + word.length, line.length]])
        for (const s of sameWord) met.add(s)
      } else unmatched.push(i)
    }
    if (near.some((shape) => !met.has(shape)))
      for (const i of unmatched) into.set(i, [[0, content(before[i] as string).length]])
  }
}

function shapeOf(line: string, ranges: readonly Range[]): Shape {
  const prefix = line.slice(0, ranges[0]?.[0] ?? 0)
  return { prefix, suffix: line.slice(ranges.at(-1)?.[1] ?? line.length), firstWord: firstWordOf(prefix) }
}

function firstWordOf(text: string): string {
  return /[\p{L}\p{N}_.-]{2,}/u.exec(text)?.[0].toLowerCase() ?? ''
}

function fits(line: string, shape: Shape): boolean {
  return (
    shape.prefix.trim() !== '' &&
    line.length > shape.prefix.length + shape.suffix.length &&
    line.startsWith(shape.prefix) &&
    line.endsWith(shape.suffix)
  )
}
