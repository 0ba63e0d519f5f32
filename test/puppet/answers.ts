import { endsReading } from '../../src/puppet/ending-error.ts'
import { moduleNamespace } from '../../src/puppet/namespace.ts'
import { type ParseResult, parseManifest, parseTemplate } from '../../src/puppet/parse.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { positionAt, sourceFile } from '../../src/source/source-file.ts'
import { type Dumped, dump } from './dump.ts'
import type { Snippet } from './snippets.ts'

type Place = readonly [line: number | null, column: number | null]
export type Issue = readonly [severity: string, message: string, ...Place]

/** What the oracle says about a text. */
export interface Answer {
  readonly tree?: Dumped
  /** What static validation finds, in order. */
  readonly issues?: readonly Issue[]
  /** The error that ends the parse. */
  readonly error?: readonly [message: string, ...Place]
  /** An exception out of Puppet that is none of its errors. */
  readonly crash?: string
  readonly logs?: readonly Issue[]
}

/** The folder of the modulepath, as the oracle is told. */
export const modulePath = '/etc/puppet/modules'

export function pathOf(snippet: Snippet): string {
  return snippet.module === undefined ? '' : `${modulePath}/${snippet.module}`
}

export function parse(snippet: Snippet, path = pathOf(snippet)): ParseResult {
  const file = sourceFile(path, snippet.code)
  return (snippet.epp ? parseTemplate : parseManifest)(file, {
    ...(snippet.strict ? { strict: snippet.strict } : {}),
    ...(snippet.module === undefined ? {} : { namespace: moduleNamespace(snippet.module) }),
  })
}

/** Our answer in the oracle's shape. */
export function answer(result: ParseResult): Answer {
  const place = ({ span }: Diagnostic): Place => {
    if (!span) return [null, null]
    const { line, column } = positionAt(span.file, span.start)
    // Puppet counts characters, and every character before a place is at most one of them.
    return [line, [...span.file.text.slice(span.start - column + 1, span.start)].length + 1]
  }
  const errors = result.diagnostics.filter(endsReading)
  const [first] = errors
  if (first) return { error: [first.message, ...place(first)] }
  return {
    tree: dump(result.program),
    issues: result.diagnostics.map((each) => [each.severity, each.message, ...place(each)]),
  }
}

/** Puppet's answer without what has no counterpart: places it does not tell, severities by other names, log levels. */
export function comparable(theirs: Answer, ours: Answer): { theirs: Answer; ours: Answer } {
  if (theirs.crash !== undefined) {
    const message = theirs.crash.startsWith('RegexpError: ') ? theirs.crash.slice('RegexpError: '.length) : undefined
    // Where Puppet itself breaks down, a diagnostic is all that can be asked for.
    const [shown] = ours.error ?? ours.issues?.[0]?.slice(1) ?? []
    return message === undefined
      ? { theirs: { error: ['any', null, null] }, ours: shown === undefined ? ours : { error: ['any', null, null] } }
      : { theirs: { error: [message, null, null] }, ours: { error: [String(shown), null, null] } }
  }
  if (theirs.error) {
    const [message, line, column] = theirs.error
    if (line === null && ours.error)
      return { theirs: { error: [message, line, column] }, ours: { error: [ours.error[0], null, null] } }
    return { theirs: { error: theirs.error }, ours }
  }
  const issues = (theirs.issues ?? []).map(
    ([severity, ...rest]): Issue => [severity === 'deprecation' ? 'warning' : severity, ...rest],
  )
  const all = [...issues, ...(theirs.logs ?? [])]
  const sorted = (list: readonly Issue[]) => [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return {
    theirs: { ...(theirs.tree === undefined ? {} : { tree: theirs.tree }), issues: sorted(all) },
    ours: { ...(theirs.tree === undefined ? {} : { tree: ours.tree ?? null }), issues: sorted(ours.issues ?? []) },
  }
}
