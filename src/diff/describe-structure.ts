import { parseJson } from '../hiera/json.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import { apacheStatements } from './apache-statements.ts'
import type { FileChange, HunkLine } from './file-change.ts'
import { iniStatements, yamlStatements } from './key-statements.ts'
import { compareStatements, type ShownText, type Statement, type Structure } from './structure.ts'

/** Files beyond this many characters are compared by lines alone. */
const longest = 2_000_000

/**
 * What a change means in the file's own terms, for Apache configuration (`apache` says whether it is), JSON, YAML and
 * INI; `undefined` for other files and for those that came or went. The text that it shows is the hunks', so what is
 * masked there is masked here.
 */
export function describeStructure(change: FileChange, apache: boolean): Structure | undefined {
  const [before, after] = [change.before?.source, change.after?.source]
  if (!before || !after || change.hunks.length === 0) return undefined
  if (before.text.length + after.text.length > longest) return undefined
  const format = apache ? 'apache' : formatOf(change.path, before, after)
  if (!format) return undefined
  const [old, fresh] = [statementsOf(format, before), statementsOf(format, after)]
  if (!old || !fresh) return undefined
  const lines = change.hunks.flatMap((hunk) => hunk.lines)
  const items = compareStatements(
    old.statements,
    fresh.statements,
    shownFrom(lines, 'beforeLine', before),
    shownFrom(lines, 'afterLine', after),
  )
  if (items.length > 0) {
    const inOrder = items.every((item) => item.kind === 'moved' && !item.from && !item.orderMatters)
    return { format, verdict: inOrder ? 'order' : 'effect', items }
  }
  if (format === 'ini' && sequenceOf(old.statements) !== sequenceOf(fresh.statements))
    return { format, verdict: 'order', items }
  const sameComments = old.comments.join('\n') === fresh.comments.join('\n')
  return { format, verdict: sameComments ? 'layout' : 'comments', items }
}

/** Which keys are said in which order, over all sections. */
function sequenceOf(statements: readonly Statement[]): string {
  return JSON.stringify(statements.map(({ place, name }) => [place, name]))
}

function formatOf(path: string, before: SourceFile, after: SourceFile): Structure['format'] | undefined {
  if (/\.json$/.test(path)) return [before, after].every(isJson) ? 'json' : undefined
  if (/\.(ya?ml|eyaml)$/.test(path)) return 'yaml'
  if (
    /\.(ini|cnf|cfg|conf|toml|service|timer|socket|mount|repo|properties|env)$|\/etc\/(?:[\w-]+\.d|default|sysconfig)\//.test(
      path,
    )
  )
    return 'ini'
  return undefined
}

function isJson(file: SourceFile): boolean {
  return parseJson(sourceFile('', file.text)).diagnostics.length === 0
}

function statementsOf(format: Structure['format'], file: SourceFile) {
  switch (format) {
    case 'apache':
      return apacheStatements(file)
    case 'json':
    case 'yaml':
      return yamlStatements(file)
    case 'ini':
      return iniStatements(file)
  }
}

/** A statement's lines as the hunks show them; only what differs is shown, and that is in a hunk. */
function shownFrom(lines: readonly HunkLine[], side: 'beforeLine' | 'afterLine', file: SourceFile): ShownText {
  const byLine = new Map<number, string>()
  for (const line of lines) if (line[side] !== undefined) byLine.set(line[side], line.text)
  return ({ line, lastLine }: Statement) => {
    const shown: string[] = []
    for (let at = line; at <= lastLine; at++) {
      const text = byLine.get(at)
      if (text !== undefined) shown.push(text.trim())
    }
    return shown.length > 0 ? shown.join(' ') : `line ${line} of ${file.path}`
  }
}
