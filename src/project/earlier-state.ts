import type { Catalog } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { ChangeSet } from './change-set.ts'
import type { Reach } from './reach.ts'
import type { NodeFacts } from './read-facts.ts'
import type { RenderedNode } from './rendered-node.ts'
import type { Comparison } from './run-report.ts'
import type { Stall } from './stalls.ts'

/** The control repo, or what it once compiled to, as it was before a change. */
export interface EarlierState {
  readonly comparison: Comparison
  /** A node as it was then; `later` is the node as it is compiled now. */
  readonly render: (node: NodeFacts, later: RenderedNode, stalls: readonly Stall[]) => EarlierNode
  /** What of the change can reach a node; without it, every node has to be compared. */
  readonly reach?: Reach
  readonly changes?: ChangeSet
  readonly diagnostics: readonly Diagnostic[]
}

/** What an earlier state says of a node; without catalog, `diagnostics` say why. */
export interface EarlierNode {
  readonly catalog?: Catalog
  readonly files: readonly RenderedFile[]
  readonly diagnostics: readonly Diagnostic[]
  /** Texts that were secret; left out where nothing tells. */
  readonly secrets?: ReadonlySet<string>
}

/** How a node's earlier compilation is called where time runs out over it. */
export function earlierLabel(node: string, before: string): string {
  return `${node} at ${before}`
}
