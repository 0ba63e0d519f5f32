import type { ArrayValue, Value } from '../value/value.ts'
import { array, hash, hashKey, integer } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, withBlock, yieldTo } from './definition.ts'
import { sequenceOf } from './iteration.ts'

const returns = 'Hash'

export const groupBy = builtin('group_by', [
  overload([param('Collection', 'collection')], (call) => grouped(call, (element) => yieldTo(call, element)), {
    ...withBlock('Callable[1,1]'),
    returns,
  }),
  overload(
    [param('Array', 'array')],
    (call) => grouped(call, (element, index) => yieldTo(call, integer(index, originOf(call)), element)),
    { ...withBlock('Callable[2,2]'), returns },
  ),
  overload(
    [param('Collection', 'collection')],
    (call) => grouped(call, (pair) => yieldTo(call, ...(pair as ArrayValue).values)),
    { ...withBlock('Callable[2,2]'), returns },
  ),
])

function grouped(call: Call, keyOf: (element: Value, index: number) => Value): Value {
  const groups = new Map<string, { key: Value; members: Value[] }>()
  let index = 0
  for (const element of sequenceOf(call, call.args[0] as Value).values) {
    const key = keyOf(element, index++)
    const group = groups.get(hashKey(key)) ?? { key, members: [] }
    groups.set(hashKey(key), group)
    group.members.push(element)
  }
  const origin = originOf(call)
  return hash(
    [...groups.values()].map(({ key, members }) => [key, array(members, origin)] as const),
    origin,
  )
}
