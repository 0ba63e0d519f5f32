import type { IteratorValue, Value } from '../value/value.ts'
import { builtin, nothing, originOf, overload, param, withBlock, yieldTo } from './definition.ts'
import { elementType, sequenceOf, untilBreak } from './iteration.ts'

export const reverseEach = builtin('reverse_each', [
  overload([param('Iterable', 'iterable')], (call) => {
    const { values } = sequenceOf(call, call.args[0] as Value)
    const iterator: IteratorValue = {
      kind: 'iterator',
      element: elementType(call.args[0] as Value),
      values: { [Symbol.iterator]: () => [...values].reverse()[Symbol.iterator]() },
      origin: originOf(call),
    }
    return iterator
  }),
  overload(
    [param('Iterable', 'iterable')],
    (call) => {
      const values = [...sequenceOf(call, call.args[0] as Value).values].reverse()
      untilBreak(() => {
        for (const value of values) yieldTo(call, value)
      })
      return nothing(call)
    },
    withBlock('Callable[1,1]'),
  ),
])
