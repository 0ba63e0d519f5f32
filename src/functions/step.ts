import type { IntegerValue, Value } from '../value/value.ts'
import { builtin, nothing, originOf, overload, param, withBlock, yieldTo } from './definition.ts'
import { sequenceOf, untilBreak } from './iteration.ts'
import { elementType, isCounted, iteratorOver } from './iterators.ts'

export const step = builtin('step', [
  overload([param('Iterable', 'iterable'), param('Integer[1]', 'step')], (call) => {
    const source = call.args[0] as Value
    const { values } = sequenceOf(call, source, 'next')
    const size = (call.args[1] as IntegerValue).value
    return iteratorOver(everyNth(values, size), elementType(source), originOf(call), size > 1n || isCounted(source))
  }),
  overload(
    [param('Iterable', 'iterable'), param('Integer[1]', 'step')],
    (call) => {
      const { values } = sequenceOf(call, call.args[0] as Value, 'next')
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
