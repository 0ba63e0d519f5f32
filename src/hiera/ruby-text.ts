import { floatText } from '../types/quote.ts'
import { valueToText } from '../types/text.ts'
import type { Value } from '../value/value.ts'

/** Ruby's `to_s`, which is what Hiera's interpolation puts into a string: arrays and hashes look as in `inspect`. */
export function rubyText(value: Value): string {
  switch (value.kind) {
    case 'array':
    case 'hash':
      return inspect(value)
    case 'opaque':
      return value.text ?? valueToText(value)
    default:
      return valueToText(value)
  }
}

/** Ruby's `inspect`: `{"a"=>[1, nil]}`. */
export function inspect(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'nil'
    case 'default':
      return ':default'
    case 'string':
      return inspectString(value.value)
    case 'array':
      return `[${value.values.map(inspect).join(', ')}]`
    case 'hash':
      return `{${[...value.entries.values()].map((e) => `${inspect(e.key)}=>${inspect(e.value)}`).join(', ')}}`
    case 'float':
      return floatText(value.value)
    case 'sensitive':
      return '#<Sensitive [value redacted]>'
    case 'opaque':
      return value.className === 'Symbol' && value.text !== undefined
        ? /^[A-Za-z_]\w*[?!=]?$/.test(value.text)
          ? `:${value.text}`
          : `:${inspectString(value.text)}`
        : valueToText(value)
    default:
      return valueToText(value)
  }
}

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
  '\v': '\\v',
  '\b': '\\b',
  '\x07': '\\a',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
}

function inspectString(text: string): string {
  const body = text.replace(
    /[\n\t\r\f\v\b\x07\x1b"\\]|#(?=[{$@])|[\0-\x1f\x7f]|[\x80-\x9f\u200b-\u200f\u2028\u2029\ufeff]/g,
    (c) =>
      named[c] ??
      (c === '#'
        ? '\\#'
        : c.charCodeAt(0) < 0x80
          ? `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
          : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  )
  return `"${body}"`
}

/** The name of a value's Ruby class, as Puppet's messages say it. */
export function className(value: Value): string {
  switch (value.kind) {
    case 'string':
      return 'String'
    case 'array':
      return 'Array'
    case 'hash':
      return 'Hash'
    case 'integer':
      return 'Integer'
    case 'float':
      return 'Float'
    case 'boolean':
      return value.value ? 'TrueClass' : 'FalseClass'
    case 'undef':
      return 'NilClass'
    case 'default':
    case 'regexp':
      return value.kind === 'default' ? 'Symbol' : 'Regexp'
    case 'sensitive':
      return 'Puppet::Pops::Types::PSensitiveType::Sensitive'
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
    case 'type':
      return `Puppet::Pops::Types::P${value.type.kind}Type`
    case 'opaque':
      return value.className
    case 'iterator':
      return 'Puppet::Pops::Types::Iterator'
    case 'object':
      return value.type.kind === 'Object' ? value.type.name : 'Object'
  }
}
