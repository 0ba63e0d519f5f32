import { visible } from '../visible-text.ts'
import { nodeList } from '../wording.ts'

/** A set of nodes that several findings or files have in common. */
export interface NodeGroup {
  /** Usable as an element's id. */
  readonly id: string
  readonly label: string
  readonly names: readonly string[]
  /** The nodes' places in the report: `0-3,7`. */
  readonly ranges: string
}

/** The sets of nodes that a page names, each once. */
export interface NodeGroups {
  group(nodes: readonly string[]): NodeGroup
  /** Those whose label does not name all their nodes. */
  shortened(): readonly NodeGroup[]
}

export function nodeGroups(allNodes: readonly string[]): NodeGroups {
  const places = new Map(allNodes.map((name, i) => [name, i]))
  const groups = new Map<string, NodeGroup>()
  return {
    group: (nodes) => {
      const key = nodes.join('\n')
      const known = groups.get(key)
      if (known) return known
      const group: NodeGroup = {
        id: `nodes-${groups.size + 1}`,
        label: visible(nodeList(nodes, allNodes.length)),
        names: nodes.map(visible),
        ranges: rangeText(nodes.map((name) => places.get(name) ?? -1).filter((place) => place >= 0)),
      }
      groups.set(key, group)
      return group
    },
    shortened: () => [...groups.values()].filter((group) => group.names.length > 3),
  }
}

/** `[0, 1, 2, 7]` → `0-2,7`. */
function rangeText(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && number <= last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}
