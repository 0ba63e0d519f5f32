import { compareCodePoints } from '../types/construct.ts'
import { rubyText } from '../types/ruby-value.ts'
import type { ArrayValue, StringValue, Value } from '../value/value.ts'
import {
  builtin,
  type Call,
  nothing,
  overload,
  param,
  refuse,
  repeated,
  withBlock,
  withOptionalBlock,
} from './definition.ts'
import { blockOrder, compareOrFail } from './ruby-order.ts'

type Compare = (call: Call, a: Value, b: Value) => number

/** `max` (direction 1) and `min` (direction -1). Puppet 8 knows versions and times as well. */
function extreme(name: string, direction: 1 | -1, puppet: 7 | 8) {
  const choose = (call: Call, values: readonly Value[], compare: Compare): Value => {
    const [first, ...rest] = values
    if (!first && call.block) return nothing(call)
    if (!first) return refuse(call, `${name}(): Wrong number of arguments need at least one`)
    return rest.reduce((best, value) => (compare(call, value, best) * direction > 0 ? value : best), first)
  }
  const kinds: [type: string, compare: Compare][] = [
    ['Numeric', compareOrFail],
    ['String', byText],
    ...(puppet === 7
      ? []
      : ['Semver', 'Timespan', 'Timestamp'].map((type): [string, Compare] => [type, compareOrFail])),
  ]
  const ofArray = (type: string, compare: Compare) =>
    overload(
      [param(type, 'values')],
      (call) => choose(call, (call.args[0] as ArrayValue).values, call.block ? byBlock : compare),
      withOptionalBlock('Callable[2,2]'),
    )
  return builtin(name, [
    ...kinds.map(([type, compare]) => overload([repeated(type, 'values')], (call) => choose(call, call.args, compare))),
    ...kinds.map(([type, compare]) => ofArray(`Array[${type}]`, compare)),
    ofArray('Array', byAnyText),
    overload([repeated('Any', 'values')], (call) => choose(call, call.args, byBlock), withBlock('Callable[2,2]')),
    overload([repeated('Any', 'values')], (call) => choose(call, call.args, byAnyText)),
  ])
}

const byBlock: Compare = (call, a, b) => (call.block ? blockOrder(call, call.block.call([a, b]), a, b) : 0)

const byText: Compare = (call, a, b) => {
  const [left, right] = [(a as StringValue).value, (b as StringValue).value]
  return byNumberIn(call, left, right) ?? compareCodePoints(left, right)
}

const byAnyText: Compare = (call, a, b) => {
  const [left, right] = [rubyText(a), rubyText(b)]
  const byNumber = byNumberIn(call, left, right)
  if (byNumber !== undefined) return byNumber
  call.context.warnOnce(
    `${call.name}_function_string_coerce_any`,
    `The ${call.name}() function's auto conversion of Any to String is deprecated - ` +
      'change to convert input before calling, or use lambda',
  )
  return compareCodePoints(left, right)
}

function byNumberIn(call: Call, a: string, b: string): number | undefined {
  const numeric = /^-?\d+(?:[._eE]\d+)?$/
  if (!numeric.test(a) || !numeric.test(b)) return undefined
  call.context.warnOnce(
    `${call.name}_function_numeric_coerce_string`,
    `The ${call.name}() function's auto conversion of String to Numeric is deprecated - ` +
      'change to convert input before calling, or use lambda',
  )
  return Number(a.replace('_', '')) - Number(b.replace('_', ''))
}

export const max = extreme('max', 1, 8)
export const min = extreme('min', -1, 8)
export const max7 = extreme('max', 1, 7)
export const min7 = extreme('min', -1, 7)
