import { ControlFlow } from '../value/control.ts'
import { builtin, type Call, nothing, optional, overload } from './definition.ts'

export const breakFunction = builtin('break', [overload([], (call) => signal(call, 'break'))])
export const next = builtin('next', [overload([optional('Any', 'value')], (call) => signal(call, 'next'))])
export const returnFunction = builtin('return', [
  overload([optional('Any', 'value')], (call) => signal(call, 'return')),
])

function signal(call: Call, kind: ControlFlow['kind']): never {
  throw new ControlFlow(kind, call.args[0] ?? nothing(call), call.context.span)
}
