import type { Cause, Causes } from '../project/causes.ts'

/** What stands where no changed line explains a difference. */
export const unexplainedText =
  'No changed line explains this: look for time, randomness, an order that varies, or facts that differ.'

/** `data/common.yaml:9`, and for a line that is gone, where it was. */
export function causePlace({ path, line, side }: Cause): string {
  return `${path}:${line}${side === 'before' ? ' (removed)' : ''}`
}

/** How the causes lead to the difference: their text is in it, or they decide over it. */
export function causeLabel({ causes }: Causes): string {
  return causes.some((cause) => cause.how === 'flows') ? 'because of' : 'decided by'
}
