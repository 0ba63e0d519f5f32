import { isInstance } from '../types/instance.ts'
import { newInstance } from '../types/new-instance.ts'
import type { TypeValue, Value } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, repeated, withOptionalBlock } from './definition.ts'

export const newFunction = builtin('new', [
  overload(
    [param('Type', 'type'), repeated('Any', 'args')],
    (call) => {
      const [type, ...args] = call.args as [TypeValue, ...Value[]]
      const [only] = args
      const isOne = only && args.length === 1 && type.type.kind !== 'Init' && isInstance(type.type, only)
      if (isOne) return only
      const made = instanceOf(call, type, args)
      return call.block ? call.block.call([made]) : made
    },
    withOptionalBlock(),
  ),
])

export const convertTo = builtin('convert_to', [
  overload(
    [param('Any', 'value'), param('Type', 'type'), repeated('Any', 'args')],
    (call) => {
      const [value, type, ...args] = call.args as [Value, TypeValue, ...Value[]]
      const made = instanceOf(call, type, [value, ...args])
      return call.block ? call.block.call([made]) : made
    },
    withOptionalBlock('Callable[1,1]'),
  ),
])

function instanceOf(call: Call, { type }: TypeValue, args: readonly Value[]): Value {
  const { span, now } = call.context
  return newInstance(type, args, { origin: originOf(call), span, now })
}
