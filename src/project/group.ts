import type { FileChange } from '../diff/file-change.ts'
import { compareDiagnostics, type Severity } from '../source/diagnostic.ts'
import type { NodeOutcome } from './rehearse-node.ts'
import type { Finding, GroupedChange } from './run-report.ts'

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** Findings that say the same at the same place once, with all their nodes; errors first, then by place. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding & { nodes: string[] }>()
  for (const finding of findings) {
    const { code, message, span } = finding.diagnostic
    const chain = finding.trace.map((step) => `${step.text} ${step.span?.file.path}:${step.span?.start}`)
    const key = JSON.stringify([code, message, finding.renderedPath, span?.file.path, span?.start, span?.end, chain])
    const group = groups.get(key)
    if (!group) groups.set(key, { ...finding, nodes: [...finding.nodes] })
    else for (const node of finding.nodes) if (!group.nodes.includes(node)) group.nodes.push(node)
  }
  return [...groups.values()].sort(
    (a, b) =>
      rank[a.diagnostic.severity] - rank[b.diagnostic.severity] || compareDiagnostics(a.diagnostic, b.diagnostic),
  )
}

/** Changes that are the same on several nodes once, by path. */
export function groupChanges(outcomes: readonly NodeOutcome[]): GroupedChange[] {
  const groups = new Map<string, { change: FileChange; nodes: string[] }>()
  for (const { report, changes } of outcomes)
    for (const change of changes) {
      const key = changeKey(change)
      const group = groups.get(key)
      if (group) group.nodes.push(report.name)
      else groups.set(key, { change, nodes: [report.name] })
    }
  return [...groups.values()].sort(
    (a, b) => compareText(a.change.path, b.change.path) || compareText(a.nodes[0], b.nodes[0]),
  )
}

function changeKey({ path, kind, hunks, binary, attributes }: FileChange): string {
  return JSON.stringify([
    path,
    kind,
    binary,
    attributes,
    hunks.map((hunk) => [hunk.beforeStart, hunk.afterStart, hunk.lines]),
  ])
}

function compareText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
