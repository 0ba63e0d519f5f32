import type { Compilation } from '../compiler/compile-node.ts'
import type { ExportedResource } from '../compiler/exported.ts'
import { noReads, type Reads } from '../compiler/state.ts'

/** What the nodes of a control repo export: it stands in for PuppetDB. */
export interface Exports {
  /** Remembers what a node exports. */
  readonly learn: (compilation: Compilation) => void
  /** Whether a compilation of the node met a collector of exported resources. */
  readonly collects: (node: string) => boolean
  /** The nodes that have not been compiled yet. */
  readonly missing: () => readonly string[]
  /** Exported resources of a type, those of nodes in order of their names. */
  readonly ofType: (type: string) => readonly ExportedResource[]
  /** What the compilations of all nodes read: a change of any of it may change what they export. */
  readonly reads: Reads
}

export function openExports(nodes: readonly string[]): Exports {
  const byNode = new Map<string, ReadonlyMap<string, readonly ExportedResource[]>>()
  const collecting = new Set<string>()
  const reads = noReads()
  let sorted: readonly string[] | undefined
  return {
    learn: (compilation) => {
      const { node, catalog } = compilation
      if (byNode.has(node)) return
      const exported = new Map<string, ExportedResource[]>()
      for (const resource of catalog?.resources ?? []) {
        if (!resource.exported) continue
        const known = exported.get(resource.type)
        if (known) known.push({ node, resource })
        else exported.set(resource.type, [{ node, resource }])
      }
      byNode.set(node, exported)
      if (compilation.collectsExported) collecting.add(node)
      sorted = undefined
      addReads(reads, compilation.reads)
    },
    collects: (node) => collecting.has(node),
    missing: () => nodes.filter((node) => !byNode.has(node)),
    ofType: (type) => {
      sorted ??= [...byNode.keys()].sort()
      return sorted.flatMap((node) => byNode.get(node)?.get(type) ?? [])
    },
    reads,
  }
}

export function addReads(to: Reads, from: Reads): void {
  for (const kind of ['files', 'data', 'facts', 'hieraKeys', 'functions', 'resourceTypes', 'types'] as const)
    for (const name of from[kind]) to[kind].add(name)
}
