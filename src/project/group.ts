import { compareDiagnostics, type Severity } from '../source/diagnostic.ts'
import type { Finding } from './run-report.ts'

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** Findings that say the same at the same place once, with all their nodes; errors first, then by place. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding & { nodes: string[] }>()
  for (const finding of findings) {
    const { code, message, span } = finding.diagnostic
    const chain = finding.trace.map((step) => `${step.text} ${step.span?.file.path}:${step.span?.start}`)
    // The same parameter may be refused because of other data on another node.
    const causes = (finding.diagnostic.related ?? []).map(
      (related) => `${related.span.file.path}:${related.span.start}`,
    )
    const place = [finding.renderedPath, span?.file.path, span?.start, span?.end, causes]
    const key = JSON.stringify([code, message, place, chain, finding.standing])
    const group = groups.get(key)
    if (!group) groups.set(key, { ...finding, nodes: [...finding.nodes] })
    else for (const node of finding.nodes) if (!group.nodes.includes(node)) group.nodes.push(node)
  }
  return [...groups.values()].sort(
    (a, b) =>
      rank[a.diagnostic.severity] - rank[b.diagnostic.severity] || compareDiagnostics(a.diagnostic, b.diagnostic),
  )
}
