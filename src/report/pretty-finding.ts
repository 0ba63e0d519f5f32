import { hideSecrets, type Mask } from '../diff/mask.ts'
import type { Finding } from '../project/run-report.ts'
import { findingSteps, stepLabel } from './chain.ts'
import { frameOf } from './frame.ts'
import type { Style } from './style.ts'
import { padEnd, textWidth, visible, visibleLine } from './visible-text.ts'
import { count, nodeList, placeText } from './wording.ts'

const mostSteps = 8
const mostRelated = 8

/** One finding: what is wrong, where and on which nodes, the line itself, where its text comes from, what to do. */
export function prettyFinding(finding: Finding, allNodes: number, mask: Mask, style: Style): string {
  const { diagnostic } = finding
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const [message, ...rest] = diagnostic.message.trimStart().split('\n').map(safe)
  const lines = [
    `${paint(diagnostic.severity, `${diagnostic.severity}:`)} ${paint('strong', message ?? '')}  ${paint('dim', `[${diagnostic.code}]`)}`,
    ...rest.map((line) => `  ${line}`),
  ]
  const nodes = nodeList(finding.nodes, allNodes)
  const on = nodes === '' ? '' : `on ${visible(nodes)}`
  if (diagnostic.span) {
    const place = paint('path', safe(placeText(diagnostic.span)))
    lines.push(`  ${place}${on === '' ? '' : ` ${on}`}`)
    const frame = frameOf(diagnostic.span, mask, finding.rendered)
    const number = String(frame.line)
    const shown = visibleLine(frame.text)
    const [start, end] = [shown.place(frame.start), shown.place(frame.end)]
    const before = ' '.repeat(textWidth(shown.text.slice(0, start)))
    const carets = '^'.repeat(Math.max(1, textWidth(shown.text.slice(start, end))))
    lines.push(`  ${paint('dim', `${number} │`)} ${shown.text}`.trimEnd())
    lines.push(`  ${paint('dim', `${' '.repeat(number.length)} │`)} ${before}${paint(diagnostic.severity, carets)}`)
  } else if (finding.renderedPath !== undefined || on !== '') {
    lines.push(`  ${[paint('path', safe(finding.renderedPath ?? '')), on].filter((part) => part !== '').join(' ')}`)
  }
  lines.push(...originRows(finding, mask, style))
  for (const remark of [finding.impact, diagnostic.remedy, diagnostic.fix?.description])
    if (remark !== undefined) lines.push(...remark.split('\n').map((line) => `  ${safe(line)}`))
  return lines.join('\n')
}

/** The chain of origins and the places that belong to the finding, in columns: relation, place, text. */
function originRows(finding: Finding, mask: Mask, style: Style): string[] {
  const steps = findingSteps(finding, mask)
  const rows = steps.slice(0, mostSteps).map((step) => ({
    label: stepLabel(step),
    place: step.span ? visible(placeText(step.span)) : '',
    text: visible(step.text),
  }))
  const related = finding.diagnostic.related ?? []
  for (const { message, span } of related.slice(0, mostRelated))
    rows.push({
      label: visible(hideSecrets(mask, message)).replaceAll('\n', ' '),
      place: visible(placeText(span)),
      text: '',
    })
  const labelWidth = Math.max(...rows.map((row) => textWidth(row.label)), 0)
  const placeWidth = Math.max(...rows.map((row) => (row.text === '' ? 0 : textWidth(row.place))), 0)
  const lines = rows.map((row) => {
    const label = style.paint('dim', padEnd(row.label, labelWidth))
    const place = row.place === '' && row.text !== '' ? '' : padEnd(row.place, placeWidth)
    const parts = [...(place === '' ? [] : [style.paint('path', place)]), ...(row.text === '' ? [] : [row.text])]
    return `  ${label}   ${parts.join('   ')}`.trimEnd()
  })
  if (steps.length > mostSteps)
    lines.push(`  ${style.paint('dim', `and ${count(steps.length - mostSteps, 'step')} more: see rehearse explain`)}`)
  if (related.length > mostRelated)
    lines.push(`  ${style.paint('dim', `and ${count(related.length - mostRelated, 'place')} more`)}`)
  return lines
}
