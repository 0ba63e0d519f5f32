import { type ArrayValue, array, integer, type Value } from '../value/value.ts'
import { builtin, type Call, isTrue, originOf, overload, param, toArray, withBlock, yieldTo } from './definition.ts'
import { sequenceOf } from './iteration.ts'

const returns = 'Tuple[Array, Array]'

export const partition = builtin('partition', [
  overload([param('Collection', 'collection')], (call) => parted(call, (element) => yieldTo(call, element)), {
    ...withBlock('Callable[1,1]'),
    returns,
  }),
  overload(
    [param('Array', 'array')],
    (call) => parted(call, (element, index) => yieldTo(call, integer(index, originOf(call)), element)),
    { ...withBlock('Callable[2,2]'), returns },
  ),
  overload(
    [param('Collection', 'collection')],
    (call) => parted(call, (pair) => yieldTo(call, ...(pair as ArrayValue).values)),
    { ...withBlock('Callable[2,2]'), returns },
  ),
])

function parted(call: Call, test: (element: Value, index: number) => Value): Value {
  const chosen: Value[] = []
  const rest: Value[] = []
  let index = 0
  for (const element of sequenceOf(call, call.args[0] as Value).values)
    (isTrue(test(element, index++)) ? chosen : rest).push(element)
  const origin = originOf(call)
  return toArray(call, [array(chosen, origin), array(rest, origin)])
}
