import { float, integer, type StringValue, string } from '../value/value.ts'
import { builtin, originOf, overload, param, toArray, withOptionalBlock } from './definition.ts'
import { scanText } from './scanf-format.ts'

export const scanf = builtin('scanf', [
  overload(
    [param('String', 'data'), param('String', 'format')],
    (call) => {
      const [data, format] = call.args as [StringValue, StringValue]
      const origin = originOf(call)
      const found = scanText(data.value, format.value).map((value) => {
        if (typeof value === 'string') return string(value, origin)
        return typeof value === 'bigint' ? integer(value, origin) : float(value, origin)
      })
      const result = toArray(call, found)
      return call.block ? call.block.call([result]) : result
    },
    withOptionalBlock(),
  ),
])
