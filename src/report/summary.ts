import type { RunReport } from '../project/run-report.ts'
import { count, enumerate } from './wording.ts'

/** The numbers of a run. */
export interface Summary {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly nodes: number
  readonly failed: number
  readonly resources: number
  /** Rendered files, counted for every node. */
  readonly files: number
  readonly unchanged: number
  /** Differences, identical ones of several nodes once. */
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly attributes: number
  /** Nodes that would not stay as they are. */
  readonly changingNodes: number
}

export function summarise(report: RunReport): Summary {
  const severities = (severity: string): number =>
    report.findings.filter((finding) => finding.diagnostic.severity === severity).length
  const kinds = (kind: string): number => report.changes.filter(({ change }) => change.kind === kind).length
  const sum = (of: 'resources' | 'files' | 'unchanged'): number =>
    report.nodes.reduce((total, node) => total + node[of], 0)
  return {
    errors: severities('error'),
    warnings: severities('warning'),
    infos: severities('info'),
    nodes: report.nodes.length,
    failed: report.nodes.filter((node) => node.status === 'failed').length,
    resources: sum('resources'),
    files: sum('files'),
    unchanged: sum('unchanged'),
    added: kinds('added'),
    removed: kinds('removed'),
    changed: kinds('changed'),
    attributes: kinds('attributes'),
    changingNodes: new Set(report.changes.flatMap((group) => group.nodes)).size,
  }
}

/** The verdict in one line: `1 error and 2 warnings. 1 file would change on 2 nodes.` */
export function verdict(report: RunReport, summary: Summary): string {
  const found = [
    ...(summary.errors > 0 ? [count(summary.errors, 'error')] : []),
    ...(summary.warnings > 0 ? [count(summary.warnings, 'warning')] : []),
    ...(summary.infos > 0 ? [count(summary.infos, 'note')] : []),
  ]
  const sentences = [found.length > 0 ? `${enumerate(found)}.` : 'Nothing found wrong.']
  if (summary.failed > 0) sentences.push(failureSentence(summary))
  if (report.deployed !== undefined && (summary.failed < summary.nodes || summary.nodes === 0))
    sentences.push(changeSentence(summary))
  return sentences.join(' ')
}

function failureSentence({ failed, nodes }: Summary): string {
  if (nodes === 1) return 'The node does not compile.'
  if (failed === nodes) return `None of ${count(nodes, 'node')} compiles.`
  return `${failed} of ${count(nodes, 'node')} ${failed === 1 ? 'does' : 'do'} not compile.`
}

function changeSentence(summary: Summary): string {
  const total = summary.added + summary.removed + summary.changed + summary.attributes
  if (total === 0) return 'No file would change.'
  const on = summary.changingNodes > 0 ? ` on ${count(summary.changingNodes, 'node')}` : ''
  return `${count(total, 'file')} would change${on}.`
}
