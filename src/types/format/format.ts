import { define, fail } from '../../source/diagnostic.ts'
import type { Value } from '../../value/value.ts'
import { isAssignable } from '../assignable.ts'
import { arrayOfAny, hashOfAny } from '../construct.ts'
import { inferSet } from '../infer.ts'
import { rubyClass } from '../ruby-value.ts'
import { formatValue } from './container.ts'
import { defaultFormats, mergeFormats, readFormats } from './map.ts'
import { type FormatMap, parseFormat } from './spec.ts'

const badFormats = define(
  'error',
  'puppet/bad-format-map',
  (given: string) => `string conversion expects a Default value or a Hash of type to format mappings, got a '${given}'`,
)

/**
 * A value as `String.new(value, formats)` writes it: `formats` is a format for the value itself, or a hash of types and
 * formats; left out, numbers are decimal and strings within containers quoted.
 */
export function formatToString(value: Value, formats?: Value): string {
  if (!formats || formats.kind === 'default') return formatValue(value, defaultFormats)
  if (formats.kind === 'string') return formatValue(value, mergeFormats(defaultFormats, single(value, formats.value)))
  if (formats.kind === 'hash') return formatValue(value, mergeFormats(defaultFormats, readFormats(formats)))
  return fail(badFormats([rubyClass(formats)]))
}

function single(value: Value, format: string): FormatMap {
  const type = inferSet(value)
  const spec = parseFormat(format)
  if (isAssignable(arrayOfAny, type)) return [[arrayOfAny, spec]]
  return isAssignable(hashOfAny, type) ? [[hashOfAny, spec]] : [[type, spec]]
}
