import type { Value } from '../../value/value.ts'
import { booleanType, integerRange, numericType } from '../construct.ts'
import { assertInstance } from '../errors.ts'
import { generalize } from '../generalize.ts'
import { infer } from '../infer.ts'
import { isInstance } from '../instance.ts'
import { typeText } from '../print.ts'
import { valueToText } from '../text.ts'
import { floorDivide } from '../time-text.ts'
import {
  type Constructor,
  entry,
  failConversion,
  localType,
  type Making,
  pattern,
  refusal,
  signature,
  struct,
  variant,
} from './constructor.ts'

const hexadecimal = '(?:0[xX][0-9A-Fa-f]+)'
const octal = '(?:0[0-7]+)'
const binary = '(?:0[bB][01]+)'
const decimal = '(?:0|[1-9]\\d*)'
const sign = '[+-]?\\s*'
const integerPattern = `\\A${sign}(?:(?:\\d+)|${hexadecimal}|${binary})\\z`
const floatPattern = `\\A${sign}(?:(?:${decimal}(?:\\.\\d+)?(?:[eE]-?\\d+)?)|${hexadecimal}|${octal}|${binary})\\z`

const times = [{ kind: 'Timespan' }, { kind: 'Timestamp' }] as const
const integerSource = localType('Convertible', variant(numericType, booleanType, pattern(integerPattern), ...times))
const floatSource = localType('Convertible', variant(numericType, booleanType, pattern(floatPattern), ...times))
const numericSource = localType(
  'Convertible',
  variant({ kind: 'Integer' }, { kind: 'Float' }, booleanType, pattern(floatPattern), ...times),
)
const radixType = localType(
  'Radix',
  variant({ kind: 'Default' }, ...[2n, 8n, 10n, 16n].map((radix) => integerRange(radix, radix))),
)

/** Why a value is no number: the text, or the general type of another value. */
export function cannotConvert(value: Value, to: string): string {
  if (value.kind === 'string') return `The string '${value.value}' cannot be converted to ${to}`
  return `Value of type ${typeText(generalize(infer(value)))} cannot be converted to ${to}`
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && value.value
}

const named = {
  integer: localType('NamedArgs', struct({ from: integerSource, 'radix?': radixType, 'abs?': booleanType })),
  float: localType('NamedArgs', struct({ from: floatSource, 'abs?': booleanType })),
  numeric: localType('NamedArgs', struct({ from: numericSource, 'abs?': booleanType })),
}

export const newInteger: Constructor = {
  name: 'new',
  dispatches: [
    {
      signature: signature(['from', integerSource], ['radix', radixType, 'optional'], ['abs', booleanType, 'optional']),
      call: ([from, radix, abs], making) => integerFrom(from as Value, radix, isTrue(abs), making),
    },
    {
      signature: signature(['hash_args', named.integer]),
      call: ([args], making) => {
        const given = args as Value & { kind: 'hash' }
        return integerFrom(entry(given, 'from') as Value, entry(given, 'radix'), isTrue(entry(given, 'abs')), making)
      },
    },
    refusal([['hash_args', { kind: 'Hash', key: { kind: 'Any' }, value: { kind: 'Any' } }]], ([args], making) => {
      const given = args as Value & { kind: 'hash' }
      const from = given.entries.get("'from")?.value
      if (from && !isInstance(integerSource, from)) return cannotConvert(from, 'Integer')
      assertRadix(entry(given, 'radix'), making)
      assertInstance('Integer.new', named.integer, given, making.span ? { span: making.span } : {})
      return ''
    }),
    refusal(
      [
        ['from', { kind: 'Any' }],
        ['radix', { kind: 'Integer' }, 'optional'],
        ['abs', booleanType, 'optional'],
      ],
      ([from, radix], making) => {
        assertRadix(radix, making)
        return cannotConvert(from as Value, 'Integer')
      },
    ),
  ],
}

function assertRadix(radix: Value | undefined, making: Making): void {
  if (!radix || radix.kind === 'default') return
  if (radix.kind === 'integer' && [2n, 8n, 10n, 16n].includes(radix.value)) return
  failConversion(`Illegal radix: ${valueToText(radix)}, expected 2, 8, 10, 16, or default`, making)
}

function integerFrom(from: Value, radix: Value | undefined, absolute: boolean, making: Making): Value {
  const value = integerOf(from, radix?.kind === 'integer' ? Number(radix.value) : undefined, making)
  return { kind: 'integer', value: absolute && value < 0n ? -value : value, origin: making.origin }
}

function integerOf(from: Value, radix: number | undefined, making: Making): bigint {
  switch (from.kind) {
    case 'integer':
      return from.value
    case 'float':
      if (!Number.isFinite(from.value)) return failConversion(valueToText(from), making)
      return BigInt(Math.trunc(from.value))
    case 'boolean':
      return from.value ? 1n : 0n
    case 'timestamp':
    case 'timespan':
      return floorDivide(from.nanoseconds, 1_000_000_000n)
    default: {
      const text = (from as Value & { kind: 'string' }).value
      const value = readInteger(text.trim().replace(/^([+-])\s+/, '$1'), radix)
      return value ?? failConversion(`invalid value for Integer(): "${text}"`, making)
    }
  }
}

