import type { RenderedFile } from '../catalog/rendered-file.ts'
import { clipRanges, knownSecrets, type Mask, maskText, secretRanges } from '../diff/mask.ts'
import { lineStarts, lineText, positionAt, type Span } from '../source/source-file.ts'

/** A line of a source with the stretch that a diagnostic is about; masked. */
export interface Frame {
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  /** UTF-16 offsets in `text`, half-open; never empty. */
  readonly start: number
  readonly end: number
}

const longestLine = 200

/**
 * The first line of a span. Of a very long line, what lies around the span. `rendered` is the file that the span's text
 * belongs to, where that is a rendered one.
 */
export function frameOf(place: Span, mask: Mask, rendered?: RenderedFile): Frame {
  const { line, column } = positionAt(place.file, place.start)
  const text = lineText(place.file, line)
  const masked = maskedLine(place.file, line, mask, rendered)
  const start = masked.place(column - 1)
  const length = Math.min(place.end - place.start, text.length - column + 1)
  const end = Math.max(start + 1, masked.place(column - 1 + Math.max(0, length), 'end'))
  return cut({ line, text: masked.text, start, end })
}

/** A line as reports may show it. */
export function maskedLine(file: Span['file'], line: number, mask: Mask, rendered?: RenderedFile) {
  const text = lineText(file, line)
  const offset = lineStarts(file)[line - 1] ?? 0
  const own =
    rendered?.source?.text === file.text ? clipRanges(secretRanges(rendered), offset, offset + text.length) : []
  return maskText(mask, text, [...own, ...knownSecrets(mask, text)])
}

function cut(frame: Frame): Frame {
  if (frame.text.length <= longestLine) return frame
  const from = Math.max(0, Math.min(frame.start - 60, frame.text.length - longestLine))
  const to = Math.min(frame.text.length, from + longestLine)
  const shift = from - (from > 0 ? 1 : 0)
  return {
    line: frame.line,
    text: `${from > 0 ? '…' : ''}${frame.text.slice(from, to)}${to < frame.text.length ? '…' : ''}`,
    start: frame.start - shift,
    end: Math.min(frame.end, to) - shift,
  }
}
