import type { Stall } from '../project/stalls.ts'
import type { Io } from './io.ts'

/** What a command works with besides its arguments. */
export interface Session {
  readonly args: Readonly<Record<string, unknown>>
  readonly io: Io
  readonly stalls: readonly Stall[]
  /** Where Ruby leaves the line it runs; slow, so only after a stall. */
  readonly beacon: SharedArrayBuffer | undefined
  /** To be called where the work on a node or a request begins that may take `seconds`. */
  readonly begin: (name: string, seconds: number) => void
}

export interface Runner {
  readonly run: (session: Session) => number | Promise<number>
  /** Answers one request of a batch (a line of JSON) with one line; `undefined` where the command has no batch mode. */
  readonly batch?: (session: Session) => (line: string) => string
}
