import type { Finding, GroupedChange, RunReport } from '../project/run-report.ts'
import { lineOf } from '../source/source-file.ts'

/** The findings about the text that a change puts in place. */
export function findingsOf(group: GroupedChange, report: RunReport): Finding[] {
  const text = group.change.after?.source?.text
  const candidates = report.findings.filter(
    (finding) =>
      finding.renderedPath === group.change.path &&
      finding.diagnostic.span !== undefined &&
      finding.diagnostic.span.file.text === text,
  )
  if (candidates.length === 0) return candidates
  const nodes = new Set(group.nodes)
  return candidates.filter((finding) => finding.nodes.some((node) => nodes.has(node)))
}

/** Findings by the line of the text that they are about. */
export function findingsByLine(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const byLine = new Map<number, Finding[]>()
  for (const finding of findings) {
    if (!finding.diagnostic.span) continue
    const line = lineOf(finding.diagnostic.span)
    byLine.set(line, [...(byLine.get(line) ?? []), finding])
  }
  return byLine
}
