import { rubyClass, rubyTypeClass } from '../types/ruby-value.ts'
import { rubyRegexp } from '../value/regexp.ts'
import type { PuppetType } from '../value/type.ts'
import { type ArrayValue, array, type StringValue, string, undef, type Value } from '../value/value.ts'
import { builtin, type Call, nothing, originOf, overload, param, refuse, toArray } from './definition.ts'
import { flattened } from './flatten.ts'

export const match = builtin('match', [
  overload([param('String', 'string'), param('Variant[Any, Type]', 'pattern')], (call) =>
    result(call, call.args[0] as StringValue),
  ),
  overload([param('Array[String]', 'string'), param('Variant[Any, Type]', 'pattern')], (call) =>
    toArray(
      call,
      (call.args[0] as ArrayValue).values.map((text) => result(call, text as StringValue)),
    ),
  ),
])

function result(call: Call, text: StringValue): Value {
  return matchValue(call, call.args[1] as Value, text) ?? nothing(call)
}

/** The whole match and its groups, or nothing. */
function matchValue(call: Call, pattern: Value, text: StringValue): Value | undefined {
  switch (pattern.kind) {
    case 'string':
      return matchPattern(call, pattern.value, text)
    case 'regexp':
      return matchPattern(call, pattern.pattern, text)
    case 'array':
      return first(flattened(pattern.values), (entry) => matchValue(call, entry, text))
    case 'type':
      return matchType(call, pattern.type, text)
    default:
      return unfit(call, rubyClass(pattern))
  }
}

function matchType(call: Call, type: PuppetType, text: StringValue): Value | undefined {
  switch (type.kind) {
    case 'TypeAlias':
      return matchType(call, type.resolved(), text)
    case 'Variant':
      return first(type.types, (one) => matchType(call, one, text))
    case 'Pattern':
      return first(type.patterns, (one) => matchPattern(call, one, text))
    case 'Regexp':
      if (type.pattern === undefined) return refuse(call, 'Given Regexp Type has no regular expression')
      return matchPattern(call, type.pattern, text)
    default:
      return unfit(call, rubyTypeClass(type))
  }
}

function matchPattern(call: Call, pattern: string, text: StringValue): Value | undefined {
  const found = rubyRegexp(pattern, {}, { span: call.context.span }).exec(text.value)
  if (!found) return undefined
  const origin = originOf(call)
  return array(
    [...found].map((group) => (group === undefined ? undef(origin) : string(group, origin))),
    origin,
  )
}

function first<T>(candidates: readonly T[], find: (candidate: T) => Value | undefined): Value | undefined {
  for (const candidate of candidates) {
    const found = find(candidate)
    if (found) return found
  }
  return undefined
}

function unfit(call: Call, className: string): never {
  return refuse(
    call,
    `match() expects pattern of T, where T is String, Regexp, Regexp[r], Pattern[p], or Array[T]. Got ${className}`,
  )
}
