import type { IntegerValue, IteratorValue, Value } from '../value/value.ts'
import { builtin, nothing, originOf, overload, param, withBlock, yieldTo } from './definition.ts'
import { elementType, sequenceOf, untilBreak } from './iteration.ts'

export const step = builtin('step', [
  overload([param('Iterable', 'iterable'), param('Integer[1]', 'step')], (call) => {
    const { values } = sequenceOf(call, call.args[0] as Value)
    const size = (call.args[1] as IntegerValue).value
    const iterator: IteratorValue = {
      kind: 'iterator',
      element: elementType(call.args[0] as Value),
      values: { [Symbol.iterator]: () => everyNth(values, size)[Symbol.iterator]() },
      origin: originOf(call),
    }
    return iterator
  }),
  overload(
    [param('Iterable', 'iterable'), param('Integer[1]', 'step')],
    (call) => {
      const { values } = sequenceOf(call, call.args[0] as Value)
      untilBreak(() => {
        for (const value of everyNth(values, (call.args[1] as IntegerValue).value)) yieldTo(call, value)
      })
      return nothing(call)
    },
    withBlock('Callable[1,1]'),
  ),
])

function* everyNth(values: Iterable<Value>, size: bigint): Iterable<Value> {
  let index = 0n
  for (const value of values) if (index++ % size === 0n) yield value
}
