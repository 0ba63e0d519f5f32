import type { Fix, Related, Severity } from '../../source/diagnostic.ts'
import type { Span } from '../../source/source-file.ts'
import type { ServerModel } from './server.ts'

/** What httpd accepts, or only complains of when it starts, although it cannot be meant. */
export interface ServerLint {
  /** What comes of it, for the documentation. */
  readonly why: string
  /** Without `lint/`. */
  readonly code: string
  /** `error` where httpd does not start with it, although its syntax test passes. */
  readonly severity: Severity
  /**
   * `server`: needs the configuration of a whole server; `part`: tells of any part of one, and of `.htaccess` files.
   */
  readonly scope: 'server' | 'part'
  readonly find: (context: LintContext) => Iterable<Found>
}

export interface LintContext {
  readonly model: ServerModel
  /** An `.htaccess` file, whose directives stand in the model's main server. */
  readonly htaccess: boolean
  /** All files that the server reads are known, not only what their package is known to ship. */
  readonly complete: boolean
  /** The text of a file on the node (absolute path), where it is known. */
  readonly text: (path: string) => string | undefined
  /** The configuration is all that the server reads, not a file of it. */
  readonly whole?: boolean
  /** Milliseconds since 1970; by default what the clock says. */
  readonly now?: number
}

export interface Found {
  readonly span: Span
  readonly message: string
  readonly remedy?: string
  readonly related?: readonly Related[]
  readonly fix?: Fix
}
