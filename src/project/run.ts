import { resolve } from 'node:path'
import { type DeployedTree, openDeployedTree } from '../diff/deployed-tree.ts'
import { createMask } from '../diff/mask.ts'
import { diskFiles } from '../source/files.ts'
import type { ControlRepo } from './control-repo.ts'
import { groupChanges, groupFindings } from './group.ts'
import type { NodeFacts } from './read-facts.ts'
import { type NodeOutcome, rehearseNode } from './rehearse-node.ts'
import type { RunReport } from './run-report.ts'
import type { Stall } from './stalls.ts'

export interface RunOptions {
  /** Where the deployed files lie, `{node}` standing for the certname; relative to the environment. */
  readonly deployed?: string
  readonly nodes: readonly NodeFacts[]
  /** Nodes that did not end in time before. */
  readonly stalls: readonly Stall[]
  /** Told before each node. */
  readonly onNode?: (name: string, index: number, count: number) => void
}

/** Rehearses the nodes one after the other and groups what they have in common. */
export function run(repo: ControlRepo, options: RunOptions): RunReport {
  const started = performance.now()
  const pattern = options.deployed ?? repo.configuration.deployed
  const mask = createMask()
  const outcomes: NodeOutcome[] = []
  for (const [index, node] of options.nodes.entries()) {
    options.onNode?.(node.name, index, options.nodes.length)
    const deployed = pattern === undefined ? undefined : deployedTree(repo, pattern, node.name)
    outcomes.push(rehearseNode(repo, node, deployed, mask, options.stalls))
  }
  return {
    command: 'run',
    environment: repo.directory,
    ...(pattern === undefined ? {} : { deployed: pattern }),
    nodes: outcomes.map((outcome) => outcome.report),
    findings: groupFindings([
      ...repo.diagnostics.map((diagnostic) => ({ diagnostic, nodes: [], trace: [] })),
      ...outcomes.flatMap((outcome) => outcome.findings),
    ]),
    changes: groupChanges(outcomes),
    mask,
    elapsed: performance.now() - started,
  }
}

function deployedTree(repo: ControlRepo, pattern: string, node: string): DeployedTree {
  return openDeployedTree(diskFiles(resolve(repo.directory, pattern.replaceAll('{node}', node))))
}
