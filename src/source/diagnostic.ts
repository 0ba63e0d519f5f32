import type { Span } from './source-file.ts'

export type Severity = 'error' | 'warning' | 'info'

/** A change of text that mends the fault for certain. */
export interface Fix {
  readonly description: string
  readonly span: Span
  readonly replacement: string
}

export interface Related {
  readonly message: string
  readonly span: Span
}

/** A cause that diagnostics of a code have in common. */
export interface SharedCause {
  readonly cause: string
  /** What this one is about, among the places of all. */
  readonly subject: string
  /** The message for several, with `{count}` for their number. */
  readonly message: string
}

/** What is wrong, where, and what to do; shown to people as a finding. */
export interface Diagnostic {
  /** `area/kebab-name`; never renamed. */
  readonly code: string
  readonly severity: Severity
  /** One sentence that names the thing; for a Puppet or httpd error it holds the reference's own wording of the innermost cause. */
  readonly message: string
  readonly span?: Span
  /** The place that Puppet gives, where it knows less than `span`. */
  readonly puppetSpan?: Span
  readonly related?: readonly Related[]
  /** What to do about it, where that is known. */
  readonly remedy?: string
  readonly fix?: Fix
  /** What has one cause at many places is told once; left out where every place is a finding of its own. */
  readonly shared?: SharedCause
  /** The exception behind a fault in rehearse itself. */
  readonly cause?: unknown
}

/** Everything of a diagnostic that its message does not say. */
export type DiagnosticDetail = Omit<Diagnostic, 'code' | 'severity' | 'message'>

/**
 * Makes a function that makes diagnostics of one kind:
 * `export const unknownClass = define('error', 'puppet/unknown-class', (name: string) => …)`,
 * then `unknownClass([name], { span })`.
 */
export function define<A extends readonly unknown[]>(
  severity: Severity,
  code: string,
  message: (...args: A) => string,
): (args: A, detail?: DiagnosticDetail) => Diagnostic {
  return (args, detail) => ({ code, severity, message: message(...args), ...detail })
}

/**
 * Thrown where a user's mistake ends an evaluation (Puppet stops a catalog at its first error);
 * caught at the doors of a stage, which hand the diagnostic on. Any other exception is a bug of ours.
 */
export class Failure extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

export function fail(diagnostic: Diagnostic): never {
  throw new Failure(diagnostic)
}

const fault = define('error', 'rehearse/fault', (what: string) => `a fault in rehearse itself${what}`)

/**
 * An exception that is no user's mistake, told as a finding about what it hit, so that everything else goes on. `doing`
 * says what could not be done: `judging Apache files`.
 */
export function faultDiagnostic(cause: unknown, detail?: DiagnosticDetail, doing?: string): Diagnostic {
  const what = cause instanceof Error ? cause.message : String(cause)
  const remedy = 'Please report it, with the output of REHEARSE_DEBUG=1.'
  return fault([`${doing === undefined ? '' : ` while ${doing}`}: ${what}`], { ...detail, cause, remedy })
}

/** Total order: path, offset, code, message. Diagnostics without a place come first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span?.file.path ?? '', b.span?.file.path ?? '') ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sorted, each once. */
export function normaliseDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compareDiagnostics)
  return sorted.filter((d, i) => {
    const before = sorted[i - 1]
    return !before || compareDiagnostics(before, d) !== 0 || before.severity !== d.severity
  })
}
