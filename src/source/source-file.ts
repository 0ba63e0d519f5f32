/** A text with a name. `path` is what people are shown: relative to the environment where it lies inside it, with `/`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** Filled by `lineStarts` at the first question about a line. */
  starts?: readonly number[]
}

/** A stretch of a file: UTF-16 offsets, half-open. */
export interface Span {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

/** Line and column, both counted from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text }
}

export function span(file: SourceFile, start: number, end: number): Span {
  return { file, start, end }
}

/** The offsets at which the file's lines start; the first is always 0. */
export function lineStarts(file: SourceFile): readonly number[] {
  if (file.starts) return file.starts
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  file.starts = starts
  return starts
}

/** The position of an offset; one past the end of the text is allowed. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStarts(file)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}

/** The line that the span starts in, counted from 1. */
export function lineOf(place: Span): number {
  return positionAt(place.file, place.start).line
}

/** The text of a line (counted from 1) without the white space around it. */
export function lineSpan(file: SourceFile, line: number): Span {
  const text = lineText(file, line)
  const start = (lineStarts(file)[line - 1] ?? file.text.length) + (text.length - text.trimStart().length)
  return { file, start, end: start + text.trim().length }
}

/** The text of a line (counted from 1) without its line end; `''` for a line the file does not have. */
export function lineText(file: SourceFile, line: number): string {
  const starts = lineStarts(file)
  const start = starts[line - 1]
  if (start === undefined) return ''
  const end = starts[line] === undefined ? file.text.length : (starts[line] as number) - 1
  return file.text.slice(start, end).replace(/\r$/, '')
}

export function spanText(place: Span): string {
  return place.file.text.slice(place.start, place.end)
}
