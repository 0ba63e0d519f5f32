import { type ArrayValue, type StringValue, string, type Value } from '../value/value.ts'
import { builtin, type Call, overload, param, toArray, toText, withOptionalBlock } from './definition.ts'
import { blockOrder, compareOrFail, mergeSort } from './ruby-order.ts'

export const sort = builtin('sort', [
  overload(
    [param('String', 'string_value')],
    (call) => {
      const text = call.args[0] as StringValue
      const characters = [...text.value].map((character) => string(character, text.origin))
      const sorted = sortedValues(call, characters) as StringValue[]
      return toText(call, sorted.map((character) => character.value).join(''))
    },
    withOptionalBlock('Callable[2,2]'),
  ),
  overload(
    [param('Array', 'array_value')],
    (call) => toArray(call, sortedValues(call, (call.args[0] as ArrayValue).values)),
    withOptionalBlock('Callable[2,2]'),
  ),
])

function sortedValues(call: Call, values: readonly Value[]): Value[] {
  const { block } = call
  if (!block) return mergeSort(values, (a, b) => compareOrFail(call, a, b))
  return mergeSort(values, (a, b) => blockOrder(call, block.call([a, b]), a, b))
}
