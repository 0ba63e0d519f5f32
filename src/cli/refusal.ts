import type { ControlRepo } from '../project/control-repo.ts'
import { reportOf } from '../project/problems.ts'
import { renderPretty } from '../report/pretty.ts'
import { colourStyle, plainStyle } from '../report/style.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { tellFaults } from './faults.ts'
import { exitCodes } from './io.ts'
import type { Session } from './session.ts'

/** Tells on standard error why a node has no catalog; the exit code that goes with it. */
export function refuse(repo: ControlRepo, diagnostics: readonly Diagnostic[], session: Session): number {
  tell(repo, diagnostics, session)
  return exitCodes.findings
}

/** Tells findings on standard error, where standard output is for something else. */
export function tell(repo: ControlRepo, diagnostics: readonly Diagnostic[], { io }: Session): void {
  if (diagnostics.length === 0) return
  const report = reportOf('run', repo.directory, diagnostics)
  io.err(`${renderPretty(report, io.colour ? colourStyle : plainStyle).trimEnd()}\n`)
  tellFaults(diagnostics, io)
}