/** Ruby's `Integer(text, radix)`: a prefix must agree with the radix, and a leading zero means octal without one. */
function readInteger(text: string, radix: number | undefined): bigint | undefined {
  const match = /^([+-]?)(0[xX]|0[bB]|0[oO]?(?=[0-9]))?([0-9a-fA-F]+)$/.exec(text)
  if (!match) return undefined
  const [, signText, prefix = '', rest = ''] = match
  const implied = /x/i.test(prefix) ? 16 : /b/i.test(prefix) ? 2 : prefix === '' ? undefined : 8
  const plainZero = prefix === '0'
  let base = radix ?? implied ?? 10
  let digits = rest
  if (radix !== undefined && implied !== undefined && implied !== radix) {
    if (plainZero) digits = rest
    else if (radix === 16 && /b/i.test(prefix)) digits = prefix.slice(1) + rest
    else return undefined
  }
  if (radix === undefined && plainZero) base = 8
  const valid = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ }[base]
  if (!valid?.test(digits)) return undefined
  const value = BigInt(base === 10 ? digits : `${{ 2: '0b', 8: '0o', 16: '0x' }[base]}${digits}`)
  return signText === '-' ? -value : value
}

export const newFloat: Constructor = {
  name: 'new_float',
  dispatches: [
    {
      signature: signature(['from', floatSource], ['abs', booleanType, 'optional']),
      call: ([from, abs], making) => floatFrom(from as Value, isTrue(abs), making),
    },
    {
      signature: signature(['hash_args', named.float]),
      call: ([args], making) => {
        const given = args as Value & { kind: 'hash' }
        return floatFrom(entry(given, 'from') as Value, isTrue(entry(given, 'abs')), making)
      },
    },
    refusal(
      [
        ['from', { kind: 'Any' }],
        ['abs', booleanType, 'optional'],
      ],
      ([from]) => cannotConvert(from as Value, 'Float'),
    ),
  ],
}

function floatFrom(from: Value, absolute: boolean, making: Making): Value {
  const value = floatOf(from)
  return { kind: 'float', value: absolute ? Math.abs(value) : value, origin: making.origin }
}

function floatOf(from: Value): number {
  switch (from.kind) {
    case 'integer':
    case 'float':
      return Number(from.value)
    case 'boolean':
      return from.value ? 1 : 0
    case 'timestamp':
    case 'timespan':
      return seconds(from.nanoseconds)
    default: {
      const text = (from as Value & { kind: 'string' }).value.trim().replace(/^([+-])\s+/, '$1')
      if (/^[+-]?0[xXbB]/.test(text)) return Number(readInteger(text, undefined))
      return Number(text)
    }
  }
}

/** Nanoseconds as seconds, rounded once. */
function seconds(nanoseconds: bigint): number {
  const whole = nanoseconds / 1_000_000_000n
  const rest = nanoseconds % 1_000_000_000n
  const digits = String(rest < 0n ? -rest : rest).padStart(9, '0')
  return Number(`${nanoseconds < 0n ? '-' : ''}${whole < 0n ? -whole : whole}.${digits}`)
}

export const newNumeric: Constructor = {
  name: 'new_numeric',
  dispatches: [
    {
      signature: signature(['from', numericSource], ['abs', booleanType, 'optional']),
      call: ([from, abs], making) => numericFrom(from as Value, isTrue(abs), making),
    },
    {
      signature: signature(['hash_args', named.numeric]),
      call: ([args], making) => {
        const given = args as Value & { kind: 'hash' }
        return numericFrom(entry(given, 'from') as Value, isTrue(entry(given, 'abs')), making)
      },
    },
    refusal(
      [
        ['from', { kind: 'Any' }],
        ['abs', booleanType, 'optional'],
      ],
      ([from]) => cannotConvert(from as Value, 'Numeric'),
    ),
  ],
}

function numericFrom(from: Value, absolute: boolean, making: Making): Value {
  const number = numericOf(from)
  const { origin } = making
  if (number === undefined) return { kind: 'undef', origin }
  if (typeof number === 'bigint') return { kind: 'integer', value: absolute && number < 0n ? -number : number, origin }
  return { kind: 'float', value: absolute ? Math.abs(number) : number, origin }
}

function numericOf(from: Value): bigint | number | undefined {
  switch (from.kind) {
    case 'integer':
    case 'float':
      return from.value
    case 'boolean':
      return from.value ? 1n : 0n
    case 'timestamp':
    case 'timespan':
      return seconds(from.nanoseconds)
    default: {
      const text = (from as Value & { kind: 'string' }).value
      return /^0b/i.test(text) ? readInteger(text, undefined) : numberOfText(text)
    }
  }
}

const numericForm = /^[ \t]*([-+]?)[ \t]*((0[xX][0-9A-Fa-f]+)|(0?\d+)((?:\.\d+)?(?:[eE]-?\d+)?))[ \t]*$/

/** A text as a number in the way of Puppet's arithmetic: `0x1f`, `017`, `1.5e3`; `undefined` where it is none. */
function numberOfText(text: string): bigint | number | undefined {
  const match = numericForm.exec(text.replace(/^::/, ''))
  if (!match) return undefined
  const [, signText, body = '', , digits = '', rest = ''] = match
  if (rest !== '') {
    // Zero by any power of ten is no number to Puppet, nor are digits that would have to be octal.
    if (readInteger(digits, undefined) === undefined) return undefined
    if (/^0+$/.test(digits) && /^\.?0*[eE]/.test(rest)) return undefined
    return Number(`${signText}${body}`)
  }
  const value = readInteger(body, undefined)
  return value === undefined ? undefined : signText === '-' ? -value : value
}
