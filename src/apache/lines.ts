import type { SourceFile, Span } from '../source/source-file.ts'

/** A line as httpd reads it: continuations joined, white space at both ends dropped. */
export interface LogicalLine {
  readonly file: SourceFile
  readonly text: string
  /** Source offsets of the first character and behind the last one. */
  readonly start: number
  readonly end: number
  /** The number that httpd gives the line: that of its last physical line, from 1. */
  readonly number: number
  /** UTF-16 units that the line took before white space was dropped, line end included. */
  readonly size: number
  /** Where text and source do not run in step: pairs of an offset in `text` and the source offset it stands for, ascending. */
  readonly pieces?: readonly number[]
}

/** A configuration file as httpd's line reader sees it. */
export interface ConfigLines {
  readonly file: SourceFile
  readonly lines: readonly LogicalLine[]
}

export function configLines(file: SourceFile): ConfigLines {
  return { file, lines: readLines(file) }
}

/** The characters that C's `isspace` knows; no other white space counts for httpd. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

/** The source offset of an offset in a logical line. */
export function sourceOffset(line: LogicalLine, offset: number): number {
  const { pieces } = line
  if (!pieces) return Math.min(line.start + offset, line.file.text.length)
  let low = 0
  let high = pieces.length / 2 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle * 2] as number) <= offset) low = middle
    else high = middle - 1
  }
  return Math.min((pieces[low * 2 + 1] as number) + offset - (pieces[low * 2] as number), line.file.text.length)
}

/** The source span of a stretch of a logical line. */
export function lineSpan(line: LogicalLine, start: number, end: number): Span {
  const from = sourceOffset(line, start)
  const to = end > start ? sourceOffset(line, end - 1) + 1 : from
  return { file: line.file, start: Math.min(from, to), end: Math.min(Math.max(from, to), line.file.text.length) }
}

/**
 * Splits a file into logical lines. `text` may be longer than the file's by `shift` characters in
 * front, for a file that is judged inside a container.
 */
export function readLines(file: SourceFile, text = file.text, shift = 0, shiftLines = 0): LogicalLine[] {
  const lines: LogicalLine[] = []
  let at = 0
  let number = -shiftLines
  const nuls = nulOffsets(text)
  let seen = 0
  while (at < text.length) {
    const begin = at
    let joined = ''
    let pieces: number[] | undefined
    for (;;) {
      const feed = text.indexOf('\n', at)
      const stop = feed < 0 ? text.length : feed
      number++
      // A NUL ends the line for httpd, but not its reading.
      while (seen < nuls.length && (nuls[seen] as number) < at) seen++
      const nul = seen < nuls.length && (nuls[seen] as number) < stop ? (nuls[seen] as number) - at : -1
      const cut = feed > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop
      // A backslash that an earlier line left over counts too, when nothing follows it.
      const before = cut > at ? text.charCodeAt(cut - 1) : joined.charCodeAt(joined.length - 1)
      const continued = nul < 0 && feed >= 0 && before === 92
      if (continued || pieces) {
        pieces ??= []
        pieces.push(joined.length, at - shift)
        if (continued && cut === at) joined = joined.slice(0, -1)
        joined += text.slice(at, continued ? Math.max(at, cut - 1) : nul < 0 ? stop : at + nul)
      } else joined = text.slice(at, nul < 0 ? stop : at + nul)
      at = feed < 0 ? text.length : feed + 1
      if (!continued) break
      if (at >= text.length) {
        // Looking for the line that is to follow counts as a line.
        number++
        break
      }
    }
    let from = 0
    let to = joined.length
    while (from < to && isSpace(joined.charCodeAt(from))) from++
    while (to > from && isSpace(joined.charCodeAt(to - 1))) to--
    const line = { file, text: joined.slice(from, to), start: 0, end: 0, number, size: at - begin }
    if (pieces) {
      const shifted = shiftPieces(pieces, from)
      const withPieces = { ...line, pieces: shifted }
      lines.push({
        ...withPieces,
        start: sourceOffset(withPieces, 0),
        end: to > from ? sourceOffset(withPieces, to - from - 1) + 1 : sourceOffset(withPieces, 0),
      })
    } else {
      line.start = clamp(begin + from - shift, file)
      line.end = clamp(begin + to - shift, file)
      lines.push(line)
    }
  }
  return lines
}

/**
 * All found at once, before the lines are read: a search for a NUL inside the reader's loop, or a plain
 * `indexOf` in front of it, which V8 moves into the loop, would make reading quadratic.
 */
function nulOffsets(text: string): number[] {
  const offsets: number[] = []
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at + 1)) offsets.push(at)
  return offsets
}

function clamp(offset: number, file: SourceFile): number {
  return Math.max(0, Math.min(offset, file.text.length))
}

/** Pieces after the first `dropped` characters of the text have gone. */
function shiftPieces(pieces: readonly number[], dropped: number): number[] {
  const shifted: number[] = []
  for (let i = 0; i < pieces.length; i += 2) {
    const at = (pieces[i] as number) - dropped
    const next = i + 2 < pieces.length ? (pieces[i + 2] as number) - dropped : Infinity
    if (next <= 0) continue
    if (at >= 0) shifted.push(at, Math.max(0, pieces[i + 1] as number))
    else shifted.push(0, Math.max(0, (pieces[i + 1] as number) - at))
  }
  return shifted
}
