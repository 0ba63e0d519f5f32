import { createMask } from '../diff/mask.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { groupFindings } from './group.ts'
import type { Finding, RunReport } from './run-report.ts'

/** A report that holds findings only: of a control repo that cannot be used, or of files judged on their own. */
export function reportOf(
  command: RunReport['command'],
  environment: string,
  findings: readonly (Finding | Diagnostic)[],
  elapsed = 0,
): RunReport {
  return {
    command,
    environment,
    nodes: [],
    findings: groupFindings(findings.map((f) => ('diagnostic' in f ? f : { diagnostic: f, nodes: [], trace: [] }))),
    changes: [],
    mask: createMask(),
    elapsed,
  }
}
