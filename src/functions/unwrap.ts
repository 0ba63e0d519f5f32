import { unsealed } from '../value/secrets.ts'
import type { SensitiveValue, Value } from '../value/value.ts'
import { builtin, type Call, overload, param, withOptionalBlock } from './definition.ts'

export const unwrap = builtin('unwrap', [
  overload(
    [param('Sensitive', 'arg')],
    (call) => handOver(call, unsealed((call.args[0] as SensitiveValue).value)),
    withOptionalBlock(),
  ),
  overload([param('Any', 'arg')], (call) => handOver(call, call.args[0] as Value), withOptionalBlock()),
])

function handOver(call: Call, value: Value): Value {
  return call.block ? call.block.call([value]) : value
}
