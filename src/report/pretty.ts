import { hideSecrets } from '../diff/mask.ts'
import type { Finding, NodeReport, RunReport, Section } from '../project/run-report.ts'
import { findingsOf } from './change-findings.ts'
import { prettyChange } from './pretty-change.ts'
import { effectRows, resourceRows, serverRows } from './pretty-effects.ts'
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
  const show = (finding: Finding): string => prettyFinding(finding, report.nodes.length, report.mask, style)
  const standing = report.findings.filter((finding) => finding.standing)
  sections.push(...report.findings.filter((finding) => !finding.standing).map(show))
  if (standing.length > 0)
    sections.push(style.paint('strong', 'Found before this change as well'), ...standing.map(show))
  if (report.nodes.length > 0) sections.push(nodesSection(report, style))
  const section = report.comparison ? 'change' : undefined
  sections.push(...differences(report, section, style))
  if (report.comparison) sections.push(...differences(report, 'drift', style))
  if (report.ignored && report.ignored.length > 0) sections.push(ignoredSection(report, style))
  sections.push(style.paint('dim', totals(report, summary)))
  return `${sections.join('\n\n')}\n`
}

/** What changes on the nodes: resources, the services and execs that follow, the files. */
function differences(report: RunReport, section: Section | undefined, style: Style): string[] {
  const sections: string[] = []
  const title = (text: string): string => style.paint('strong', text)
  const changes = report.changes.filter((group) => group.section === section)
  const resources = section === 'drift' ? [] : resourceRows(report, style)
  if (resources.length > 0) sections.push([title('Resources other than files'), ...resources].join('\n'))
  const effects = effectRows(report, section, style)
  if (effects.length > 0 && section !== 'drift') sections.push([title('What follows'), ...effects].join('\n'))
  const server = serverRows(report, section, style)
  if (server.length > 0) {
    const heading = section === 'drift' ? 'What httpd does differently now' : 'What httpd will do differently'
    sections.push([title(heading), ...server].join('\n'))
  }
  if (changes.length > 0) {
    sections.push(title(differencesTitle(report, section)))
    for (const group of changes)
      sections.push(prettyChange(group, findingsOf(group, report), report.nodes.length, report.mask, style))
  }
  if (effects.length > 0 && section === 'drift') sections.push([title('What follows from that'), ...effects].join('\n'))
  return sections
}

function differencesTitle({ deployed, comparison, mask }: RunReport, section: Section | undefined): string {
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  if (section === 'drift')
    return `Not of this change: drift or hand edits in ${safe(deployed ?? '')} that Puppet will overwrite`
  if (comparison) return `This change: from ${safe(comparison.before)} to ${safe(comparison.after)}`
  return deployed === undefined ? 'Files' : `Differences from ${safe(deployed)}`
}

function ignoredSection(report: RunReport, style: Style): string {
  const rows = (report.ignored ?? []).map(
    ({ rule, reason, what, count: number }) =>
      `  ${count(number, what)} with ${visible(rule)}: ${style.paint('dim', visible(reason))}`,
  )
  return [style.paint('strong', 'Ignored by rehearse.yaml'), ...rows].join('\n')
}

const mostNodes = 20

function nodesSection(report: RunReport, style: Style): string {
  const compiled = report.nodes.filter((node) => node.status === 'compiled')
  const failed = report.nodes.filter((node) => node.status === 'failed')
  const listed = report.nodes.length <= mostNodes ? report.nodes : failed.slice(0, mostNodes)
  const width = Math.max(...listed.map((node) => textWidth(visible(node.name))), 0)
  const lines = [style.paint('strong', 'Nodes')]
  const compared = report.comparison ? 'as before' : report.deployed === undefined ? undefined : 'as deployed'
  for (const node of listed) lines.push(`  ${nodeRow(node, width, compared, style)}`)
  if (listed.length < report.nodes.length) {
    if (failed.length > listed.length) lines.push(`  and ${failed.length - listed.length} more that do not compile`)
    lines.push(`  ${style.paint('ok', '✓')} ${count(compiled.length, listed.length > 0 ? 'other' : 'node')} compiled`)
    const reached = compiled.filter((node) => node.reachedBy !== undefined && node.reachedBy.length > 0).length
    if (report.comparison)
      lines.push(
        `  ${style.paint('dim', `${reached} reached by the change, ${compiled.length - reached} not reached`)}`,
      )
  }
  return lines.join('\n')
}

function nodeRow(node: NodeReport, width: number, compared: string | undefined, style: Style): string {
  const name = padEnd(visible(node.name), width)
  if (node.status === 'failed')
    return `${style.paint('error', '✗')} ${name}  ${style.paint('error', 'does not compile')}`
  const facts = [count(node.resources, 'resource'), count(node.files, 'file'), ...comparedText(node, compared)]
  return `${style.paint('ok', '✓')} ${name}  ${style.paint('dim', facts.join(', '))}`
}

function comparedText({ reachedBy, notCompared, unchanged }: NodeReport, compared: string | undefined): string[] {
  if (reachedBy?.length === 0) return ['not reached']
  if (notCompared) return ['not compared']
  return compared ? [`${unchanged} ${compared}`] : []
}

function totals(report: RunReport, summary: Summary): string {
  const files = [
    ...(summary.added > 0 ? [`${summary.added} added`] : []),
    ...(summary.removed > 0 ? [`${summary.removed} removed`] : []),
    ...(summary.changed > 0 ? [`${summary.changed} changed`] : []),
    ...(summary.attributes > 0 ? [`${summary.attributes} with other attributes`] : []),
    ...(report.comparison
      ? [`${summary.unchanged} as before`]
      : report.deployed !== undefined && summary.files > 0
        ? [`${summary.unchanged} as deployed`]
        : []),
  ]
  const parts = [
    ...(summary.nodes > 0 ? [`${summary.nodes - summary.failed} of ${count(summary.nodes, 'node')} compiled`] : []),
    ...(summary.notReached ? [`${summary.notReached} not reached`] : []),
    ...(files.length > 0 ? [`files: ${files.join(', ')}`] : []),
    ...(summary.unexplained > 0 ? [`${summary.unexplained} unexplained`] : []),
    [count(summary.errors, 'error'), count(summary.warnings, 'warning')].join(', '),
    seconds(report.elapsed),
    ...(report.findings.some(({ diagnostic }) => /^(?:lint|request|data)\//.test(diagnostic.code))
      ? ['docs/checks.md tells what the codes mean and how to silence them']
      : []),
  ]
  return parts.join(' · ')
}
