import type { Value } from '../value/value.ts'
import { builtin, overload, repeated, toArray } from './definition.ts'

export const flatten = builtin('flatten', [
  overload([repeated('Any', 'args')], (call) => toArray(call, flattened(call.args))),
])

/** All elements of nested arrays, in order. */
export function flattened(values: readonly Value[]): Value[] {
  const result: Value[] = []
  const add = (value: Value): void => {
    if (value.kind === 'array') value.values.forEach(add)
    else result.push(value)
  }
  values.forEach(add)
  return result
}
