import type { Diagnostic } from '../source/diagnostic.ts'
import type { Io } from './io.ts'

/** Where REHEARSE_DEBUG asks for it, the stacks behind faults in rehearse itself, on standard error. */
export function tellFaults(diagnostics: readonly Diagnostic[], io: Io): void {
  if (!process.env.REHEARSE_DEBUG) return
  for (const { cause } of diagnostics) if (cause instanceof Error) io.err(`${cause.stack}\n`)
}
