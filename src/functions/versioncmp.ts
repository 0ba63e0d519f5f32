import { compareCodePoints } from '../types/construct.ts'
import type { StringValue } from '../value/value.ts'
import { builtin, isTrue, optional, overload, param, refuse, toInteger } from './definition.ts'

export const versioncmp = builtin('versioncmp', [
  overload([param('String', 'a'), param('String', 'b'), optional('Boolean', 'ignore_trailing_zeroes')], (call) => {
    const [a, b] = call.args as StringValue[] as [StringValue, StringValue]
    const ignoreZeroes = call.args[2] !== undefined && isTrue(call.args[2])
    if (!ignoreZeroes) return toInteger(call, compareVersions(a.value, b.value))
    const [first, second] = [withoutTrailingZeroes(a.value), withoutTrailingZeroes(b.value)]
    if (first === undefined || second === undefined) return refuse(call, "undefined method `sub!' for nil:NilClass")
    return toInteger(call, compareVersions(first, second))
  }),
])

/**
 * Compares versions as Puppet's packages do: piece by piece, a hyphen lowest, then a dot, numbers by value unless one has
 * a leading zero; -1, 0 or 1.
 */
function compareVersions(a: string, b: string): number {
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

/** `undefined` for nothing but hyphens, at which Puppet fails. */
function withoutTrailingZeroes(version: string): string | undefined {
  const parts = version.replace(/-+$/, '').split('-')
  const [head = '', ...rest] = parts
  if (head === '' && rest.length === 0) return undefined
  return [head.replace(/[.0]+$/m, ''), ...rest].join('-')
}

function sign(difference: number): number {
  return Math.sign(difference)
}
