import { type Diagnostic, define } from '../source/diagnostic.ts'

/** Faults that end Puppet's reading at once; of all others it collects what there is. */
const endsAtOnce: ReadonlySet<string> = new Set([
  'puppet/syntax-error',
  'puppet/unclosed-quote',
  'puppet/unclosed-comment',
  'puppet/byte-order-mark',
  'puppet/illegal-number',
  'puppet/invalid-number',
  'puppet/illegal-class-reference',
  'puppet/illegal-name',
  'puppet/illegal-regexp',
  'puppet/impossible-character',
  'puppet/heredoc',
  'puppet/heredoc-text',
  'puppet/epp',
  'puppet/illegal-construct',
  'puppet/nesting-depth',
])

/** Warnings that validation counts, other than those the lexer gives. */
const counted: ReadonlySet<string> = new Set(['puppet/future-reserved-word', 'puppet/duplicate-key'])

const validationFailed = define('error', 'puppet/validation', (errors: number, warnings: number) =>
  warnings > 0
    ? `Language validation logged ${errors} errors, and ${warnings} warnings. Giving up`
    : `Language validation logged ${errors} errors. Giving up`,
)

/** Whether Puppet says nothing about a file but this. */
export function endsReading(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error' && endsAtOnce.has(diagnostic.code)
}

/**
 * The one error with which Puppet gives up a file: the first syntax error, the only error that validation finds,
 * or, where validation finds more than one, how many there are (without a place, as Puppet gives none).
 */
export function endingError(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  const errors = diagnostics.filter((each) => each.severity === 'error')
  const [first] = errors
  if (!first || errors.length === 1 || endsReading(first)) return first
  const warnings = diagnostics.filter((each) => each.severity === 'warning' && counted.has(each.code))
  return validationFailed([errors.length, warnings.length], { related: errors.flatMap(relatedTo) })
}

function relatedTo({ message, span }: Diagnostic) {
  return span ? [{ message, span }] : []
}
