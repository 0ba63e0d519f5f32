import { idText } from '../../catalog/catalog.ts'
import type { FileChange } from '../../diff/file-change.ts'
import { hideSecrets } from '../../diff/mask.ts'
import type { GroupedChange, RunReport } from '../../project/run-report.ts'
import { causeLabel, causePlace, unexplainedText } from '../cause-text.ts'
import { findingsByLine, findingsOf } from '../change-findings.ts'
import { itemText, nameOfItem, placeOfItem, verdictText } from '../structure-text.ts'
import { visible } from '../visible-text.ts'
import { binaryText, conditionNotes, enumerate, isPurged, lineCounts, placeText } from '../wording.ts'
import { type HunkView, hunkViews } from './diff-rows.ts'
import type { FindingView } from './finding-view.ts'
import type { NodeGroup, NodeGroups } from './node-groups.ts'
import type { OriginTable } from './origin-table.ts'

/** What leads to a hunk, or to the change where it has none. */
export interface CauseView {
  readonly label: string
  readonly unexplained: boolean
  readonly lines: readonly { readonly place: string; readonly text: string }[]
  readonly more: number
}

const mostCauses = 5
const mostItems = 20

export interface ChangeView {
  readonly id: string
  readonly path: string
  readonly kind: FileChange['kind']
  readonly nodes?: NodeGroup
  readonly added: number
  readonly removed: number
  readonly resource?: string
  readonly declared?: string
  readonly attributes: readonly { readonly name: string; readonly before?: string; readonly after?: string }[]
  readonly binary?: string
  readonly hunks: readonly HunkView[]
  /** Lines left out at the end. */
  readonly omitted: number
  readonly findings: number
  /** It is not of the change that was made: Puppet overwrites it anyway. */
  readonly drift: boolean
  /** What else is to be said of it, in sentences. */
  readonly notes: readonly string[]
  readonly structure: readonly {
    readonly place: string
    readonly name: string
    readonly kind: string
    readonly what: string
  }[]
  readonly causes: readonly CauseView[]
  /** Whether a side is empty, so that side by side makes no sense. */
  readonly oneSided: boolean
}

/** Lines of one file's differences, and of all, that a page holds. */
const mostLines = 2000
const mostLinesOfAll = 20_000

export function changeViews(
  report: RunReport,
  findings: readonly FindingView[],
  groups: NodeGroups,
  origins: OriginTable,
): ChangeView[] {
  let room = mostLinesOfAll
  return report.changes.map((group, i) => {
    const view = changeView(group, `file-${i + 1}`, Math.min(mostLines, room), report, findings, groups, origins)
    for (const hunk of view.hunks) for (const block of hunk.blocks) room -= block.after.length
    return view
  })
}

function changeView(
  group: GroupedChange,
  id: string,
  limit: number,
  report: RunReport,
  views: readonly FindingView[],
  groups: NodeGroups,
  origins: OriginTable,
): ChangeView {
  const { change, nodes } = group
  const safe = (text: string): string => visible(hideSecrets(report.mask, text))
  const own = findingsOf(group, report)
  const byLine = findingsByLine(own)
  const place = change.after?.span ?? change.declared
  const findingsAt = (line: number): readonly number[] =>
    (byLine.get(line) ?? []).map((finding) => report.findings.indexOf(finding))
  const lineId = (line: number): string => {
    for (const index of findingsAt(line)) {
      const view = views[index]
      if (view) view.line = `${id}-line-${line}`
    }
    return `${id}-line-${line}`
  }
  return {
    id,
    path: safe(change.path),
    kind: change.kind,
    ...(nodes.length > 0 ? { nodes: groups.group(nodes) } : {}),
    ...lineCounts(change),
    ...(change.resource ? { resource: `${isPurged(change) ? 'purged by ' : ''}${safe(idText(change.resource))}` } : {}),
    ...(place ? { declared: safe(placeText(place)) } : {}),
    attributes: change.attributes.map((attribute) => ({
      name: attribute.name,
      ...(attribute.before === undefined ? {} : { before: safe(attribute.before) }),
      ...(attribute.after === undefined ? {} : { after: safe(attribute.after) }),
    })),
    ...(change.binary ? { binary: binaryText(change.binary) } : {}),
    ...hunkViews(change, { mask: report.mask, origins, findingsAt, lineId }, limit),
    findings: own.length,
    drift: group.section === 'drift',
    notes: notesOf(group).map(safe),
    structure: (change.structure?.verdict === 'effect' ? change.structure.items : [])
      .slice(0, mostItems)
      .map((item) => ({
        place: safe(placeOfItem(item)),
        name: safe(nameOfItem(item)),
        kind: item.kind,
        what: safe(itemText(item)),
      })),
    causes: (group.causes ?? []).map((causes) => ({
      label: causes.unexplained ? unexplainedText : causeLabel(causes),
      unexplained: causes.unexplained,
      lines: causes.causes.slice(0, mostCauses).map((cause) => ({
        place: safe(causePlace(cause)),
        text: safe(cause.text.trim()),
      })),
      more: Math.max(0, causes.causes.length - mostCauses),
    })),
    oneSided: change.kind === 'added' || change.kind === 'removed',
  }
}

function notesOf({ change, perNode, outlier }: GroupedChange): string[] {
  const verdict = change.structure && verdictText(change.structure)
  const more = (change.structure?.verdict === 'effect' ? change.structure.items.length : 0) - mostItems
  return [
    ...(outlier ? ['Outlier: other nodes change otherwise.'] : []),
    ...(perNode ? [`Each node with its own ${enumerate(perNode)}.`] : []),
    ...conditionNotes(change),
    ...(verdict === undefined ? [] : [verdict]),
    ...(more > 0 ? [`The first ${mostItems} of ${mostItems + more} changes in what it says:`] : []),
  ]
}
