import type { Value } from '../value/value.ts'
import { builtin, nothing, overload, param, withBlock, yieldTo } from './definition.ts'

export const thenFunction = builtin('then', [
  overload(
    [param('Any', 'arg')],
    (call) => {
      const value = call.args[0] as Value
      return value.kind === 'undef' ? nothing(call) : yieldTo(call, value)
    },
    withBlock('Callable[1,1]'),
  ),
])
