import { hideSecrets } from '../diff/mask.ts'
import type { NodeReport, RunReport } from '../project/run-report.ts'
import { findingsOf } from './change-findings.ts'
import { prettyChange } from './pretty-change.ts'
import { prettyFinding } from './pretty-finding.ts'
import type { Style } from './style.ts'
import { type Summary, summarise, verdict } from './summary.ts'
import { padEnd, textWidth, visible } from './visible-text.ts'
import { count, seconds } from './wording.ts'

/**
 * The report for a terminal: the verdict in one line, the findings, the nodes, the differences, the totals. Everything
 * that comes out of files or data is made visible first, so that no escape sequence reaches the terminal.
 */
export function renderPretty(report: RunReport, style: Style): string {
  const summary = summarise(report)
  const mark = summary.errors + summary.failed > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'ok'
  const sign = { error: '✗', warning: '!', ok: '✓' }[mark]
  const sections = [`${style.paint(mark, sign)} ${style.paint('strong', verdict(report, summary))}`]
  for (const finding of report.findings) sections.push(prettyFinding(finding, report.nodes.length, report.mask, style))
  if (report.nodes.length > 0) sections.push(nodesSection(report, style))
  if (report.changes.length > 0) {
    sections.push(style.paint('strong', differencesTitle(report)))
    for (const group of report.changes)
      sections.push(prettyChange(group, findingsOf(group, report), report.nodes.length, report.mask, style))
  }
  sections.push(style.paint('dim', totals(report, summary)))
  return `${sections.join('\n\n')}\n`
}

function differencesTitle(report: RunReport): string {
  if (report.deployed === undefined) return 'Files'
  return `Differences from ${visible(hideSecrets(report.mask, report.deployed))}`
}

const mostNodes = 20

function nodesSection(report: RunReport, style: Style): string {
  const compiled = report.nodes.filter((node) => node.status === 'compiled')
  const failed = report.nodes.filter((node) => node.status === 'failed')
  const listed = report.nodes.length <= mostNodes ? report.nodes : failed.slice(0, mostNodes)
  const width = Math.max(...listed.map((node) => textWidth(visible(node.name))), 0)
  const lines = [style.paint('strong', 'Nodes')]
  for (const node of listed) lines.push(`  ${nodeRow(node, width, report.deployed !== undefined, style)}`)
  if (listed.length < report.nodes.length) {
    if (failed.length > listed.length) lines.push(`  and ${failed.length - listed.length} more that do not compile`)
    lines.push(`  ${style.paint('ok', '✓')} ${count(compiled.length, listed.length > 0 ? 'other' : 'node')} compiled`)
  }
  return lines.join('\n')
}

function nodeRow(node: NodeReport, width: number, compared: boolean, style: Style): string {
  const name = padEnd(visible(node.name), width)
  if (node.status === 'failed')
    return `${style.paint('error', '✗')} ${name}  ${style.paint('error', 'does not compile')}`
  const facts = [
    count(node.resources, 'resource'),
    count(node.files, 'file'),
    ...(compared ? [`${node.unchanged} as deployed`] : []),
  ]
  return `${style.paint('ok', '✓')} ${name}  ${style.paint('dim', facts.join(', '))}`
}

function totals(report: RunReport, summary: Summary): string {
  const files = [
    ...(summary.added > 0 ? [`${summary.added} added`] : []),
    ...(summary.removed > 0 ? [`${summary.removed} removed`] : []),
    ...(summary.changed > 0 ? [`${summary.changed} changed`] : []),
    ...(summary.attributes > 0 ? [`${summary.attributes} with other attributes`] : []),
    ...(report.deployed !== undefined && summary.files > 0 ? [`${summary.unchanged} as deployed`] : []),
  ]
  const parts = [
    ...(summary.nodes > 0 ? [`${summary.nodes - summary.failed} of ${count(summary.nodes, 'node')} compiled`] : []),
    ...(files.length > 0 ? [`files: ${files.join(', ')}`] : []),
    [count(summary.errors, 'error'), count(summary.warnings, 'warning')].join(', '),
    seconds(report.elapsed),
  ]
  return parts.join(' · ')
}
