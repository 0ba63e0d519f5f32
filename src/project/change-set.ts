import { changedBlocks, splitLines } from '../diff/line-blocks.ts'
import { parseJson } from '../hiera/json.ts'
import { parseYaml } from '../hiera/yaml.ts'
import { lineText, positionAt, type SourceFile, type Span, sourceFile } from '../source/source-file.ts'

/** Lines of one side of a changed file, counted from 1. */
interface ChangedLines {
  readonly file: SourceFile
  readonly lines: readonly number[]
}

export interface ChangedFile {
  /** As people are shown it. */
  readonly path: string
  /** Lines that went, in the older version; lines that came, in the newer one. Left out where a side has no file. */
  readonly before?: ChangedLines
  readonly after?: ChangedLines
}

/** A line that a change touched. */
export interface ChangedLine {
  readonly path: string
  readonly side: 'before' | 'after'
  readonly line: number
  readonly text: string
}

/** What differs between two versions of a control repo, line by line; each file is compared when it is first asked for. */
export interface ChangeSet {
  readonly paths: readonly string[]
  /** The changed lines among those of a stretch of one side. */
  linesIn(side: 'before' | 'after', place: Span): readonly ChangedLine[]
  /** All changed lines of a file. */
  linesOf(path: string): readonly ChangedLine[]
  /** The changed lines of a key of a data file. */
  linesOfKey(path: string, key: string): readonly ChangedLine[]
}

type TextOf = (path: string) => string | undefined

export function changeSet(paths: readonly string[], before: TextOf, after: TextOf): ChangeSet {
  const known = new Map<string, ChangedFile | undefined>()
  const changed = new Set(paths)
  const fileAt = (path: string): ChangedFile | undefined => {
    if (!changed.has(path)) return undefined
    if (!known.has(path)) known.set(path, changedFile(path, before(path), after(path)))
    return known.get(path)
  }
  const line = (path: string, side: 'before' | 'after', file: SourceFile, number: number): ChangedLine => ({
    path,
    side,
    line: number,
    text: lineText(file, number),
  })
  const linesBetween = (path: string, side: 'before' | 'after', first: number, last: number): ChangedLine[] => {
    const found = fileAt(path)?.[side]
    if (!found) return []
    return found.lines.filter((n) => n >= first && n <= last).map((n) => line(path, side, found.file, n))
  }
  return {
    paths,
    linesIn: (side, { file, start, end }) =>
      changed.has(file.path)
        ? linesBetween(
            file.path,
            side,
            positionAt(file, start).line,
            positionAt(file, Math.max(start, Math.min(end, file.text.length) - 1)).line,
          )
        : [],
    linesOf: (path) => [
      ...linesBetween(path, 'before', 1, Number.POSITIVE_INFINITY),
      ...linesBetween(path, 'after', 1, Number.POSITIVE_INFINITY),
    ],
    linesOfKey: (path, key) =>
      (['before', 'after'] as const).flatMap((side) => {
        const file = fileAt(path)?.[side]?.file
        const range = file && keyRange(file, key)
        return range ? linesBetween(path, side, range[0], range[1]) : []
      }),
  }
}

function changedFile(path: string, before: string | undefined, after: string | undefined): ChangedFile {
  const [old, fresh] = [splitLines(before ?? ''), splitLines(after ?? '')]
  const blocks = changedBlocks(old, fresh)
  const numbers = (start: 'beforeStart' | 'afterStart', end: 'beforeEnd' | 'afterEnd'): number[] =>
    blocks.flatMap((block) => Array.from({ length: block[end] - block[start] }, (_, i) => block[start] + i + 1))
  const side = (text: string | undefined, lines: number[]) =>
    text !== undefined && { file: sourceFile(path, text), lines }
  const [was, is] = [side(before, numbers('beforeStart', 'beforeEnd')), side(after, numbers('afterStart', 'afterEnd'))]
  return { path, ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) }
}

/** First and last line of a key of a YAML or JSON file, its value included. */
function keyRange(file: SourceFile, key: string): readonly [number, number] | undefined {
  const { value } = file.path.endsWith('.json') ? parseJson(file) : parseYaml(file)
  if (value?.kind !== 'hash') return undefined
  for (const entry of value.entries.values()) {
    if (entry.key.kind !== 'string' || entry.key.value !== key) continue
    const [start, end] = [entry.key.origin, entry.value.origin]
    const first = start.kind === 'literal' ? start.span : end.kind === 'literal' ? end.span : undefined
    const last = end.kind === 'literal' ? end.span : first
    if (!first || !last) return undefined
    return [positionAt(file, first.start).line, positionAt(file, Math.max(last.start, last.end - 1)).line]
  }
  return undefined
}
