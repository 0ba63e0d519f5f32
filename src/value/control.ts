import type { Span } from '../source/source-file.ts'
import type { Value } from './value.ts'

/**
 * Thrown by `break()`, `next()` and `return()`; not an error. `next` ends in the lambda, function, class or defined type
 * it stands in, `return` in the function, class or defined type; `break` in the iteration around it: the iteration
 * functions that stop at one catch it, the others let it pass. Whatever reaches the top is reported with
 * `controlFlowMessage`.
 */
export class ControlFlow {
  readonly kind: 'break' | 'next' | 'return'
  /** What `next` and `return` hand over; undef for `break`. */
  readonly value: Value
  /** The call. */
  readonly span: Span
  constructor(kind: ControlFlow['kind'], value: Value, span: Span) {
    this.kind = kind
    this.value = value
    this.span = span
  }
}

/** Puppet's wording for a signal outside of anything that it could end. */
export function controlFlowMessage(kind: ControlFlow['kind']): string {
  return `${kind}() from context where this is illegal`
}
