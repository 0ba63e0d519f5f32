import { characterCount } from '../types/construct.ts'
import type { Value } from '../value/value.ts'
import { builtin, type Call, overload, param, toInteger } from './definition.ts'

const sizeOf = (call: Call): Value => toInteger(call, lengthOf(call.args[0] as Value))

export const length = builtin('length', [
  overload([param('Collection', 'arg')], sizeOf),
  overload([param('String', 'arg')], sizeOf),
  overload([param('Binary', 'arg')], sizeOf),
])

export const size = builtin('size', [overload([param('Variant[Collection, String, Binary]', 'arg')], sizeOf)])

/** Elements, entries, characters or bytes. */
function lengthOf(value: Value): number {
  switch (value.kind) {
    case 'array':
      return value.values.length
    case 'hash':
      return value.entries.size
    case 'string':
      return characterCount(value.value)
    case 'binary':
      return value.bytes.length
    default:
      return 0
  }
}
