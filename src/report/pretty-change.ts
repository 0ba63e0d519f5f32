import { idText } from '../catalog/catalog.ts'
import type { FileChange, HunkLine } from '../diff/file-change.ts'
import { hideSecrets, type Mask } from '../diff/mask.ts'
import type { Structure, StructureItem } from '../diff/structure.ts'
import type { Causes } from '../project/causes.ts'
import type { Finding, GroupedChange } from '../project/run-report.ts'
import { causeLabel, causePlace, unexplainedText } from './cause-text.ts'
import { findingsByLine } from './change-findings.ts'
import { maskedHunk } from './masked-hunk.ts'
import { itemText, nameOfItem, placeOfItem, verdictText } from './structure-text.ts'
import type { Role, Style } from './style.ts'
import { visible, visibleLine } from './visible-text.ts'
import { binaryText, conditionNotes, count, enumerate, isPurged, lineCounts, nodeList, placeText } from './wording.ts'

const roles: Readonly<Record<FileChange['kind'], Role>> = {
  added: 'added',
  removed: 'removed',
  changed: 'warning',
  attributes: 'info',
  unchanged: 'dim',
}

/** One file's difference: a heading, its attributes, its hunks with line numbers of both sides, findings below their lines. */
export function prettyChange(
  group: GroupedChange,
  findings: readonly Finding[],
  allNodes: number,
  mask: Mask,
  style: Style,
): string {
  const { change, nodes } = group
  const { paint } = style
  const { added, removed } = lineCounts(change)
  const counts = [
    ...(added > 0 ? [paint('added', `+${added}`)] : []),
    ...(removed > 0 ? [paint('removed', `−${removed}`)] : []),
  ].join(' ')
  const kind = change.kind === 'attributes' ? 'attributes' : change.kind
  const heading = [paint(roles[change.kind], kind), paint('strong', visible(hideSecrets(mask, change.path))), counts]
  const on = nodeList(nodes, allNodes)
  const outlier = group.outlier ? `  ${paint('warning', 'outlier: other nodes change otherwise')}` : ''
  return [
    `${heading.filter((part) => part !== '').join('  ')}${on === '' ? '' : `  on ${visible(on)}`}${outlier}`,
    ...changeRows(group, mask, style),
    ...hunkLines(group, findings, mask, style),
    ...wholeCauseRows(group, mask, style),
  ].join('\n')
}

/** What is to be said of a file's difference before its lines: resource, structure, attributes, sizes. */
export function changeRows(group: GroupedChange, mask: Mask, style: Style): string[] {
  const { change } = group
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const lines: string[] = []
  if (change.resource) {
    const place = change.after?.span ?? change.declared
    const declared = place ? `, ${safe(placeText(place))}` : ''
    lines.push(
      `  ${paint('dim', `${isPurged(change) ? 'purged by ' : ''}${safe(idText(change.resource))}${declared}`)}`,
    )
  }
  if (group.perNode) lines.push(`  ${paint('dim', `each node with its own ${enumerate(group.perNode.map(visible))}`)}`)
  for (const note of conditionNotes(change)) lines.push(`  ${paint('info', safe(note))}`)
  if (change.structure) lines.push(...structureRows(change.structure, mask, style))
  for (const attribute of change.attributes) {
    const [old, fresh] = [attribute.before, attribute.after].map((text) => (text === undefined ? '' : safe(text)))
    const text =
      old === ''
        ? paint('added', fresh as string)
        : `${paint('removed', old as string)} → ${paint('added', fresh as string)}`
    lines.push(`  ${attribute.name} ${text}`)
  }
  if (change.binary) lines.push(`  ${binaryText(change.binary)}`)
  return lines
}

/** What leads to a difference that has no lines. */
export function wholeCauseRows({ change, causes }: GroupedChange, mask: Mask, style: Style): string[] {
  const [whole] = causes ?? []
  return whole && change.hunks.length === 0 ? causeRows(whole, '  ', mask, style) : []
}

const mostItems = 6

