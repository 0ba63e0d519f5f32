import type { Value } from '../value/value.ts'
import { builtin, overload, param, withBlock, yieldTo } from './definition.ts'

export const lest = builtin('lest', [
  overload(
    [param('Any', 'arg')],
    (call) => {
      const value = call.args[0] as Value
      return value.kind === 'undef' ? yieldTo(call) : value
    },
    withBlock('Callable[0,0]'),
  ),
])
