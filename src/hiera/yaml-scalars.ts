import type { Origin } from '../value/origin.ts'
import { boolean, float, integer, string, undef, type Value } from '../value/value.ts'

/** A scalar that Psych refuses to load; the message is Psych's. */
export class YamlLoadError extends Error {}

/** Letters and signs that make a text of what starts with them, as Psych sorts scalars. */
const textStart = /[\p{Alphabetic}_\s!@#$%^&*(){}<>|/\\~;=]/u
const wordStart = /[A-Za-z_/$%~!@#^&*(){}<>|\\;= ]/
const time = /^-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?$/
const date = /^\d{4}-(?:1[012]|0\d|\d)-(?:[12]\d|3[01]|0\d|\d)$/
const sixties = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}$/
const sixtiesFloat = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}\.[0-9_]*$/
const decimal = /^[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?$/
const whole = /^(?:[-+]?0b[0-1_,]+|[-+]?0[0-7_,]+|[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)|[-+]?0x[0-9a-fA-F_,]+)$/

/**
 * What a plain scalar means to Psych 4 (YAML 1.1 as Ruby reads it: `yes`, `0644`, `1_000`, `1:30`, `~`, `:symbol`).
 * Throws a YamlLoadError for dates and times, whose classes Puppet does not permit.
 */
export function plainScalar(text: string, origin: Origin): Value {
  if (text === '') return undef(origin)
  // Most of what is written: a word too long for `false`.
  if (text.length > 5 && isLetter(text.charCodeAt(0))) return string(text, origin)
  if (isText(text)) return word(text, origin)
  if (time.test(text)) throw unspecified('Time')
  if (date.test(text)) throw unspecified('Date')
  if (/^\+?\.inf$/i.test(text)) return float(Number.POSITIVE_INFINITY, origin)
  if (/^-\.inf$/i.test(text)) return float(Number.NEGATIVE_INFINITY, origin)
  if (/^\.nan$/i.test(text)) return float(Number.NaN, origin)
  if (text.length > 1 && text.startsWith(':')) return symbol(symbolName(text), origin)
  if (sixties.test(text)) {
    const parts = text.split(':').map((part) => BigInt(leadingInteger(part)))
    return integer(
      parts.reduce((sum, part, i) => sum + part * 60n ** BigInt(Math.abs(i - 2)), 0n),
      origin,
    )
  }
  if (sixtiesFloat.test(text)) {
    const parts = text.split(':').map(leadingFloat)
    return float(
      parts.reduce((sum, part, i) => sum + part * 60 ** Math.abs(i - 2), 0),
      origin,
    )
  }
  if (decimal.test(text)) {
    if (/^[-+]?\.$/.test(text)) return string(text, origin)
    return float(rubyFloat(text.replace(/[,_]/g, '').replace(/\.([Ee]|$)/g, '$1')), origin)
  }
  if (whole.test(text)) return integer(rubyInteger(text.replace(/[,_]/g, '')), origin)
  return string(text, origin)
}

/** The value of `!!float`: whatever the scalar is, made a float as Ruby's `Float()` does. */
export function taggedFloat(text: string, origin: Origin): Value {
  const value = plainScalar(text, origin)
  switch (value.kind) {
    case 'float':
      return value
    case 'integer':
      return float(Number(value.value), origin)
    case 'string':
      return float(rubyFloat(value.value), origin)
    case 'undef':
      throw new YamlLoadError("can't convert nil into Float")
    case 'boolean':
      throw new YamlLoadError(`can't convert ${value.value} into Float`)
    default:
      throw new YamlLoadError("can't convert Symbol into Float")
  }
}

/** A Ruby symbol; Puppet has no such value, so it can only be named and refused. */
export function symbol(name: string, origin: Origin): Value {
  return { kind: 'opaque', className: 'Symbol', handle: 0, text: name, origin }
}

export function unspecified(className: string): YamlLoadError {
  return new YamlLoadError(`Tried to load unspecified class: ${className}`)
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function isText(text: string): boolean {
  const first = text.charAt(0)
  if (wordStart.test(first)) return true
  const [one, two] = text
  return (
    textStart.test(one as string) ||
    (!/[\d.:-]/.test(first) && two !== undefined && textStart.test(two)) ||
    text.includes('\n')
  )
}

function word(text: string, origin: Origin): Value {
  if (text.length > 5 || /(?:^|\n)[^ytonf~]/i.test(text)) return string(text, origin)
  if (text === '~' || /(?:^|\n)null(?:$|\n)/i.test(text)) return undef(origin)
  if (/(?:^|\n)(?:yes|true|on)(?:$|\n)/i.test(text)) return boolean(true, origin)
  if (/(?:^|\n)(?:no|false|off)(?:$|\n)/i.test(text)) return boolean(false, origin)
  return string(text, origin)
}

function symbolName(text: string): string {
  const quoted = /^:(["'])(.*)\1/.exec(text)
  return quoted ? (quoted[2] as string).replace(/^:/, '') : text.slice(1)
}

/** Ruby's `to_i`: digits with single underscores between them. */
function leadingInteger(text: string): string {
  const found = /^[-+]?\d+(?:_\d+)*/.exec(text)
  return found ? found[0].replace(/[_+]/g, '') : '0'
}

function leadingFloat(text: string): number {
  const found = /^[-+]?\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?/.exec(text)
  return found ? Number(found[0].replace(/_/g, '')) : 0
}

function rubyFloat(text: string): number {
  if (!/^\s*[-+]?(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text))
    throw new YamlLoadError(`invalid value for Float(): ${JSON.stringify(text)}`)
  return Number(text.replace(/_/g, ''))
}

function rubyInteger(text: string): bigint {
  const sign = text.startsWith('-') ? -1n : 1n
  const digits = text.replace(/^[-+]/, '')
  const octal = /^0[0-7]+$/.test(digits)
  if (/^0[xb]$/.test(digits)) throw new YamlLoadError(`invalid value for Integer(): ${JSON.stringify(text)}`)
  return sign * BigInt(octal ? `0o${digits.slice(1)}` : digits)
}
