import { hideSecrets, type Mask } from '../../diff/mask.ts'
import type { Finding, RunReport } from '../../project/run-report.ts'
import type { Severity } from '../../source/diagnostic.ts'
import { lineOf, lineStarts } from '../../source/source-file.ts'
import { findingSteps, stepLabel } from '../chain.ts'
import { frameOf, maskedLine } from '../frame.ts'
import { visible } from '../visible-text.ts'
import { placeText } from '../wording.ts'
import type { NodeGroup, NodeGroups } from './node-groups.ts'

export interface FindingView {
  readonly id: string
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly place?: string
  readonly nodes?: NodeGroup
  readonly frame?: readonly FrameLine[]
  readonly trace: readonly TraceRow[]
  readonly remarks: readonly string[]
  /** The id of the element that shows its line in a difference; filled while the differences are made. */
  line?: string
}

interface FrameLine {
  readonly number: number
  readonly before: string
  /** What the finding is about; empty on the lines around it. */
  readonly marked: string
  readonly after: string
}

interface TraceRow {
  readonly label: string
  readonly place?: string
  readonly text: string
}

export function findingViews(report: RunReport, groups: NodeGroups): FindingView[] {
  return report.findings.map((finding, i) => findingView(finding, `finding-${i + 1}`, report.mask, groups))
}

function findingView(finding: Finding, id: string, mask: Mask, groups: NodeGroups): FindingView {
  const { diagnostic } = finding
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const place = diagnostic.span ? placeText(diagnostic.span) : finding.renderedPath
  return {
    id,
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message.split('\n').map(safe).join('\n'),
    ...(place === undefined ? {} : { place: safe(place) }),
    ...(finding.nodes.length > 0 ? { nodes: groups.group(finding.nodes) } : {}),
    ...(diagnostic.span ? { frame: frameLines(finding, mask) } : {}),
    trace: [
      ...findingSteps(finding, mask).map((step) => ({
        label: stepLabel(step),
        ...(step.span ? { place: safe(placeText(step.span)) } : {}),
        text: visible(step.text),
      })),
      ...(diagnostic.related ?? []).map((related) => ({
        label: safe(related.message),
        place: safe(placeText(related.span)),
        text: '',
      })),
    ],
    remarks: [finding.impact, diagnostic.remedy, diagnostic.fix?.description]
      .filter((remark) => remark !== undefined)
      .map(safe),
  }
}

const linesAround = 2

/** The finding's line with two lines on both sides. */
function frameLines(finding: Finding, mask: Mask): FrameLine[] {
  const { span } = finding.diagnostic
  if (!span) return []
  const at = lineOf(span)
  const { text: content } = span.file
  const last = lineStarts(span.file).length - (content.endsWith('\n') ? 1 : 0)
  const lines: FrameLine[] = []
  for (let number = Math.max(1, at - linesAround); number <= Math.min(Math.max(last, at), at + linesAround); number++) {
    if (number === at) {
      const { text, start, end } = frameOf(span, mask, finding.rendered)
      const [before, marked, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(visible)
      lines.push({
        number,
        before: before as string,
        marked: marked === '' ? ' ' : (marked as string),
        after: after as string,
      })
    } else {
      const { text } = maskedLine(span.file, number, mask, finding.rendered)
      lines.push({
        number,
        before: visible(text.length > 200 ? `${text.slice(0, 199)}…` : text),
        marked: '',
        after: '',
      })
    }
  }
  return lines
}
