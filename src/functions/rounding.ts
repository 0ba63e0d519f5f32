import type { FloatValue, IntegerValue, StringValue, Value } from '../value/value.ts'
import { builtin, type Call, overload, param, refuse, toFloat, toInteger } from './definition.ts'

export const ceiling = whole('ceiling', Math.ceil)
export const floor = whole('floor', Math.floor)

/** Half away from zero. */
export const round = builtin('round', [
  overload([param('Numeric', 'val')], (call) => {
    const number = Number((call.args[0] as IntegerValue | FloatValue).value)
    return toInteger(call, asInteger(call, Math.trunc(number > 0 ? number + 0.5 : number - 0.5)))
  }),
])

export const abs = builtin('abs', [
  overload([param('Numeric', 'val')], (call) => {
    const number = call.args[0] as IntegerValue | FloatValue
    if (number.kind === 'float') return toFloat(call, Math.abs(number.value))
    return toInteger(call, number.value < 0n ? -number.value : number.value)
  }),
  overload([param('String', 'val')], (call) => {
    const { value: text } = call.args[0] as StringValue
    call.context.warnOnce(
      'abs_function_numeric_coerce_string',
      "The abs() function's auto conversion of String to Numeric is deprecated - change to convert input before calling",
    )
    const float = /^-?\d+\.\d+$/m.test(text)
    if (!float && !/^-?\d+$/m.test(text))
      return refuse(call, 'abs(): Requires float or integer to work with - was given non decimal string')
    const [leading = '0'] = /^\s*[+-]?\d+(?:\.\d+)?/.exec(text) ?? []
    if (float) return toFloat(call, Math.abs(Number(leading)))
    const integer = BigInt((/^\s*([+-]?\d+)/.exec(text)?.[1] ?? '0').replace('+', ''))
    return toInteger(call, integer < 0n ? -integer : integer)
  }),
])

function whole(name: string, change: (value: number) => number) {
  return builtin(name, [
    overload([param('Numeric', 'val')], (call) => {
      const number = call.args[0] as IntegerValue | FloatValue
      if (number.kind === 'integer') return toInteger(call, number.value)
      return toInteger(call, asInteger(call, change(number.value)))
    }),
    overload([param('String', 'val')], (call): Value => {
      call.context.warnOnce(
        `${name}_function_numeric_coerce_string`,
        `The ${name}() function's auto conversion of String to Float is deprecated - ` +
          'change to convert input before calling',
      )
      const number = parseFloatStrictly((call.args[0] as StringValue).value)
      if (number === undefined) return refuse(call, `${name}(): cannot convert given value to a floating point value.`)
      return toInteger(call, asInteger(call, change(number)))
    }),
  ])
}

function asInteger(call: Call, number: number): bigint {
  if (!Number.isFinite(number)) refuse(call, number > 0 ? 'Infinity' : Number.isNaN(number) ? 'NaN' : '-Infinity')
  return BigInt(number)
}

/** Ruby's `Float(text)`: the whole text has to be a number; underscores between digits and hexadecimal are. */
export function parseFloatStrictly(text: string): number | undefined {
  const trimmed = text.trim()
  const digits = '\\d+(?:_\\d+)*'
  if (
    new RegExp(
      `^[+-]?(?:${digits})?(?:(?<=\\d)|\\.(?=\\d))(?:(?<=\\.)${digits}|\\.${digits})?(?:[eE][+-]?${digits})?$`,
    ).test(trimmed)
  )
    return Number(trimmed.replaceAll('_', ''))
  const hexadecimal = /^([+-]?)0[xX]([\da-fA-F]+)(?:\.([\da-fA-F]+))?(?:[pP]([+-]?\d+))?$/.exec(trimmed)
  if (!hexadecimal) return undefined
  const [, sign, head = '', fraction = '', power = '0'] = hexadecimal
  const magnitude = Number(`0x${head}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length)
  return sign === '-' ? -magnitude : magnitude
}
