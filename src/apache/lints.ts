import type { Diagnostic } from '../source/diagnostic.ts'
import { type ConfigLines, lineSpan } from './lines.ts'
import { LEFT_OVER_LINTS } from './lints/left-over.ts'
import { type Line, type Lint, splitLine } from './lints/line.ts'
import { LINE_END_LINTS } from './lints/line-ends.ts'
import { QUOTE_LINTS } from './lints/quotes.ts'
import { VALUE_LINTS } from './lints/values.ts'

export interface LintOptions {
  /** Names that Define or the environment has values for, besides those that the file defines itself. */
  readonly known?: ReadonlySet<string>
}

/** One row a lint; examples of each are in the tests. */
export const LINTS: readonly Lint[] = [...LEFT_OVER_LINTS, ...QUOTE_LINTS, ...LINE_END_LINTS, ...VALUE_LINTS]

const COMMENT_LINTS = LINTS.filter((lint) => lint.comments)
const lintsByKey = new Map<string, readonly Lint[]>()

function lintsFor({ key, isComment }: Line): readonly Lint[] {
  if (isComment) return COMMENT_LINTS
  let lints = lintsByKey.get(key)
  if (!lints) {
    lints = LINTS.filter(({ keys }) => !keys || keys.has(key))
    // A text can have any number of names that nobody knows.
    if (lintsByKey.size < 2000) lintsByKey.set(key, lints)
  }
  return lints
}

/** What httpd accepts although it is broken: warnings, in the order of the text. */
export function lintConfig({ lines }: ConfigLines, options: LintOptions = {}): Diagnostic[] {
  const known = new Set(options.known)
  for (const { text } of lines) {
    // Who asks whether a name is defined knows that it may not be.
    if (!/^(?:d|<i)/i.test(text)) continue
    const defined = /^(?:define|<ifdefine)\s+"?!?([^\s">]+)/i.exec(text)?.[1]
    if (defined !== undefined) known.add(defined)
  }
  const context = { known }
  const diagnostics: Diagnostic[] = []
  for (const line of lines) {
    const isComment = line.text.startsWith('#')
    // Few comments go on in the next line.
    if (line.text === '' || (isComment && !line.pieces)) continue
    const split = splitLine(line)
    for (const lint of lintsFor(split)) {
      for (const { start, end, message, remedy } of lint.find(split, context)) {
        diagnostics.push({
          code: `lint/${lint.code}`,
          severity: 'warning',
          message,
          span: lineSpan(line, start, end),
          ...(remedy === undefined ? {} : { remedy }),
        })
      }
    }
  }
  return diagnostics
}