/** A change in the file's own terms, above its lines. */
function structureRows(structure: Structure, mask: Mask, style: Style): string[] {
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const verdict = verdictText(structure)
  if (verdict !== undefined) return [`  ${style.paint('info', verdict)}`]
  const rows = structure.items.slice(0, mostItems).map((item) => {
    const place = placeOfItem(item)
    return `  ${style.paint('dim', `${place === '' ? '' : `${safe(place)} › `}`)}${safe(nameOfItem(item))} ${style.paint(itemRole[item.kind], itemText(item))}`
  })
  const more = structure.items.length - rows.length
  return more > 0 ? [...rows, `  ${style.paint('dim', `and ${more} more`)}`] : rows
}

const itemRole: Readonly<Record<StructureItem['kind'], Role>> = {
  added: 'added',
  removed: 'removed',
  changed: 'warning',
  moved: 'info',
}

const mostCauses = 4

/** The changed lines of the control repo that lead to a hunk. */
export function causeRows(causes: Causes, gutter: string, mask: Mask, style: Style): string[] {
  if (causes.unexplained) return [`${gutter}${style.paint('warning', unexplainedText)}`]
  const label = causeLabel(causes)
  const rows = causes.causes.slice(0, mostCauses).map((cause, i) => {
    const text = visible(hideSecrets(mask, cause.text.trim()))
    const head = style.paint('dim', i === 0 ? label : ' '.repeat(label.length))
    return `${gutter}${head}   ${style.paint('path', visible(causePlace(cause)))}   ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`
  })
  const more = causes.causes.length - rows.length
  return more > 0 ? [...rows, `${gutter}${style.paint('dim', `and ${count(more, 'more line')}`)}`] : rows
}

function hunkLines(group: GroupedChange, findings: readonly Finding[], mask: Mask, style: Style): string[] {
  const { change } = group
  const byLine = findingsByLine(findings)
  const last = change.hunks.at(-1)
  const width = String(
    Math.max(last ? last.beforeStart + last.beforeLines : 0, last ? last.afterStart + last.afterLines : 0),
  ).length
  const lines: string[] = []
  let shown = 0
  let left = 0
  for (const [i, hunk] of change.hunks.entries()) {
    const room = (style.maximumLines ?? Number.POSITIVE_INFINITY) - shown
    if (room <= 0) {
      left += hunk.lines.length
      continue
    }
    if (i > 0) lines.push(`  ${' '.repeat(width * 2 + 1)} ${style.paint('dim', '⋮')}`)
    for (const line of maskedHunk(hunk, mask).lines.slice(0, room)) {
      lines.push(...hunkLine(line, width, style))
      for (const finding of line.afterLine === undefined ? [] : (byLine.get(line.afterLine) ?? [])) {
        const { severity, code } = finding.diagnostic
        lines.push(
          `  ${' '.repeat(width * 2 + 1)} ${style.paint('dim', '╰')} ${style.paint(severity, severity)} ${style.paint('dim', `[${code}]`)}`,
        )
      }
    }
    const causes = group.causes?.[i]
    if (causes)
      lines.push(...causeRows(causes, `  ${' '.repeat(width * 2 + 1)} ${style.paint('dim', '╰')} `, mask, style))
    shown += hunk.lines.length
    left += Math.max(0, hunk.lines.length - room)
  }
  if (left > 0)
    lines.push(
      `  ${style.paint('dim', `… ${count(left, 'line')} more; --format html and --format json have them all`)}`,
    )
  return lines
}

function hunkLine(line: HunkLine, width: number, style: Style): string[] {
  const numbers = [line.beforeLine, line.afterLine].map((n) => String(n ?? '').padStart(width)).join(' ')
  const sign = line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '
  const gutter = `  ${style.paint('dim', `${numbers} │`)} `
  const lines = [`${gutter}${paintLine(line, sign, style)}`.trimEnd()]
  if (line.noNewline) lines.push(`${gutter}${style.paint('dim', '\\ No newline at end of file')}`)
  return lines
}

function paintLine(line: HunkLine, sign: string, style: Style): string {
  const { text, place } = visibleLine(line.text)
  if (line.kind === 'context') return `${sign} ${text}`
  let painted = style.paint(line.kind, `${sign} `)
  let at = 0
  for (const [start, end] of line.highlights) {
    painted += style.paint(line.kind, text.slice(at, place(start)))
    painted += style.paint(`${line.kind}-word`, text.slice(place(start), place(end)))
    at = place(end)
  }
  return painted + style.paint(line.kind, text.slice(at))
}
