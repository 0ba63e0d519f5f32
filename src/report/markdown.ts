import { hideSecrets } from '../diff/mask.ts'
import type { Finding, GroupedChange, RunReport, Section } from '../project/run-report.ts'
import { findingsByLine, findingsOf } from './change-findings.ts'
import { maskedHunk } from './masked-hunk.ts'
import { causeRows, changeRows, wholeCauseRows } from './pretty-change.ts'
import { effectRows, resourceRows, serverRows } from './pretty-effects.ts'
import { prettyFinding } from './pretty-finding.ts'
import type { Style } from './style.ts'
import { summarise, verdict } from './summary.ts'
import { visible } from './visible-text.ts'
import { count, lineCounts, nodeList, seconds } from './wording.ts'

/** Code hosts take comments of 65,536 characters; this leaves room for a heading that a job puts before it. */
const mostCharacters = 60_000

/** Lines of one file's difference. */
const maximumLines = 150

const style: Style = { paint: (_role, text) => text, maximumLines }

/**
 * The report as a comment on a merge request, in GitHub Flavored Markdown: the verdict as its heading, the findings,
 * what follows, and each file's difference to unfold. Text out of files and data stands in fenced code and in
 * `<code>` alone, where neither markup nor mentions act. It is never longer than a comment may be: what does not fit
 * is counted.
 */
export function renderMarkdown(report: RunReport): string {
  const summary = summarise(report)
  const sign = summary.errors + summary.failed > 0 ? '❌' : summary.warnings > 0 ? '⚠️' : '✅'
  const head = `## ${sign} ${verdict(report, summary)}\n`
  const compiled = `${summary.nodes - summary.failed} of ${count(summary.nodes, 'node')} compiled`
  const reached = summary.notReached ? `, ${summary.notReached} not reached by the change` : ''
  const foot = `<sub>Puppet Rehearsal${summary.nodes > 0 ? `: ${compiled}${reached}` : ''}, ${seconds(report.elapsed)}</sub>\n`
  const parts = [
    ...findingParts(report),
    ...differenceParts(report, report.comparison ? 'change' : undefined),
    ...(report.comparison ? differenceParts(report, 'drift') : []),
    ...ignoredParts(report),
  ]
  let room = mostCharacters - head.length - foot.length - 200
  const kept: string[] = []
  let left = 0
  for (const part of parts) {
    if (part.length > room) left++
    else {
      kept.push(part)
      room -= part.length + 1
    }
  }
  const more = left > 0 ? [`**${count(left, 'more part')}** did not fit into a comment: see the other formats.\n`] : []
  return [head, ...kept, ...more, foot].join('\n')
}

function findingParts(report: RunReport): string[] {
  const text = (finding: Finding): string => fenced(prettyFinding(finding, report.nodes.length, report.mask, style))
  const own = report.findings.filter((finding) => !finding.standing).map(text)
  const standing = report.findings.filter((finding) => finding.standing).map(text)
  if (standing.length === 0) return own
  return [...own, folded(`${count(standing.length, 'finding')} that the state before has as well`, standing.join('\n'))]
}

function differenceParts(report: RunReport, section: Section | undefined): string[] {
  const drift = section === 'drift'
  const changes = report.changes.filter((group) => group.section === section)
  const rows: readonly [title: string, rows: readonly string[]][] = [
    ['Resources other than files', drift ? [] : resourceRows(report, style)],
    [drift ? 'What follows from the drift' : 'What follows', effectRows(report, section, style)],
    [drift ? 'What httpd does differently now' : 'What httpd will do differently', serverRows(report, section, style)],
  ]
  const few = changes.length <= 3 && !drift
  return [
    ...(drift && changes.length > 0
      ? ['### Not of this change: drift or hand edits that Puppet will overwrite\n']
      : []),
    ...rows
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => `### ${title}\n\n${fenced(lines.join('\n'))}`),
    ...changes.map((group) => changePart(group, report, few)),
  ]
}

const kinds = { added: 'new', removed: 'removed', changed: 'changed', attributes: 'attributes', unchanged: 'unchanged' }

function changePart(group: GroupedChange, report: RunReport, open: boolean): string {
  const { change, nodes } = group
  const { added, removed } = lineCounts(change)
  const lines = [...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`−${removed}`] : [])].join(' ')
  const on = nodeList(nodes, report.nodes.length)
  const summary = [
    kinds[change.kind],
    `<b>${code(hideSecrets(report.mask, change.path))}</b>`,
    lines,
    on === '' ? '' : `on ${code(on)}`,
    group.outlier ? '(outlier: other nodes change otherwise)' : '',
  ]
  const diff = [
    ...changeRows(group, report.mask, style),
    ...diffRows(group, report),
    ...wholeCauseRows(group, report.mask, style),
  ]
  return folded(summary.filter((part) => part !== '').join(' '), fenced(diff.join('\n'), 'diff'), open)
}

/** A unified difference; findings stand below their lines, causes below their hunks. */
function diffRows(group: GroupedChange, report: RunReport): string[] {
  const findings = findingsByLine(findingsOf(group, report))
  const rows: string[] = []
  for (const [i, hunk] of group.change.hunks.entries()) {
    if (rows.length >= maximumLines) continue
    rows.push(`@@ -${hunk.beforeStart},${hunk.beforeLines} +${hunk.afterStart},${hunk.afterLines} @@`)
    for (const line of maskedHunk(hunk, report.mask).lines) {
      const sign = line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '
      rows.push(`${sign}${visible(line.text)}`)
      if (line.noNewline) rows.push('\\ No newline at end of file')
      for (const { diagnostic } of line.afterLine === undefined ? [] : (findings.get(line.afterLine) ?? []))
        rows.push(`! ${diagnostic.severity} [${diagnostic.code}]`)
    }
    const causes = group.causes?.[i]
    if (causes) rows.push(...causeRows(causes, '# ', report.mask, style))
  }
  const left = rows.length - maximumLines
  return left > 0 ? [...rows.slice(0, maximumLines), `# … ${count(left, 'more line')}`] : rows
}

function ignoredParts(report: RunReport): string[] {
  const rows = (report.ignored ?? []).map(
    ({ rule, reason, what, count: number }) => `${count(number, what)} with ${visible(rule)}: ${visible(reason)}`,
  )
  return rows.length === 0 ? [] : [folded('Ignored by rehearse.yaml', fenced(rows.join('\n')))]
}

/** A fence longer than any in the text (CommonMark 0.31, 4.5). */
function fenced(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}\n`
}

function folded(summary: string, content: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${summary}</summary>\n\n${content}\n</details>\n`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** In a block of HTML only HTML's own characters act (CommonMark 0.31, 4.6). */
function code(text: string): string {
  return `<code>${visible(text).replace(/[&<>"]/g, (character) => entities[character] as string)}</code>`
}
