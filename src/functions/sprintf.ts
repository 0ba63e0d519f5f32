import { rubyClass } from '../types/ruby-value.ts'
import type { Value } from '../value/value.ts'
import { refuse, toText } from './definition.ts'
import { atLeast, legacy, legacyInspect, legacyText } from './legacy.ts'
import { parseFloatStrictly } from './rounding.ts'
import { type FormatArgument, FormatError, floatToInteger, rubySprintf } from './ruby-sprintf.ts'

export const sprintf = legacy('sprintf', atLeast(1), (call) => {
  const [format, ...args] = call.args
  if (format?.kind !== 'string')
    return refuse(call, `no implicit conversion of ${className(format as Value)} into String`)
  const at = (index: number) => argumentOf(args[index] as Value)
  const named = (name: string, written: string): FormatArgument => {
    const [table] = args
    if (args.length !== 1 || table?.kind !== 'hash') throw new FormatError('one hash required')
    const found = table.entries.get(`'${name}`)
    if (!found) throw new FormatError(`key${written} not found`)
    return argumentOf(found.value)
  }
  try {
    return toText(call, rubySprintf(format.value, { count: args.length, at, named }))
  } catch (error) {
    if (error instanceof FormatError) return refuse(call, error.message)
    throw error
  }
})

function argumentOf(value: Value): FormatArgument {
  return {
    toInteger: () => integerOf(value),
    toFloat: () => floatOf(value),
    toText: () => legacyText(value),
    inspect: () => legacyInspect(value),
    toCharacter: () => characterOf(value),
  }
}

function integerOf(value: Value): bigint {
  switch (value.kind) {
    case 'integer':
      return value.value
    case 'float':
      return floatToInteger(value.value)
    case 'string':
      return parseInteger(value.value)
    case 'undef':
      throw new FormatError("can't convert nil into Integer")
    default:
      throw new FormatError(`can't convert ${className(value)} into Integer`)
  }
}

/** Ruby's `Integer(text)`: prefixes 0x, 0b, 0o and 0, underscores between digits. */
function parseInteger(text: string): bigint {
  const wrong = () =>
    new FormatError(`invalid value for Integer(): ${legacyInspect({ kind: 'string', value: text, origin })}`)
  if (/^[+-]?0\d*[89]/.test(text.trim())) throw wrong()
  const match =
    /^([+-]?)(0[xX](?=[\da-fA-F])|0[bB](?=[01])|0[oO](?=[0-7])|0[dD](?=\d)|0(?=_?[0-7]))?([\da-fA-F]+(?:_[\da-fA-F]+)*|_[0-7]+)$/.exec(
      text.trim(),
    )
  if (!match) throw wrong()
  const [, sign, prefix = '', body = ''] = match
  const digits = body.replaceAll('_', '')
  const base = { x: 16, b: 2, o: 8, d: 10, '': prefix === '0' ? 8 : 10 }[prefix.slice(1).toLowerCase()] ?? 10
  const allowed = { 16: /^[\da-fA-F]+$/, 10: /^\d+$/, 8: /^[0-7]+$/, 2: /^[01]+$/ }[base as 2 | 8 | 10 | 16]
  if (!allowed.test(digits)) throw wrong()
  const value = BigInt({ 16: '0x', 10: '', 8: '0o', 2: '0b' }[base as 2 | 8 | 10 | 16] + digits)
  return sign === '-' ? -value : value
}

const origin = { kind: 'builtin', name: 'sprintf' } as const

function floatOf(value: Value): number | bigint {
  switch (value.kind) {
    case 'integer':
    case 'float':
      return value.value
    case 'string': {
      const number = parseFloatStrictly(value.value)
      if (number === undefined) throw new FormatError(`invalid value for Float(): ${legacyInspect(value)}`)
      return number
    }
    default:
      throw new FormatError(`can't convert ${className(value)} into Float`)
  }
}

function characterOf(value: Value): string {
  if (value.kind === 'string') {
    if ([...value.value].length !== 1) throw new FormatError('%c requires a character')
    return value.value
  }
  if (value.kind !== 'integer' && value.kind !== 'float')
    throw new FormatError(`no implicit conversion of ${className(value)} into Integer`)
  const code = Number(value.value)
  if (code < 0) throw new FormatError('invalid byte sequence in UTF-8')
  if (code > 0x10ffff) throw new FormatError('invalid character')
  return String.fromCodePoint(Math.trunc(code))
}

/** How Ruby names a value in a failed conversion. */
function className(value: Value): string {
  if (value.kind === 'undef') return 'nil'
  if (value.kind === 'boolean') return String(value.value)
  return value.kind === 'type' && value.type.kind === 'Resource' ? 'Puppet::Resource' : rubyClass(value)
}
