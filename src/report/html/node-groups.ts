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
  /** All of them: by name, or by their numbers in the page's table where they are many. */
  readonly members: string
}

/** The sets of nodes that a page names, each once. */
export interface NodeGroups {
  group(nodes: readonly string[]): NodeGroup
  /** Those whose label does not name all their nodes. */
  shortened(): readonly NodeGroup[]
}

/** Naming hundreds of nodes again for every set of them would be most of a page. */
const mostNames = 100

export function nodeGroups(allNodes: readonly string[]): NodeGroups {
  const places = new Map(allNodes.map((name, i) => [name, i]))
  const groups = new Map<string, NodeGroup>()
  return {
    group: (nodes) => {
      const key = nodes.join('\n')
      const known = groups.get(key)
      if (known) return known
      const numbers = nodes.map((name) => places.get(name) ?? -1).filter((place) => place >= 0)
      const names = nodes.map(visible)
      const inTable = names.length > mostNames && numbers.length === names.length
      const group: NodeGroup = {
        id: `nodes-${groups.size + 1}`,
        label: visible(nodeList(nodes, allNodes.length)),
        names,
        ranges: rangeText(numbers),
        members: inTable
          ? `Numbers ${rangeText(numbers.map((number) => number + 1))
              .replaceAll('-', '–')
              .replaceAll(',', ', ')} in the table of nodes.`
          : names.join(', '),
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
