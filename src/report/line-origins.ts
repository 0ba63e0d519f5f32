import type { RenderedFile, Segment } from '../catalog/rendered-file.ts'
import { conditionsAt, type Step, traceAt } from '../catalog/trace.ts'
import type { Mask, MaskedText } from '../diff/mask.ts'
import { lineStarts } from '../source/source-file.ts'
import { shownSteps, withoutValues } from './chain.ts'
import { maskedLine } from './frame.ts'

/** A line of a rendered file and where its parts come from; masked. */
export interface LineOrigins {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  /** In order; stretches that are blank or that nothing is known of are left out. */
  readonly parts: readonly OriginPart[]
  /** What decided that the line is there, beside what decided over the whole file. */
  readonly conditions: readonly Step[]
}

/** Offsets in the line's text, half-open. */
export interface OriginPart {
  readonly start: number
  readonly end: number
  readonly steps: readonly Step[]
  /** Its text is masked. */
  readonly secret?: true
}

/** A rendered file with its lines ready to be asked for, in the time that a line needs. */
export function originsOf(file: RenderedFile, mask: Mask): (line: number) => LineOrigins {
  const { source } = file
  if (!source) return (line) => ({ line, text: '', parts: [], conditions: [] })
  const starts = lineStarts(source)
  return (line) => {
    const offset = starts[line - 1] ?? source.text.length
    const masked = maskedLine(source, line, mask, file)
    const length = (starts[line] ?? source.text.length + 1) - 1 - offset
    const parts: OriginPart[] = []
    for (let i = segmentAt(file.segments, offset); i < file.segments.length; i++) {
      const segment = file.segments[i] as Segment
      if (segment.start >= offset + length) break
      const part = originPart(file, segment, offset, length, masked, mask)
      if (part) parts.push(part)
    }
    const conditions = shownSteps(conditionsAt(file, offset, offset + Math.max(length, 1)), mask)
    return { line, text: masked.text, parts: joinSame(parts), conditions }
  }
}

function originPart(
  file: RenderedFile,
  segment: Segment,
  offset: number,
  length: number,
  masked: MaskedText,
  mask: Mask,
): OriginPart | undefined {
  const from = Math.max(segment.start, offset)
  const to = Math.min(segment.end, offset + length)
  const [first, last] = [masked.place(from - offset), masked.place(to - offset, 'end')]
  const stretch = masked.text.slice(first, last)
  if (stretch.trim() === '') return undefined
  const start = first + stretch.length - stretch.trimStart().length
  const end = start + stretch.trim().length
  const steps = shownSteps(traceAt({ ...file, segments: [segment] }, from), mask)
  const secret = segment.sensitive || file.sensitive
  const safe = secret ? withoutValues(steps, file.source?.text.slice(from, to) ?? '') : steps
  return safe.length === 0 ? undefined : { start, end, steps: safe, ...(secret ? { secret } : {}) }
}

/** The first segment that reaches beyond the offset. */
function segmentAt(segments: readonly Segment[], offset: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle] as Segment).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Neighbouring parts with the same chain are one. */
function joinSame(parts: readonly OriginPart[]): OriginPart[] {
  const joined: OriginPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last && sameSteps(last.steps, part.steps)) joined[joined.length - 1] = { ...last, end: part.end }
    else joined.push(part)
  }
  return joined
}

/** Whether people would be shown the same. */
export function sameSteps(a: readonly Step[], b: readonly Step[]): boolean {
  return a.length === b.length && a.every((step, i) => stepKey(step) === stepKey(b[i] as Step))
}

/** Equal for steps that people would be shown the same. */
export function stepKey(step: Step): string {
  return `${step.kind}\0${step.text}\0${step.span?.file.path ?? ''}\0${step.span?.start ?? ''}`
}

/** Whether a stretch is text that a template or manifest holds as it stands: its place is all there is to tell. */
export function isVerbatim(part: OriginPart): boolean {
  const kind = part.steps[0]?.kind
  return part.steps.length === 1 && (kind === 'template' || kind === 'literal')
}

/** Whether a stretch covers all that is not blank of a line. */
export function coversLine(text: string, part: OriginPart): boolean {
  return text.slice(0, part.start).trim() === '' && text.slice(part.end).trim() === ''
}
