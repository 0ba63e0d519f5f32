/** A command's way to the outside; in a worker these travel as messages to the thread that owns the streams. */
export interface Io {
  /** Results, to standard output. */
  readonly out: (text: string) => void
  /** Notices, to standard error. */
  readonly err: (text: string) => void
  /** A transient line that tells how far the work is; shown on terminals only. */
  readonly progress: (text: string) => void
  /** Writes a whole file or nothing. */
  readonly write: (path: string, text: string) => void
  readonly colour: boolean
  /** Columns of the terminal; undefined for a pipe. */
  readonly columns: number | undefined
}

/** Exit codes, everywhere the same. */
export const exitCodes = { clean: 0, findings: 1, couldNotRun: 2 } as const

/** The command cannot run: bad arguments or unreadable input. Shown as one sentence; exit code 2. */
export class CannotRun extends Error {
  readonly remedy: string | undefined
  constructor(message: string, remedy?: string) {
    super(message)
    this.remedy = remedy
  }
}
