import type { FileChange, Hunk, HunkLine } from '../../diff/file-change.ts'
import type { Mask, Range } from '../../diff/mask.ts'
import { coversLine, isVerbatim, type LineOrigins, type OriginPart, originsOf } from '../line-origins.ts'
import { maskedHunk } from '../masked-hunk.ts'
import { visible } from '../visible-text.ts'
import type { OriginTable } from './origin-table.ts'

/** A stretch of a line with one look. */
interface Piece {
  readonly text: string
  /** Differs from the other version of the line. */
  readonly changed: boolean
  /** Number of its chain in the page's table. */
  readonly origin?: number
}

/** A cell of the page's differences. `filler` keeps the two sides of the side-by-side view level. */
type Row =
  | {
      readonly kind: 'context' | 'added' | 'removed'
      readonly beforeLine?: number
      readonly afterLine?: number
      readonly pieces: readonly Piece[]
      /** Number of the chain of the line's own text. */
      readonly origin?: number
      readonly noNewline: boolean
      /** An element's id, where something on the page leads here. */
      readonly id?: string
    }
  | { readonly kind: 'note'; readonly finding: number }
  | { readonly kind: 'filler' }

/** Rows of equal number for both sides; what is unchanged stands on both. */
interface RowBlock {
  readonly kind: 'same' | 'changed'
  readonly before: readonly Row[]
  readonly after: readonly Row[]
}

export interface HunkView {
  readonly title: string
  readonly blocks: readonly RowBlock[]
}

export interface DiffContext {
  readonly mask: Mask
  readonly origins: OriginTable
  /** Numbers of the findings at a line of the rendered file. */
  readonly findingsAt: (line: number) => readonly number[]
  /** The id of the element of a line that has findings. */
  readonly lineId: (line: number) => string
}

/** The hunks of a change as rows, the first `limit` lines of them, and how many are left out. */
export function hunkViews(
  change: FileChange,
  context: DiffContext,
  limit: number,
): { readonly hunks: readonly HunkView[]; readonly omitted: number } {
  const originOf = change.after?.source ? originsOf(change.after, context.mask) : undefined
  const hunks: HunkView[] = []
  let room = limit
  let omitted = 0
  for (const each of change.hunks) {
    const hunk = maskedHunk(each, context.mask)
    const lines = hunk.lines.slice(0, Math.max(0, room))
    omitted += hunk.lines.length - lines.length
    room -= lines.length
    if (lines.length > 0) hunks.push({ title: titleOf(hunk), blocks: blocksOf(lines, originOf, context) })
  }
  return { hunks, omitted }
}

function titleOf(hunk: Hunk): string {
  const [start, lines] =
    hunk.afterLines === 0 ? [hunk.beforeStart, hunk.beforeLines] : [hunk.afterStart, hunk.afterLines]
  return lines === 1 ? `line ${start}` : `lines ${start}–${start + lines - 1}`
}

type OriginOf = ((line: number) => LineOrigins) | undefined

function blocksOf(lines: readonly HunkLine[], originOf: OriginOf, context: DiffContext): RowBlock[] {
  const blocks: RowBlock[] = []
  for (let at = 0; at < lines.length; ) {
    const same = lines[at]?.kind === 'context'
    let end = at
    while (end < lines.length && (lines[end]?.kind === 'context') === same) end++
    const part = lines.slice(at, end)
    blocks.push(same ? sameBlock(part, originOf, context) : changedBlock(part, at, originOf, context))
    at = end
  }
  return blocks
}

function sameBlock(lines: readonly HunkLine[], originOf: OriginOf, context: DiffContext): RowBlock {
  const before: Row[] = []
  const after: Row[] = []
  for (const line of lines) {
    const row = lineRow(line, originOf, context)
    before.push(row)
    after.push(row)
    for (const finding of findingsOf(line, context)) {
      before.push({ kind: 'filler' })
      after.push({ kind: 'note', finding })
    }
  }
  return { kind: 'same', before, after }
}

/** Puts each line beside its other version; fillers go where one side has no line. */
function changedBlock(
  lines: readonly HunkLine[],
  position: number,
  originOf: OriginOf,
  context: DiffContext,
): RowBlock {
  const removed = lines.filter((line) => line.kind === 'removed')
  const added = lines.filter((line) => line.kind === 'added')
  const indexes = new Map(lines.map((line, i) => [position + i, line]))
  const before: Row[] = []
  const after: Row[] = []
  let next = 0
  const level = (): void => {
    while (before.length < after.length) before.push({ kind: 'filler' })
    while (after.length < before.length) after.push({ kind: 'filler' })
  }
  const addUntil = (end: number): void => {
    for (; next < end; next++) {
      const line = added[next] as HunkLine
      after.push(lineRow(line, originOf, context))
      for (const finding of findingsOf(line, context)) after.push({ kind: 'note', finding })
    }
  }
  for (const line of removed) {
    const other = line.counterpart === undefined ? undefined : indexes.get(line.counterpart)
    const place = other ? added.indexOf(other, next) : -1
    if (place >= 0) {
      addUntil(place)
      level()
    }
    before.push(lineRow(line, originOf, context))
    if (place >= 0) addUntil(place + 1)
  }
  addUntil(added.length)
  level()
  return { kind: 'changed', before, after }
}

function findingsOf(line: HunkLine, context: DiffContext): readonly number[] {
  return line.afterLine === undefined ? [] : context.findingsAt(line.afterLine)
}

function lineRow(line: HunkLine, originOf: OriginOf, context: DiffContext): Row {
  const origins = line.afterLine === undefined ? undefined : originOf?.(line.afterLine)
  const parts = origins?.text === line.text ? origins.parts : []
  const ofLine = (part: OriginPart): boolean => isVerbatim(part) || coversLine(line.text, part)
  const own = origins?.parts.find(ofLine)
  const marked = parts
    .filter((part) => !ofLine(part))
    .map((part) => ({ ...part, origin: context.origins.add(part.steps) }))
  return {
    kind: line.kind,
    ...(line.beforeLine === undefined ? {} : { beforeLine: line.beforeLine }),
    ...(line.afterLine === undefined ? {} : { afterLine: line.afterLine }),
    pieces: piecesOf(line.text, line.highlights, marked),
    ...(own ? { origin: context.origins.add(own.steps) } : {}),
    noNewline: line.noNewline === true,
    ...(line.afterLine !== undefined && findingsOf(line, context).length > 0
      ? { id: context.lineId(line.afterLine) }
      : {}),
  }
}

/** Cuts a line wherever its look changes. */
function piecesOf(
  text: string,
  highlights: readonly Range[],
  parts: readonly { readonly start: number; readonly end: number; readonly origin: number }[],
): Piece[] {
  const cuts = new Set([0, text.length])
  for (const [start, end] of highlights) cuts.add(start).add(end)
  for (const part of parts) cuts.add(part.start).add(part.end)
  const places = [...cuts].sort((a, b) => a - b)
  const pieces: Piece[] = []
  for (let i = 0; i + 1 < places.length; i++) {
    const [start, end] = [places[i] as number, places[i + 1] as number]
    const part = parts.find((p) => p.start <= start && end <= p.end)
    pieces.push({
      text: visible(text.slice(start, end)),
      changed: highlights.some(([from, to]) => from <= start && end <= to),
      ...(part ? { origin: part.origin } : {}),
    })
  }
  return pieces
}
