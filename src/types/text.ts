import type { Value } from '../value/value.ts'
import { generalize } from './generalize.ts'
import { printValue, typeText, typeToString } from './print.ts'
import { floatText, slashed } from './quote.ts'
import { timespanText, timestampText } from './time-text.ts'

/**
 * A value as string interpolation shows it: undef is nothing, strings stand without quotes at every depth,
 * a Sensitive is redacted.
 */
export function valueToText(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return ''
    case 'default':
      return 'default'
    case 'boolean':
    case 'integer':
      return String(value.value)
    case 'float':
      return floatText(value.value)
    case 'string':
      return value.value
    case 'array':
      return `[${value.values.map(valueToText).join(', ')}]`
    case 'hash':
      return `{${[...value.entries.values()].map((e) => `${valueToText(e.key)} => ${valueToText(e.value)}`).join(', ')}}`
    case 'regexp':
      return slashed(value.pattern)
    case 'sensitive':
      return 'Sensitive [value redacted]'
    case 'type':
      return typeText(value.type)
    case 'binary':
      return Buffer.from(value.bytes).toString('base64')
    case 'timestamp':
      return timestampText(value.nanoseconds)
    case 'timespan':
      return timespanText(value.nanoseconds)
    case 'semver':
    case 'semver-range':
    case 'uri':
      return value.text
    case 'iterator':
      return `Iterator[${typeToString(generalize(value.element))}]-Value`
    case 'object':
    case 'opaque':
      return printValue(value)
  }
}
