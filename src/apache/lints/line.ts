import { type DirectiveSpec, directiveTable } from '../directive-table.ts'
import type { LogicalLine } from '../lines.ts'
import { readWord, readWords, type Word } from '../words.ts'

/** A fault of text that httpd accepts. */
export interface Lint {
  /** Without `lint/`. */
  readonly code: string
  /** What comes of it, for the documentation. */
  readonly why: string
  /** Speaks of comments too. */
  readonly comments?: true
  /** It speaks of nothing in a file that has none of these texts. */
  readonly needs?: readonly string[]
  /** The names that it speaks of, in lower case; sections begin with `<`. Default: all. */
  readonly keys?: ReadonlySet<string>
  readonly find: (line: Line, options: Context) => Iterable<Found>
}

/** Offsets are those of the line's text. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly remedy?: string
}

/** A line, split once for all lints. */
export interface Line {
  readonly text: string
  readonly name: Word
  /** The name in lower case. */
  readonly key: string
  /** Of a directive or a section that httpd's own modules know. */
  readonly spec: DirectiveSpec | undefined
  readonly isSection: boolean
  readonly isComment: boolean
  /** Where the arguments end: before the `>` of a section. */
  readonly end: number
  readonly args: readonly Word[]
  /** Where the text goes on in the next line of the file, after a backslash. */
  readonly joins: readonly number[]
}

export interface Context {
  /** Names that `${NAME}` has a value for. */
  readonly known: ReadonlySet<string>
}

const NONE: readonly never[] = []

export function splitLine({ text, pieces = NONE }: LogicalLine): Line {
  const name = readWord(text, 0)
  const isSection = text.startsWith('<') && !text.startsWith('</')
  const isComment = text.startsWith('#')
  const bracket = isSection ? text.lastIndexOf('>') : -1
  const end = bracket > name.start ? bracket : text.length
  const key = name.value.toLowerCase().replace(/>$/, '')
  return {
    text,
    name,
    key,
    spec: directiveTable().directives.get(key)?.[0],
    isSection,
    isComment,
    end,
    args: !isComment && name.next < end ? readWords(text, name.next, end) : [],
    joins: pieces.length === 0 ? NONE : pieces.filter((offset, i) => i % 2 === 0 && offset > 0),
  }
}

/** A finding about a word. */
export function at({ start, end }: Word, message: string, remedy?: string): Found {
  return { start, end, message, ...(remedy === undefined ? {} : { remedy }) }
}

export function isQuoted(text: string, { start }: Word): boolean {
  return text[start] === '"' || text[start] === "'"
}

/** Words of a text, in lower case. */
export function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().toLowerCase().split(/\s+/))
}
