import {
  type ArrayValue,
  array,
  type HashValue,
  hash,
  hashKey,
  type StringValue,
  string,
  type Value,
} from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, toArray, toText, withOptionalBlock } from './definition.ts'
import { needEnumerable, sequenceOf } from './iteration.ts'

export const unique = builtin('unique', [
  overload(
    [param('String', 'string')],
    (call) => {
      const text = call.args[0] as StringValue
      const characters = [...text.value].map((character) => string(character, text.origin))
      const kept = withoutRepeats(call, characters) as StringValue[]
      return toText(call, kept.map((character) => character.value).join(''))
    },
    withOptionalBlock('Callable[String]'),
  ),
  overload([param('Hash', 'hash')], uniqueHash, withOptionalBlock('Callable[Any]')),
  overload(
    [param('Array', 'array')],
    (call) => toArray(call, withoutRepeats(call, (call.args[0] as ArrayValue).values)),
    withOptionalBlock('Callable[Any]'),
  ),
  overload(
    [param('Iterable', 'iterable')],
    (call) => {
      needEnumerable(call, 'uniq')
      return toArray(call, withoutRepeats(call, sequenceOf(call, call.args[0] as Value).values))
    },
    withOptionalBlock('Callable[Any]'),
  ),
])

/** The first of those that are the same, or of those for which the block gives the same. */
function withoutRepeats(call: Call, values: Iterable<Value>): Value[] {
  const seen = new Map<string, Value>()
  for (const value of values) {
    const key = hashKey(call.block ? call.block.call([value]) : value)
    if (!seen.has(key)) seen.set(key, value)
  }
  return [...seen.values()]
}

/** Keys of the same value come together: `{[keys] => [different values]}`. */
function uniqueHash(call: Call): Value {
  const groups = new Map<string, { keys: Value[]; values: Value[] }>()
  for (const { key, value } of (call.args[0] as HashValue).entries.values()) {
    const id = hashKey(call.block ? call.block.call([value]) : value)
    const group = groups.get(id) ?? { keys: [], values: [] }
    groups.set(id, group)
    group.keys.push(key)
    if (!group.values.some((known) => hashKey(known) === hashKey(value))) group.values.push(value)
  }
  const origin = originOf(call)
  return hash(
    [...groups.values()].map((g) => [array(g.keys, origin), array(g.values, origin)] as const),
    origin,
  )
}
