import type { Value } from '../value/value.ts'
import { builtin, nothing, originOf, overload, param, withBlock, yieldTo } from './definition.ts'
import { sequenceOf, untilBreak } from './iteration.ts'
import { elementType, isCounted, iteratorOver } from './iterators.ts'

export const reverseEach = builtin('reverse_each', [
  overload([param('Iterable', 'iterable')], (call) => {
    const source = call.args[0] as Value
    const values = [...sequenceOf(call, source).values].reverse()
    return iteratorOver(values, elementType(source), originOf(call), isCounted(source))
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
