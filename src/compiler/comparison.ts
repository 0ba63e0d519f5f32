import type { ComparisonExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { isAssignable } from '../types/assignable.ts'
import { typeEquals } from '../types/equal.ts'
import { valueLabel } from '../types/label.ts'
import { compareVersions, parseVersion } from '../types/semver.ts'
import { wholeOrigin } from '../value/origin.ts'
import { boolean, hashKey, type Value } from '../value/value.ts'
import { failWith } from './issues.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'

/** `== != < > <= >=`; texts are compared without regard to case, types by assignability. */
export function evaluateComparison(node: ComparisonExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope)
  const right = evaluate(node.right, scope)
  const { operator } = node
  const result = (value: boolean): Value =>
    boolean(value, { kind: 'operation', span: node.span, from: [wholeOrigin(left), wholeOrigin(right)] })
  if (operator === '==') return result(valuesEqual(left, right))
  if (operator === '!=') return result(!valuesEqual(left, right))
  if (left.kind === 'type' && right.kind === 'type') {
    const same = typeEquals(left.type, right.type)
    const wide = operator.startsWith('<') ? right.type : left.type
    const narrow = operator.startsWith('<') ? left.type : right.type
    return result(isAssignable(wide, narrow) && (operator.endsWith('=') || !same))
  }
  const order = compareValues(left, right)
  if (typeof order === 'string')
    return failWith(
      `Comparison of: ${valueLabel(left)} ${operator} ${valueLabel(right)}, is not possible. Caused by '${order}'.`,
      { span: placeOf(node) },
    )
  switch (operator) {
    case '<':
      return result(order < 0)
    case '<=':
      return result(order <= 0)
    case '>':
      return result(order > 0)
    case '>=':
      return result(order >= 0)
  }
}

/** Puppet's `==`. */
export function valuesEqual(left: Value, right: Value): boolean {
  switch (left.kind) {
    case 'string':
      return right.kind === 'string' && foldAscii(left.value) === foldAscii(right.value)
    case 'integer':
    case 'float':
      if (right.kind !== 'integer' && right.kind !== 'float') return false
      return left.kind === right.kind ? left.value === right.value : Number(left.value) === Number(right.value)
    case 'array':
      return (
        right.kind === 'array' &&
        left.values.length === right.values.length &&
        left.values.every((value, i) => valuesEqual(value, right.values[i] as Value))
      )
    case 'hash':
      if (right.kind !== 'hash' || left.entries.size !== right.entries.size) return false
      for (const [key, entry] of left.entries) {
        const other = right.entries.get(key)
        if (!(other ? valuesEqual(other.value, entry.value) : entry.value.kind === 'undef')) return false
      }
      return true
    case 'type':
      return right.kind === 'type' && typeEquals(left.type, right.type)
    default:
      return left.kind === right.kind && hashKey(left) === hashKey(right)
  }
}

function foldAscii(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
}

/** The order of two values: a negative number, zero or a positive one; a text says why there is none. */
function compareValues(left: Value, right: Value): number | string {
  switch (left.kind) {
    case 'string':
      if (right.kind !== 'string') return 'A String is not comparable to a non String'
      return compareText(foldAscii(left.value), foldAscii(right.value))
    case 'integer':
    case 'float':
      if (right.kind === 'timespan' || right.kind === 'timestamp') return sign(nanoseconds(left), right.nanoseconds)
      if (right.kind !== 'integer' && right.kind !== 'float') return 'A Numeric is not comparable to non Numeric'
      return sign(left.value, right.value)
    case 'timespan':
    case 'timestamp':
      if (right.kind === left.kind) return sign(left.nanoseconds, right.nanoseconds)
      if (right.kind === 'integer' || right.kind === 'float') return sign(left.nanoseconds, nanoseconds(right))
      return `${left.kind === 'timespan' ? 'Timespans' : 'Timestamps'} are only comparable to ${
        left.kind === 'timespan' ? 'Timespans' : 'Timestamps'
      }, Integers, and Floats`
    case 'semver':
      if (right.kind !== 'semver') return 'Versions not comparable to non Versions'
      return compareVersions(parseVersion(left.text), parseVersion(right.text))
    case 'default':
      return right.kind === 'default' ? 0 : 'Symbol not comparable to non Symbol'
    default:
      return 'Only Strings, Numbers, Timespans, Timestamps, and Versions are comparable'
  }
}

function nanoseconds(value: Value & { kind: 'integer' | 'float' }): bigint {
  return value.kind === 'integer' ? value.value * 1_000_000_000n : BigInt(Math.round(value.value * 1e9))
}

function sign(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Ruby's order of texts: by bytes in UTF-8, which is the order of code points. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
