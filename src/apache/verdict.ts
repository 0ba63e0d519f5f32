import type { Diagnostic } from '../source/diagnostic.ts'

/** The error at which httpd itself stops. */
export interface Rejection {
  readonly diagnostic: Diagnostic
  /** read: while the text is read; walk: while the directives run; check: after all have run. */
  readonly phase: 'read' | 'walk' | 'check'
  /** The line that httpd names, where it names one. */
  readonly line?: number
  readonly path: string
}

export interface Verdict {
  readonly verdict: 'ok' | 'reject'
  /** Errors first, in the order in which httpd would meet them; then warnings. */
  readonly diagnostics: readonly Diagnostic[]
  readonly first?: Rejection
}
