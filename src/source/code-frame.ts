import { lineText, positionAt, type Span } from './source-file.ts'

/** How a frame's parts are painted; plain text by default. */
export interface FrameStyle {
  readonly gutter: (text: string) => string
  readonly mark: (text: string) => string
}

const plain: FrameStyle = { gutter: (text) => text, mark: (text) => text }

/**
 * The span's first line with carets below, indented by `indent`:
 *
 *     7 │   ExpiresByType text/css "access plus 1 mnth"
 *       │                          ^^^^^^^^^^^^^^^^^^^^
 *
 * Tabs count as one column in both lines, so the carets stay below their text.
 */
export function codeFrame(place: Span, indent = '', style: FrameStyle = plain): string {
  const { line, column } = positionAt(place.file, place.start)
  const text = lineText(place.file, line)
  const shown = text.length > 200 ? window(text, column) : { text, column }
  const available = Math.max(1, shown.text.length - shown.column + 1)
  const length = Math.max(1, Math.min(place.end - place.start, available))
  const number = String(line)
  const pad = shown.text.slice(0, shown.column - 1).replace(/[^\t]/g, ' ')
  return [
    `${indent}${style.gutter(`${number} │`)} ${shown.text}`,
    `${indent}${style.gutter(`${' '.repeat(number.length)} │`)} ${pad}${style.mark('^'.repeat(length))}`,
  ].join('\n')
}

/** About 200 columns of a long line around the column. */
function window(text: string, column: number): { text: string; column: number } {
  const from = Math.max(0, column - 61)
  const part = text.slice(from, from + 200)
  const before = from > 0 ? '…' : ''
  return { text: `${before}${part}${from + 200 < text.length ? '…' : ''}`, column: column - from + before.length }
}
