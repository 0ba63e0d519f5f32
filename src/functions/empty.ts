import { positionAt } from '../source/source-file.ts'
import type { ArrayValue, BinaryValue, HashValue, SensitiveValue, StringValue } from '../value/value.ts'
import { builtin, overload, param, toBoolean } from './definition.ts'

export const empty = builtin('empty', [
  overload([param('Collection', 'coll')], (call) => {
    const collection = call.args[0] as ArrayValue | HashValue
    return toBoolean(call, (collection.kind === 'array' ? collection.values.length : collection.entries.size) === 0)
  }),
  overload([param('Sensitive[String]', 'str')], (call) =>
    toBoolean(call, ((call.args[0] as SensitiveValue).value as StringValue).value === ''),
  ),
  overload([param('String', 'str')], (call) => toBoolean(call, (call.args[0] as StringValue).value === '')),
  overload([param('Numeric', 'num')], (call) => {
    const { file, start } = call.context.span
    const place = `${file.path}-${positionAt(file, start).line}`
    call.context.warnOnce(`empty-from-${place}`, 'Calling function empty() with Numeric value is deprecated.')
    return toBoolean(call, false)
  }),
  overload([param('Binary', 'bin')], (call) => toBoolean(call, (call.args[0] as BinaryValue).bytes.length === 0)),
  overload([param('Undef', 'x')], (call) => toBoolean(call, true)),
])
