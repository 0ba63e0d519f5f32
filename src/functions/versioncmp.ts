import { compareCodePoints } from '../types/construct.ts'
import type { StringValue } from '../value/value.ts'
import { builtin, isTrue, optional, overload, param, toInteger } from './definition.ts'

export const versioncmp = builtin('versioncmp', [
  overload([param('String', 'a'), param('String', 'b'), optional('Boolean', 'ignore_trailing_zeroes')], (call) => {
    const [a, b] = call.args as StringValue[] as [StringValue, StringValue]
    const ignoreZeroes = call.args[2] !== undefined && isTrue(call.args[2])
    return toInteger(call, compareVersions(a.value, b.value, ignoreZeroes))
  }),
])

/**
 * Compares versions as Puppet's packages do: piece by piece, a hyphen lowest, then a dot, numbers by value unless one has
 * a leading zero; -1, 0 or 1.
 */
export function compareVersions(first: string, second: string, ignoreTrailingZeroes = false): number {
  const a = ignoreTrailingZeroes ? withoutTrailingZeroes(first) : first
  const b = ignoreTrailingZeroes ? withoutTrailingZeroes(second) : second
  const left = a.match(/[-.]|\d+|[^-.\d]+/g) ?? []
  const right = b.match(/[-.]|\d+|[^-.\d]+/g) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string]
    if (x === y) continue
    for (const mark of ['-', '.']) {
      if (x === mark) return -1
      if (y === mark) return 1
    }
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y) && !x.startsWith('0') && !y.startsWith('0')
    if (numeric) return BigInt(x) < BigInt(y) ? -1 : 1
    return sign(compareCodePoints(x.toUpperCase(), y.toUpperCase()))
  }
  return sign(compareCodePoints(a, b))
}

function withoutTrailingZeroes(version: string): string {
  const [head = '', ...rest] = version.split('-')
  return [head.replace(/[.0]+$/m, ''), ...rest].join('-').replace(/-+$/, '')
}

function sign(difference: number): number {
  return Math.sign(difference)
}
