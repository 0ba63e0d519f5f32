import { compareDiagnostics, type Severity } from '../source/diagnostic.ts'
import type { NodeValues } from './node-values.ts'
import { joinAlike } from './own-values.ts'
import type { Finding } from './run-report.ts'

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

interface FindingGroup {
  readonly first: Finding
  readonly nodes: Set<string>
  /** All that was said of it, word by word. */
  readonly messages: Set<string>
  readonly key: string
  /** Its message and its trace, without the nodes' own values. */
  readonly texts: readonly string[]
}

/**
 * Findings that say the same at the same place once, with all their nodes; errors first, then by place. Where nodes have
 * files of their own, that is the place that rendered it.
 */
export function groupFindings(findings: readonly Finding[], valuesOf?: NodeValues): Finding[] {
  const groups = new Map<string, FindingGroup>()
  const turns = new Map<string, Map<string, number>>()
  for (const finding of findings) {
    const { code, message, span } = finding.diagnostic
    const [node] = finding.nodes
    const common = (text: string): string =>
      valuesOf && node !== undefined && finding.nodes.length === 1 ? valuesOf(node, text).text : text
    const places = finding.trace.map(({ span: at }) => {
      const path = common(at?.file.path ?? '')
      // In files of their own, such as those with facts, nodes have the same thing elsewhere.
      return path === (at?.file.path ?? '') ? [path, at?.start] : path
    })
    // The same parameter may be refused because of other data on another node.
    const causes = (finding.diagnostic.related ?? []).map(
      (related) => `${related.span.file.path}:${related.span.start}`,
    )
    const rendered = finding.renderedPath !== undefined && finding.trace.length > 0
    const place = rendered
      ? common(finding.renderedPath)
      : [finding.renderedPath, span?.file.path, span?.start, span?.end]
    const said = JSON.stringify([code, place, places, causes, finding.standing])
    const texts = [message, ...finding.trace.map(({ text }) => text)].map(common)
    const same = JSON.stringify([said, texts])
    // One tag of a template may render several lines of a file: each is one finding.
    const seen = turns.get(`${node} ${same}`) ?? new Map<string, number>()
    turns.set(`${node} ${same}`, seen)
    const at = rendered ? `${span?.start} ${span?.end}` : ''
    const turn = seen.get(at) ?? seen.size
    seen.set(at, turn)
    const id = `${same} ${turn}`
    const group = groups.get(id) ?? {
      first: finding,
      nodes: new Set(),
      messages: new Set(),
      key: JSON.stringify([said, turn]),
      texts,
    }
    groups.set(id, group)
    group.messages.add(message)
    for (const each of finding.nodes) group.nodes.add(each)
  }
  const sorted = withoutOwnValues([...groups.values()])
    .map(({ first, nodes, messages, texts }) => ({
      ...first,
      ...(messages.size > 1 ? { diagnostic: { ...first.diagnostic, message: texts[0] as string } } : {}),
      nodes: [...nodes],
    }))
    .sort(
      (a, b) =>
        rank[a.diagnostic.severity] - rank[b.diagnostic.severity] || compareDiagnostics(a.diagnostic, b.diagnostic),
    )
  return mergeShared(sorted)
}

/** Findings that differ in what nodes make of their facts, once. */
function withoutOwnValues(groups: readonly FindingGroup[]): FindingGroup[] {
  return joinAlike(
    groups,
    ({ key, texts, nodes }) => ({ key, texts: texts.map((text) => ({ text })), nodes: [...nodes] }),
    (group, own) => ({ ...group, texts: own.texts.map(({ text }) => text) }),
    (known, { nodes, messages }) => {
      for (const node of nodes) known.nodes.add(node)
      for (const message of messages) known.messages.add(message)
    },
  )
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
