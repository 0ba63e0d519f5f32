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

/** The lints that can speak of a line, of those that can speak of its file. */
function chooser(text: string): (line: Line) => readonly Lint[] {
  const lints = LINTS.filter(({ needs }) => !needs || needs.some((each) => text.includes(each)))
  const ofComments = lints.filter((lint) => lint.comments)
  const byKey = new Map<string, readonly Lint[]>()
  return ({ key, isComment }) => {
    if (isComment) return ofComments
    let found = byKey.get(key)
    if (!found) {
      found = lints.filter(({ keys }) => !keys || keys.has(key))
      // A text can have any number of names that nobody knows.
      if (byKey.size < 2000) byKey.set(key, found)
    }
    return found
  }
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
  const lintsFor = chooser(lines[0]?.file.text ?? '')
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
