import type { SourceFile } from '../source/source-file.ts'
import type { LogicalLine } from './lines.ts'

/** Line lengths, line end included, beyond which httpd gives up. */
const HTACCESS_LIMIT = 8192
const SERVER_LIMIT = 16 * 1024 * 1024

/** Lines one after another, with the text of macros pushed in front. */
export interface LineSource {
  readonly file: SourceFile
  /** The next line; `too-long` with the line where it is too long for httpd. */
  next(): { line: LogicalLine; tooLong: boolean } | undefined
  /** Lines that come before the rest; `where` describes them in httpd's messages. */
  push(lines: readonly LogicalLine[], where: string): void
  /** Descriptions of the macros that are being read. */
  readonly open: readonly string[]
  /** Whether the container that an `.htaccess` file has been wrapped into shifts line numbers. */
  readonly htaccess: boolean
}

export function lineSource(file: SourceFile, lines: readonly LogicalLine[], htaccess: boolean): LineSource {
  const limit = htaccess ? HTACCESS_LIMIT : SERVER_LIMIT
  const stack: { lines: readonly LogicalLine[]; at: number; where: string }[] = [{ lines, at: 0, where: '' }]
  return {
    file,
    htaccess,
    get open() {
      return stack.slice(1).map((entry) => entry.where)
    },
    next() {
      for (;;) {
        const top = stack.at(-1)
        if (!top) return undefined
        const line = top.lines[top.at]
        if (line) {
          top.at++
          return { line, tooLong: line.size > limit / 4 && byteLength(line) > limit }
        }
        if (stack.length === 1) return undefined
        stack.pop()
      }
    },
    push(more, where) {
      stack.push({ lines: more, at: 0, where })
    },
  }
}

function byteLength(line: LogicalLine): number {
  return line.size - line.text.length + Buffer.byteLength(line.text)
}
