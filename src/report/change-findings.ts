import type { Finding, GroupedChange, RunReport } from '../project/run-report.ts'

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
