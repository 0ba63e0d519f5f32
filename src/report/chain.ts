import type { Step } from '../catalog/trace.ts'
import { clipRanges, hideSecrets, type Mask, secretRanges } from '../diff/mask.ts'
import type { Finding } from '../project/run-report.ts'

const labels: Readonly<Record<Step['kind'], string>> = {
  template: 'rendered by',
  read: 'from',
  parameter: 'through',
  variable: 'through',
  call: 'computed by',
  hiera: 'set in',
  fact: 'fact',
  literal: 'written in',
  builtin: 'by Puppet',
  condition: 'because of',
  option: 'matching',
  fragment: 'part of',
}

/** What a step is to the one before it, in words: `rendered by`, `set in`. */
export function stepLabel(step: Step): string {
  return labels[step.kind]
}

/** A chain as people are shown it: what stands at its places; nothing is named twice, and no secret appears. */
export function shownSteps(steps: readonly Step[], mask: Mask): Step[] {
  const shown: Step[] = []
  for (const step of steps) {
    const last = shown.at(-1)
    if (step.level) continue
    if (last && (namedBy(last, step) || isTextOf(last, step))) continue
    shown.push({ ...step, text: hideSecrets(mask, step.text) })
  }
  return shown
}

/** A variable that the read of its element has named already. */
function namedBy(last: Step, step: Step): boolean {
  return (
    (step.kind === 'parameter' || step.kind === 'variable') &&
    (last.kind === 'read' || last.kind === 'parameter' || last.kind === 'variable') &&
    last.span?.file.path === step.span?.file.path &&
    last.span?.start === step.span?.start &&
    last.text.startsWith(step.text)
  )
}

/** Text that stands in a template was written there: no news. */
function isTextOf(last: Step, step: Step): boolean {
  return (
    last.kind === 'template' &&
    step.kind === 'literal' &&
    last.span !== undefined &&
    step.span !== undefined &&
    last.span.file.path === step.span.file.path &&
    step.span.start <= last.span.start &&
    last.span.end <= step.span.end
  )
}

/** The chain of a finding as people are shown it. */
export function findingSteps(finding: Finding, mask: Mask): Step[] {
  const steps = shownSteps(finding.trace, mask)
  const { span } = finding.diagnostic
  if (!span || finding.rendered?.source?.text !== span.file.text) return steps
  const end = Math.max(span.end, span.start + 1)
  if (clipRanges(secretRanges(finding.rendered), span.start, end).length === 0) return steps
  return withoutValues(steps, span.file.text.slice(span.start, end))
}

/** The chain of a secret: its places may be told, what stands there may not. */
export function withoutValues(steps: readonly Step[], secret: string): Step[] {
  const value = secret.trim()
  return steps.map((step) => {
    const tells = step.kind === 'literal' || (value !== '' && (step.text.includes(value) || value.includes(step.text)))
    return tells ? { ...step, text: '••••' } : step
  })
}
