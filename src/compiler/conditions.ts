import type { Expression } from '../puppet/ast.ts'
import type { Span } from '../source/source-file.ts'
import { type Condition, isFixed, type Origin, type Read, wholeOrigin } from '../value/origin.ts'
import { type Value, withOrigin } from '../value/value.ts'
import { tracked } from './reading.ts'
import type { Scope, State } from './state.ts'

/** Runs `body` where a condition holds: what it makes is there because of it. */
export function under<T>(state: State, condition: Condition | undefined, body: () => T): T {
  const outer = state.condition
  state.condition = condition
  try {
    return body()
  } finally {
    state.condition = outer
  }
}

/**
 * The condition that a decision makes within those in force. `decide` evaluates what decides, and gives the value that
 * was tested and the option that it matched, beside its own result; what neither data nor facts can change is no condition.
 */
export function decision<T>(
  node: Expression,
  scope: Scope,
  decide: () => { readonly tested: Value; readonly result: T; readonly option?: Span },
): { readonly result: T; readonly condition: Condition | undefined } {
  const reads: Read[] = []
  const { tested, result, option } = tracked(scope, reads, decide)
  const condition = conditionOf(scope.state, node.span, tested, reads)
  const own = option && condition !== scope.state.condition
  return { result, condition: own && condition ? { ...condition, option } : condition }
}

/** What was tested as a condition within those in force; the ones in force where it is fixed. */
function conditionOf(
  state: State,
  span: Span | undefined,
  tested: Value,
  reads: readonly Read[] = [],
  within: Condition | undefined = state.condition,
): Condition | undefined {
  const origin = wholeOrigin(tested)
  const varying = reads.filter((read) => !isFixed(wholeOrigin(read.value)))
  if (varying.length === 0 && isFixed(origin)) return within
  return { ...(span && span.file.path !== '' ? { span } : {}), origin, reads: varying, within }
}

/** The value of a branch that a condition of `state` has chosen. */
export function chosenBy(value: Value, condition: Condition | undefined, state: State): Value {
  return condition === state.condition ? value : chosen(value, condition)
}

export function chosen(value: Value, by: Condition | undefined): Value {
  return by ? withOrigin(value, { kind: 'chosen', from: value.origin, by }) : value
}

/** What decides over an element that was taken by a key; `own` is the key as the collection has it. */
export function takenBy(found: Value, key: Value, own: Value | undefined, span: Span): Value {
  if (isFixed(key.origin)) return found
  const option = own?.origin.kind === 'literal' && own.origin.span
  return chosen(found, { span, ...(option ? { option } : {}), origin: key.origin, reads: [] })
}

/** The condition under which the block of a loop runs: the element that it was given, last of its arguments. */
export function elementCondition(
  args: readonly Value[],
  span: Span,
  state: State,
  within: Condition | undefined,
): Condition | undefined {
  for (const value of [...args].reverse()) {
    const condition = conditionOf(state, span, value, [], within)
    if (condition !== within) return condition
  }
  return within
}

/** The condition for what a function makes of its arguments: it is there because of them. */
export function argumentCondition(state: State): Condition | undefined {
  const call = state.calls.at(-1)
  if (!call) return state.condition
  let condition = state.condition
  for (const value of call.args) condition = conditionOf(state, call.span, value, [], condition)
  return condition
}

/** The same conditions with one more around a name that a resource goes by. */
export function nameCondition(
  condition: Condition | undefined,
  origin: Origin | undefined,
  span: Span | undefined,
): Condition | undefined {
  if (!origin || isFixed(origin)) return condition
  return { ...(span && span.file.path !== '' ? { span } : {}), origin, reads: [], within: condition }
}

/** Conditions that came later, around those that were there. */
export function joined(before: Condition | undefined, later: Condition | undefined): Condition | undefined {
  if (!later || later === before) return before
  return before ? { ...later, within: joined(before, later.within) } : later
}
