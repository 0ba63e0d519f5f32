import { typeToString } from '../types/print.ts'
import { rubyText } from '../types/ruby-value.ts'
import { valueToText } from '../types/text.ts'
import type { Value } from '../value/value.ts'
import { capitalizeSegments } from './names.ts'

/** A value as string interpolation shows it. */
export function textOf(value: Value): string {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'array':
      return `[${value.values.map(textOf).join(', ')}]`
    case 'hash':
      return `{${[...value.entries.values()].map((entry) => `${textOf(entry.key)} => ${textOf(entry.value)}`).join(', ')}}`
    case 'type':
      return value.reference ? referenceText(value) : valueToText(value)
    default:
      return valueToText(value)
  }
}

/** A reference as catalogs have it: `File[/etc/x]`, `Class[Foo::Bar]`; other types as Puppet source. */
function referenceText(value: Value & { kind: 'type' }): string {
  const { type } = value
  if (type.kind === 'Resource' && type.typeName !== undefined) {
    const isClass = type.typeName.toLowerCase() === 'class'
    const title = isClass ? capitalizeSegments((type.title ?? '').replace(/^::/, '')) : (type.title ?? '')
    return `${capitalizeSegments(type.typeName)}[${title}]`
  }
  if (type.kind === 'Class' && type.name !== undefined) return `Class[${capitalizeSegments(type.name)}]`
  return typeToString(type)
}

/** A value that JSON lacks as Puppet writes it into a catalog. */
export function catalogText(value: Value): string {
  switch (value.kind) {
    case 'type':
      return value.type.kind === 'Resource' || value.type.kind === 'Class' ? referenceText(value) : valueToText(value)
    case 'regexp':
      return `/${value.pattern}/`
    // Keys of hashes.
    case 'array':
    case 'hash':
      return rubyText(value)
    default:
      return textOf(value)
  }
}
