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
  const sorted = [...groups.values()].sort(
    (a, b) =>
      rank[a.diagnostic.severity] - rank[b.diagnostic.severity] || compareDiagnostics(a.diagnostic, b.diagnostic),
  )
  return mergeShared(sorted)
}

/** Findings with one cause become the first of them, with the places of the others. */
function mergeShared(findings: readonly Finding[]): Finding[] {
  const together = new Map<string, Finding[]>()
  const merged: Finding[] = []
  for (const finding of findings) {
    const { code, shared } = finding.diagnostic
    const key = shared && JSON.stringify([code, shared.cause, finding.standing])
    const group = key === undefined ? undefined : together.get(key)
    if (group) group.push(finding)
    else {
      if (key !== undefined) together.set(key, [finding])
      merged.push(finding)
    }
  }
  return merged.map((finding) => {
    const { code, shared } = finding.diagnostic
    const group = shared && together.get(JSON.stringify([code, shared.cause, finding.standing]))
    if (!shared || !group || group.length < 2) return finding
    const message = shared.message.replace('{count}', String(group.length))
    const related = group.slice(1).flatMap(({ diagnostic: { shared: other, span } }) => {
      return other && span ? [{ message: other.subject, span }] : []
    })
    const nodes = [...new Set(group.flatMap((one) => one.nodes))]
    return { ...finding, nodes, diagnostic: { ...finding.diagnostic, message, related } }
  })
}
