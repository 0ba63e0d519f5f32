import { learnTexts } from '../diff/mask.ts'
import type { ControlRepo } from '../project/control-repo.ts'
import { reportOf } from '../project/problems.ts'
import { renderPretty } from '../report/pretty.ts'
import { colourStyle, plainStyle } from '../report/style.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { tellFaults } from './faults.ts'
import { exitCodes } from './io.ts'
import type { Session } from './session.ts'

/** Tells on standard error why a node has no catalog; the exit code that goes with it. */
export function refuse(
  repo: ControlRepo,
  diagnostics: readonly Diagnostic[],
  session: Session,
  secrets: Iterable<string> = [],
): number {
  tell(repo, diagnostics, session, secrets)
  return exitCodes.findings
}

/** Tells findings on standard error, where standard output is for something else; `secrets` are masked in them. */
export function tell(
  repo: ControlRepo,
  diagnostics: readonly Diagnostic[],
  { io }: Session,
  secrets: Iterable<string> = [],
): void {
  if (diagnostics.length === 0) return
  const report = reportOf('run', repo.directory, diagnostics)
  learnTexts(report.mask, secrets)
  io.err(`${renderPretty(report, io.colour ? colourStyle : plainStyle).trimEnd()}\n`)
  tellFaults(diagnostics, io)
}
