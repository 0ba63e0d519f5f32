import { rubyText } from '../types/ruby-value.ts'
import type { ArrayValue, StringValue, Value } from '../value/value.ts'
import { builtin, optional, overload, param, toText } from './definition.ts'

export const join = builtin('join', [
  overload([param('Array', 'arg'), optional('String', 'delimiter')], (call) => {
    const delimiter = (call.args[1] as StringValue | undefined)?.value ?? ''
    return toText(call, joined((call.args[0] as ArrayValue).values, delimiter))
  }),
])

/** Ruby's Array#join: nested arrays join the same way, undef is empty. */
export function joined(values: readonly Value[], delimiter: string): string {
  return values
    .map((value) => (value.kind === 'array' ? joined(value.values, delimiter) : rubyText(value)))
    .join(delimiter)
}
