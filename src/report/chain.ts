import type { Step } from '../catalog/trace.ts'
import { hideSecrets, type Mask } from '../diff/mask.ts'

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
}

/** What a step is to the one before it, in words: `rendered by`, `set in`. */
export function stepLabel(step: Step): string {
  return labels[step.kind]
}

/** A chain as people are shown it: nothing is named twice, and no secret appears. */
export function shownSteps(steps: readonly Step[], mask: Mask): Step[] {
  const shown: Step[] = []
  for (const step of steps) {
    const last = shown.at(-1)
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
