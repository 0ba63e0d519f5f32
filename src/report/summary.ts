import type { GroupedChange, RunReport } from '../project/run-report.ts'
import { count, enumerate } from './wording.ts'

/** The numbers of a run. */
export interface Summary {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  /** Of the errors, those that an earlier state of the control repo has as well. */
  readonly standingErrors: number
  readonly nodes: number
  readonly failed: number
  readonly resources: number
  /** Rendered files, counted for every node. */
  readonly files: number
  readonly unchanged: number
  /** Paths that differ, however many nodes have them. */
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly attributes: number
  /** Nodes that lack what they should be compared with. */
  readonly notCompared: number
  /** Nodes that would not stay as they are. */
  readonly changingNodes: number
  /** Paths that Puppet overwrites without any change of the control repo, and the nodes that have them. */
  readonly drifted: number
  readonly driftedNodes: number
  /** Hunks that no changed line of the control repo explains. */
  readonly unexplained: number
  /** Nodes that a change of the control repo cannot reach; undefined without such a change. */
  readonly notReached: number | undefined
}

export function summarise(report: RunReport): Summary {
  const severities = (severity: string): number =>
    report.findings.filter((finding) => finding.diagnostic.severity === severity).length
  const applied = report.changes.filter((group) => !group.change.noop)
  const own = applied.filter((group) => group.section !== 'drift')
  const drift = applied.filter((group) => group.section === 'drift')
  const kinds = kindsOfPaths(own)
  const ofKind = (kind: string): number => [...kinds.values()].filter((each) => each === kind).length
  const sum = (of: 'resources' | 'files' | 'unchanged'): number =>
    report.nodes.reduce((total, node) => total + node[of], 0)
  const nodesOf = (groups: readonly { readonly nodes: readonly string[] }[]): number =>
    new Set(groups.flatMap((group) => group.nodes)).size
  return {
    errors: severities('error'),
    warnings: severities('warning'),
    infos: severities('info'),
    standingErrors: report.findings.filter((f) => f.diagnostic.severity === 'error' && f.standing).length,
    nodes: report.nodes.length,
    failed: report.nodes.filter((node) => node.status === 'failed').length,
    resources: sum('resources'),
    files: sum('files'),
    unchanged: sum('unchanged'),
    added: ofKind('added'),
    removed: ofKind('removed'),
    changed: ofKind('changed'),
    attributes: ofKind('attributes'),
    notCompared: report.nodes.filter((node) => node.notCompared).length,
    changingNodes: nodesOf([...own, ...(report.resources ?? [])]),
    drifted: kindsOfPaths(drift).size,
    driftedNodes: nodesOf(drift),
    unexplained: own.flatMap((group) => group.causes ?? []).filter((causes) => causes.unexplained).length,
    notReached: report.comparison && report.nodes.filter((node) => node.reachedBy?.length === 0).length,
  }
}

/** Each path once, however many differences nodes have in it; the most telling kind counts. */
function kindsOfPaths(groups: readonly GroupedChange[]): Map<string, string> {
  const order = ['changed', 'added', 'removed', 'attributes']
  const kinds = new Map<string, string>()
  for (const { change } of groups) {
    const known = kinds.get(change.path)
    if (known === undefined || order.indexOf(change.kind) < order.indexOf(known)) kinds.set(change.path, change.kind)
  }
  return kinds
}

/** The verdict in one line: `1 error and 2 warnings. 1 file would change on 2 nodes.` */
export function verdict(report: RunReport, summary: Summary): string {
  if (report.comparison) return comparisonVerdict(report, summary)
  const found = foundWrong(summary)
  const sentences = [found.length > 0 ? `${enumerate(found)}.` : 'Nothing found wrong.']
  if (summary.failed > 0) sentences.push(failureSentence(summary))
  if (report.deployed !== undefined && (summary.failed < summary.nodes || summary.nodes === 0))
    sentences.push(changeSentence(summary))
  return sentences.join(' ')
}

function foundWrong(summary: Summary): string[] {
  const fresh = summary.errors - summary.standingErrors
  const errors =
    summary.standingErrors === 0
      ? summary.errors > 0
        ? [count(summary.errors, 'error')]
        : []
      : [
          ...(fresh > 0 ? [count(fresh, 'new error')] : []),
          `${count(summary.standingErrors, 'error')} that ${summary.standingErrors === 1 ? 'was' : 'were'} there before`,
        ]
  return [
    ...errors,
    ...(summary.warnings > 0 ? [count(summary.warnings, 'warning')] : []),
    ...(summary.infos > 0 ? [count(summary.infos, 'note')] : []),
  ]
}

/** `3 files change on 47 of 120 nodes; 1 error.` */
function comparisonVerdict(report: RunReport, summary: Summary): string {
  const total = summary.added + summary.removed + summary.changed + summary.attributes
  const resources = new Set(
    (report.resources ?? []).map(({ change: { resource } }) => `${resource.type}[${resource.title}]`),
  ).size
  const things = [
    ...(total > 0 || resources === 0 ? [total === 0 ? 'No file' : count(total, 'file')] : []),
    ...(resources > 0 ? [count(resources, 'other resource')] : []),
  ]
  const changes =
    summary.notCompared > 0 && summary.notCompared === summary.nodes
      ? 'Nothing could be compared'
      : `${enumerate(things)} ${total + resources <= 1 ? 'changes' : 'change'}`
  const on = total + resources > 0 ? ` on ${summary.changingNodes} of ${count(summary.nodes, 'node')}` : ''
  const found = foundWrong(summary)
  const sentences = [`${changes}${on}${found.length > 0 ? `; ${enumerate(found)}` : ''}.`]
  if (summary.failed > 0) sentences.push(failureSentence(summary))
  if (summary.drifted > 0)
    sentences.push(
      `Without this change, Puppet overwrites ${count(summary.drifted, 'file')} on ${count(summary.driftedNodes, 'node')}.`,
    )
  return sentences.join(' ')
}

function failureSentence({ failed, nodes }: Summary): string {
  if (nodes === 1) return 'The node does not compile.'
  if (failed === nodes) return `None of ${count(nodes, 'node')} compiles.`
  return `${failed} of ${count(nodes, 'node')} ${failed === 1 ? 'does' : 'do'} not compile.`
}

function changeSentence(summary: Summary): string {
  const total = summary.added + summary.removed + summary.changed + summary.attributes
  if (total === 0 && summary.notCompared === summary.nodes && summary.nodes > 0) return 'Nothing could be compared.'
  if (total === 0) return 'No file would change.'
  const on = summary.changingNodes > 0 ? ` on ${count(summary.changingNodes, 'node')}` : ''
  return `${count(total, 'file')} would change${on}.`
}
