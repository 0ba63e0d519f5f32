import { builtin, overload, repeated, withBlock, yieldTo } from './definition.ts'

export const withFunction = builtin('with', [
  overload([repeated('Any', 'arg')], (call) => yieldTo(call, ...call.args), withBlock()),
])
