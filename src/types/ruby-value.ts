import type { PuppetType } from '../value/type.ts'
import type { HashValue, Value } from '../value/value.ts'
import { typeText, typeToString } from './print.ts'
import { floatText, slashed } from './quote.ts'
import { inspectText } from './ruby-text.ts'
import { valueToText } from './text.ts'

/** Ruby's `to_s` of what Puppet hands to a Ruby function: collections show as Ruby's `inspect`. */
export function rubyText(value: Value): string {
  switch (value.kind) {
    case 'array':
      return rubyInspect(value)
    case 'hash':
      return inspectHash(value)
    case 'regexp':
      return `(?-mix:${value.pattern})`
    case 'type':
      return typeText(value.type)
    case 'opaque':
      return value.text ?? valueToText(value)
    default:
      return valueToText(value)
  }
}

/** Ruby's `inspect`. */
export function rubyInspect(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'nil'
    case 'default':
      return ':default'
    case 'string':
      return inspectText(value.value)
    case 'array':
      return `[${value.values.map(rubyInspect).join(', ')}]`
    case 'hash':
      return inspectHash(value)
    case 'regexp':
      return slashed(value.pattern)
    case 'float':
      return floatText(value.value)
    case 'sensitive':
      return '#<Sensitive [value redacted]>'
    case 'opaque':
      return value.className === 'Symbol' && value.text !== undefined ? inspectSymbol(value.text) : valueToText(value)
    default:
      return rubyText(value)
  }
}

function inspectSymbol(text: string): string {
  return /^[A-Za-z_]\w*[?!=]?$/.test(text) ? `:${text}` : `:${inspectText(text)}`
}

function inspectHash(value: HashValue): string {
  const entries = [...value.entries.values()]
  return `{${entries.map((entry) => `${rubyInspect(entry.key)}=>${rubyInspect(entry.value)}`).join(', ')}}`
}

/** The name of the Ruby class that Puppet uses for the value. */
export function rubyClass(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'NilClass'
    case 'default':
      return 'Symbol'
    case 'boolean':
      return value.value ? 'TrueClass' : 'FalseClass'
    case 'integer':
      return 'Integer'
    case 'float':
      return 'Float'
    case 'string':
      return 'String'
    case 'array':
      return 'Array'
    case 'hash':
      return 'Hash'
    case 'regexp':
      return 'Regexp'
    case 'sensitive':
      return 'Puppet::Pops::Types::PSensitiveType::Sensitive'
    case 'type':
      return rubyTypeClass(value.type)
    case 'binary':
      return 'Puppet::Pops::Types::PBinaryType::Binary'
    case 'timestamp':
      return 'Puppet::Pops::Time::Timestamp'
    case 'timespan':
      return 'Puppet::Pops::Time::Timespan'
    case 'semver':
      return 'SemanticPuppet::Version'
    case 'semver-range':
      return 'SemanticPuppet::VersionRange'
    case 'uri':
      return 'URI::Generic'
    case 'iterator':
      return 'Puppet::Pops::Types::Iterator'
    case 'object':
      return typeToString(value.type)
    case 'opaque':
      return value.className
  }
}

export function rubyTypeClass(type: PuppetType): string {
  switch (type.kind) {
    case 'TypeReference':
    case 'TypeAlias':
    case 'TypeSet':
    case 'ObjectExtension':
      return `Puppet::Pops::Types::P${type.kind}${type.kind === 'ObjectExtension' ? 'TypeExtension' : 'Type'}`
    default:
      return `Puppet::Pops::Types::P${type.kind}Type`
  }
}

/** How Ruby names a value that it cannot convert: `nil`, `true`, or the class. */
export function convertedName(value: Value): string {
  if (value.kind === 'undef') return 'nil'
  return value.kind === 'boolean' ? String(value.value) : rubyClass(value)
}

/** A call of a method that the value does not have. */
export function noMethod(method: string, value: Value): string {
  return `undefined method \`${method}' for ${rubyInspect(value)}:${rubyClass(value)}`
}
