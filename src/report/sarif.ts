import { createHash } from 'node:crypto'
import { join, relative } from 'node:path'
import { hideSecrets, knownSecrets } from '../diff/mask.ts'
import type { Finding, RunReport } from '../project/run-report.ts'
import type { Severity } from '../source/diagnostic.ts'
import { positionAt, type Span } from '../source/source-file.ts'
import { findingSteps, stepLabel } from './chain.ts'
import { visible } from './visible-text.ts'
import { nodeList, placeText } from './wording.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/**
 * The findings as SARIF 2.1.0 (OASIS), which code hosts and editors show at the lines of a change. A finding in a
 * rendered file stands where its text comes from, the end of its chain, for the rendered file is in no repository; the
 * other places of the chain are its related locations. Paths are relative to `directory`, where the code host's checkout
 * is, if the environment lies in it.
 */
export function renderSarif(report: RunReport, directory: string): string {
  const prefix = relative(directory, report.environment)
  const locate = (place: Span): object => location(place, prefix.startsWith('..') ? '' : prefix)
  const rules = [...new Set(report.findings.map(({ diagnostic }) => diagnostic.code))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Puppet Rehearsal', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => result(finding, report, rules, locate)),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function result(
  finding: Finding,
  report: RunReport,
  rules: readonly string[],
  locate: (place: Span) => object,
): object {
  const { diagnostic } = finding
  const safe = (text: string): string =>
    text
      .split('\n')
      .map((line) => visible(hideSecrets(report.mask, line)))
      .join('\n')
  const steps = findingSteps(finding, report.mask)
  const source = [...steps].reverse().find((step) => step.span)?.span
  const place = finding.rendered ? source : (diagnostic.span ?? source)
  const on = finding.nodes.length > 0 ? ` on ${nodeList(finding.nodes, report.nodes.length)}` : ''
  const rendered =
    finding.rendered && diagnostic.span
      ? [`In the rendered /${placeText(diagnostic.span)}${on}.`]
      : on === ''
        ? []
        : [`Found${on}.`]
  const text = [diagnostic.message, ...rendered, finding.impact, diagnostic.remedy, diagnostic.fix?.description]
  const related = [
    ...steps.flatMap(({ span, ...step }) =>
      span && span !== place ? [{ span, message: `${stepLabel({ ...step, span })} ${visible(step.text)}` }] : [],
    ),
    ...(diagnostic.related ?? []).map(({ span, message }) => ({ span, message: safe(message) })),
  ]
  // Not even a hash of a secret goes out: short ones can be guessed.
  const said = knownSecrets(report.mask, diagnostic.message).length === 0 ? diagnostic.message : ''
  return {
    ruleId: diagnostic.code,
    ruleIndex: rules.indexOf(diagnostic.code),
    level: levels[diagnostic.severity],
    message: { text: safe(text.filter((line) => line !== undefined).join('\n')) },
    locations: place ? [{ physicalLocation: locate(place) }] : [],
    ...(related.length > 0
      ? {
          relatedLocations: related.map(({ span, message }, id) => ({
            id,
            physicalLocation: locate(span),
            message: { text: message },
          })),
        }
      : {}),
    ...(report.comparison ? { baselineState: finding.standing ? 'unchanged' : 'new' } : {}),
    partialFingerprints: {
      'finding/v1': fingerprint(diagnostic.code, place?.file.path ?? '', finding.renderedPath ?? '', said),
    },
    properties: { nodes: finding.nodes },
  }
}

/** Lines and columns count from 1, columns in UTF-16 units, ends are exclusive (SARIF 2.1.0, 3.30). */
function location({ file, start, end }: Span, prefix: string): object {
  const [from, to] = [positionAt(file, start), positionAt(file, end)]
  return {
    artifactLocation: { uri: join(prefix, file.path).split('/').map(encodeURIComponent).join('/') },
    region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
  }
}

/** The same from run to run, so that a host knows a finding again after lines moved. */
function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
