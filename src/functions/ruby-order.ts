import { compareCodePoints } from '../types/construct.ts'
import { noMethod, rubyClass, rubyInspect } from '../types/ruby-value.ts'
import { compareVersions, parseVersion } from '../types/semver.ts'
import type { Value } from '../value/value.ts'
import { type Call, refuse } from './definition.ts'
import { rubyEquals } from './ruby-equality.ts'

/** Ruby's `<=>`: negative, zero or positive; `undefined` for values that have no order among them. */
function rubyCompare(a: Value, b: Value): number | undefined {
  if (a.kind === 'string' && b.kind === 'string') return compareCodePoints(a.value, b.value)
  const [left, right] = [numberOf(a), numberOf(b)]
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0
  if (a.kind === b.kind && (a.kind === 'timestamp' || a.kind === 'timespan'))
    return order(a.nanoseconds, (b as typeof a).nanoseconds)
  if (a.kind === 'semver' && b.kind === 'semver') return compareVersions(parseVersion(a.text), parseVersion(b.text))
  if (a.kind === 'array' && b.kind === 'array') {
    for (let i = 0; i < Math.min(a.values.length, b.values.length); i++) {
      const difference = rubyCompare(a.values[i] as Value, b.values[i] as Value)
      if (difference !== 0) return difference
    }
    return a.values.length - b.values.length
  }
  return rubyEquals(a, b) ? 0 : undefined
}

function numberOf(value: Value): bigint | number | undefined {
  return value.kind === 'integer' || value.kind === 'float' ? value.value : undefined
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `rubyCompare`, and Ruby's error where there is no order. */
export function compareOrFail(call: Call, a: Value, b: Value): number {
  return rubyCompare(a, b) ?? incomparable(call, a, b)
}

function incomparable(call: Call, a: Value, b: Value): never {
  const special = ['undef', 'boolean', 'integer', 'float'].includes(b.kind)
  return refuse(call, `comparison of ${rubyClass(a)} with ${special ? rubyInspect(b) : rubyClass(b)} failed`)
}

/** What a block that compares `a` and `b` gave, as a number. */
export function blockOrder(call: Call, given: Value, a: Value, b: Value): number {
  switch (given.kind) {
    case 'integer':
      return order(given.value, 0n)
    case 'float':
      return given.value
    case 'undef':
      return incomparable(call, a, b)
    case 'string':
    case 'array':
      return refuse(call, given.kind === 'string' ? 'comparison of String with 0 failed' : noMethod('>', given))
    default:
      return refuse(call, noMethod('>', given))
  }
}

/**
 * Sorts as the C library's merge sort does that Ruby uses: stable, and with the same comparisons in the same order, so
 * that a block sees the same pairs and the same pair fails first.
 */
export function mergeSort<T>(values: readonly T[], compare: (a: T, b: T) => number): T[] {
  if (values.length <= 1) return [...values]
  const middle = values.length >> 1
  const left = mergeSort(values.slice(0, middle), compare)
  const right = mergeSort(values.slice(middle), compare)
  const result: T[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length)
    result.push(compare(left[i] as T, right[j] as T) <= 0 ? (left[i++] as T) : (right[j++] as T))
  return [...result, ...left.slice(i), ...right.slice(j)]
}
