import { createMask } from '../diff/mask.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { ControlRepo } from './control-repo.ts'
import { type DeployedSource, openDeployed } from './deployed-source.ts'
import { type EarlierState, earlierLabel } from './earlier-state.ts'
import { groupFindings } from './group.ts'
import { groupChanges } from './group-changes.ts'
import { groupEffects, groupResources } from './group-effects.ts'
import { groupServerChanges } from './group-server-changes.ts'
import { openGuard } from './guard.ts'
import { ignoring } from './ignore-rules.ts'
import { nodeValues } from './node-values.ts'
import type { NodeFacts } from './read-facts.ts'
import { lostNode, type NodeOutcome, rehearseNode } from './rehearse-node.ts'
import type { Finding, RunReport } from './run-report.ts'
import type { Stall } from './stalls.ts'

export interface RunOptions {
  /** Where the deployed files lie, `{node}` standing for the certname; relative to the environment. */
  readonly deployed?: string
  /** What the control repo was before the change. */
  readonly earlier?: EarlierState
  /** Compile nodes twice that the change cannot reach. */
  readonly all?: boolean
  readonly nodes: readonly NodeFacts[]
  /** Nodes that did not end in time before. */
  readonly stalls: readonly Stall[]
  /** Told before each compilation. */
  readonly onNode?: (name: string, index: number, count: number) => void
}

/** Rehearses the nodes one after the other and groups what they have in common. */
export function run(repo: ControlRepo, options: RunOptions): RunReport {
  const started = performance.now()
  const { earlier, nodes } = options
  const pattern = options.deployed ?? repo.configuration.deployed
  const deployed: DeployedSource | undefined =
    pattern === undefined
      ? undefined
      : openDeployed(
          pattern,
          repo.directory,
          repo.nodes.map((node) => node.name),
        )
  const mask = createMask()
  const ignore = ignoring(repo.configuration.ignore ?? [])
  const found = new Map<NodeFacts, NodeOutcome>()
  // A node that collects what others export comes after them.
  for (const mayWait of [true, false])
    for (const [index, node] of nodes.entries()) {
      if (found.has(node)) continue
      options.onNode?.(node.name, index, nodes.length)
      const against = {
        all: options.all ?? false,
        mayWait,
        ...(deployed ? { deployed: deployed.treeOf(node.name) } : {}),
        ...(earlier ? { earlier } : {}),
        onEarlier: () =>
          options.onNode?.(earlierLabel(node.name, earlier?.comparison.before ?? ''), index, nodes.length),
      }
      const { attempt, faults } = openGuard()
      const work = () => rehearseNode(repo, node, against, mask, ignore, options.stalls) ?? 'waits'
      const outcome = attempt('rehearsing the node', work, undefined)
      if (outcome !== 'waits') found.set(node, outcome ?? lostNode(node.name, faults))
    }
  const outcomes = nodes.flatMap((node) => found.get(node) ?? [])
  const { attempt, faults } = openGuard()
  const unused = attempt('looking for data that nobody uses', () => repo.dataUse?.findings() ?? [], [])
  const data = unused.flatMap((diagnostic) => dataFinding(diagnostic, earlier))
  const valuesOf = nodeValues(nodes)
  return {
    command: 'run',
    environment: repo.directory,
    ...(pattern === undefined ? {} : { deployed: pattern }),
    ...(earlier ? { comparison: earlier.comparison } : {}),
    nodes: outcomes.map((outcome) => outcome.report),
    findings: groupFindings(
      [
        ...[...repo.diagnostics, ...(earlier?.diagnostics ?? []), ...faults].map((diagnostic) => ({
          diagnostic,
          nodes: [],
          trace: [],
        })),
        ...[...outcomes.flatMap((outcome) => outcome.findings), ...data].filter(ignore.finding),
      ],
      valuesOf,
    ),
    changes: groupChanges(
      outcomes.flatMap((outcome) => outcome.changes),
      valuesOf,
    ),
    effects: groupEffects(outcomes, valuesOf),
    server: groupServerChanges(outcomes, valuesOf),
    resources: groupResources(outcomes, valuesOf),
    ignored: ignore.counts().map(({ rule, count }) => ({
      rule: rule.text,
      reason: rule.reason,
      what: rule.code === undefined ? 'difference' : 'finding',
      count,
    })),
    mask,
    elapsed: performance.now() - started,
  }
}

/** Between two states of the control repo, what stands in lines that did not change is no news. */
function dataFinding(diagnostic: Diagnostic, earlier: EarlierState | undefined): Finding[] {
  const finding = { diagnostic, nodes: [], trace: [] }
  if (!earlier) return [finding]
  const { span } = diagnostic
  if (!earlier.changes || !span) return []
  return [earlier.changes.linesIn('after', span).length > 0 ? finding : { ...finding, standing: true }]
}
