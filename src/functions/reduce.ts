import { ControlFlow } from '../value/control.ts'
import type { Value } from '../value/value.ts'
import { builtin, type Call, nothing, overload, param, withBlock, yieldTo } from './definition.ts'
import { needEnumerable, sequenceOf } from './iteration.ts'

export const reduce = builtin('reduce', [
  overload([param('Iterable', 'enumerable')], (call) => fold(call, undefined), withBlock('Callable[2,2]')),
  overload(
    [param('Iterable', 'enumerable'), param('Any', 'memo')],
    (call) => fold(call, call.args[1]),
    withBlock('Callable[2,2]'),
  ),
])

/** Without a start the first element is it; `break()` gives what there is so far. */
function fold(call: Call, start: Value | undefined): Value {
  needEnumerable(call, 'reduce')
  let memo = start
  for (const element of sequenceOf(call, call.args[0] as Value).values) {
    if (memo === undefined) {
      memo = element
      continue
    }
    try {
      memo = yieldTo(call, memo, element)
    } catch (signal) {
      if (signal instanceof ControlFlow && signal.kind === 'break') return memo
      throw signal
    }
  }
  return memo ?? nothing(call)
}
