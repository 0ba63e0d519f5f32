import type { PuppetType, Size } from '../value/type.ts'
import { hashGet, undef, type Value } from '../value/value.ts'
import { isSelfRecursive } from './alias.ts'
import { richData } from './aliases.ts'
import { isAnyObject, isAssignable, parameterMatches, takesAnyElement } from './assignable.ts'
import { characterCount } from './construct.ts'
import { infer, inferSet } from './infer.ts'
import { isIterableRange } from './iterable.ts'
import { parseVersion } from './semver.ts'
import { parseVersionRange, rangeIncludes } from './semver-range.ts'
import { enumHolds, matchesPattern } from './strings.ts'
import { uriPart } from './uri.ts'

/** Values that are being held against a recursive alias. */
type Guard = Map<PuppetType, Set<Value>>

/** Whether the value is of the type. */
export function isInstance(type: PuppetType, value: Value, guard?: Guard): boolean {
  switch (type.kind) {
    case 'Any':
    case 'Unit':
      return true
    case 'Undef':
      return value.kind === 'undef'
    case 'Default':
      return value.kind === 'default'
    case 'NotUndef':
      return value.kind !== 'undef' && (!type.type || isInstance(type.type, value, guard))
    case 'Optional':
      return value.kind === 'undef' || (type.type !== undefined && isInstance(type.type, value, guard))
    case 'Variant':
      return type.types.some((t) => isInstance(t, value, guard))
    case 'TypeAlias':
      return isInstanceOfAlias(type, value, guard)
    case 'String':
      if (value.kind !== 'string') return false
      return type.size
        ? fits(type.size, characterCount(value.value))
        : type.value === undefined || type.value === value.value
    case 'Enum':
      return value.kind === 'string' && enumHolds(type, value.value)
    case 'Pattern':
      return value.kind === 'string' && (type.patterns.length === 0 || matchesPattern(type.patterns, value.value))
    case 'Integer':
      return value.kind === 'integer' && between(type, value.value)
    case 'Float':
      return value.kind === 'float' && between(type, value.value)
    case 'Numeric':
      return value.kind === 'integer' || value.kind === 'float'
    case 'Boolean':
      return value.kind === 'boolean' && (type.value === undefined || type.value === value.value)
    case 'Regexp':
      return value.kind === 'regexp' && (type.pattern === undefined || type.pattern === value.pattern)
    case 'Scalar':
      return scalarKinds.has(value.kind)
    case 'ScalarData':
      return scalarDataKinds.has(value.kind)
    case 'Collection':
      if (value.kind === 'array') return fits(type.size, value.values.length)
      return value.kind === 'hash' && fits(type.size, value.entries.size)
    case 'Array':
      return (
        value.kind === 'array' &&
        fits(type.size, value.values.length) &&
        value.values.every((v) => isInstance(type.element, v, guard))
      )
    case 'Hash':
      return value.kind === 'hash' && fits(type.size, value.entries.size) && everyEntry(type, value, guard)
    case 'Tuple':
      return value.kind === 'array' && isTupleOf(type, value.values, guard)
    case 'Struct':
      return value.kind === 'hash' && isStructOf(type, value, guard)
    default:
      return isOther(type, value, guard)
  }
}

const scalarDataKinds = new Set<Value['kind']>(['string', 'integer', 'float', 'boolean'])
const scalarKinds = new Set<Value['kind']>([
  ...scalarDataKinds,
  'regexp',
  'semver',
  'semver-range',
  'timestamp',
  'timespan',
])

function isOther(type: PuppetType, value: Value, guard?: Guard): boolean {
  switch (type.kind) {
    case 'Type':
      return value.kind === 'type' && (!type.type || isAssignable(type.type, value.type))
    case 'Sensitive':
      return value.kind === 'sensitive' && (!type.type || isInstance(type.type, value.value, guard))
    case 'Binary':
      return value.kind === 'binary'
    case 'Timestamp':
    case 'Timespan':
      return value.kind === type.kind.toLowerCase() && between(type, (value as { nanoseconds: bigint }).nanoseconds)
    case 'SemVer':
      if (value.kind !== 'semver') return false
      return (
        type.ranges.length === 0 ||
        type.ranges.some((r) => rangeIncludes(parseVersionRange(r), parseVersion(value.text)))
      )
    case 'SemVerRange':
      return value.kind === 'semver-range'
    case 'URI':
      return value.kind === 'uri' && isUriOf(type, value)
    case 'Iterable':
      if (takesAnyElement(type.type)) return isIterableValue(value)
      return isAssignable(type, infer(value))
    case 'Iterator':
      return value.kind === 'iterator' && (!type.type || isAssignable(type.type, value.element))
    case 'Init':
      return isInitOf(type, value, guard)
    case 'Object':
      // Puppet's types are objects too.
      if (value.kind === 'type') return isAnyObject(type)
      return value.kind === 'object' && isAssignable(type, value.type)
    case 'ObjectExtension':
      return (
        value.kind === 'object' &&
        isAssignable(type.base, value.type) &&
        [...type.parameters].every(([name, pattern]) =>
          parameterMatches(value.attributes.get(name) ?? undef(value.origin), pattern),
        )
      )
    case 'TypeSet':
      return value.kind === 'type' && value.type.kind === 'TypeSet' && isAssignable(type, value.type)
    case 'Runtime':
      return isAssignable(type, infer(value))
    default:
      return false
  }
}

function fits(size: Size | undefined, count: number): boolean {
  return !size || (count >= size.min && count <= (size.max ?? Infinity))
}

function between(type: { from?: bigint | number; to?: bigint | number }, value: bigint | number): boolean {
  return (type.from === undefined || value >= type.from) && (type.to === undefined || value <= type.to)
}

function isInstanceOfAlias(type: PuppetType & { kind: 'TypeAlias' }, value: Value, guard?: Guard): boolean {
  if (!isSelfRecursive(type)) return isInstance(type.resolved(), value, guard)
  const pairs: Guard = guard ?? new Map()
  const held = pairs.get(type)
  if (held?.has(value)) return false
  if (held) held.add(value)
  else pairs.set(type, new Set([value]))
  const result = isInstance(type.resolved(), value, pairs)
  pairs.get(type)?.delete(value)
  return result
}

function everyEntry(type: PuppetType & { kind: 'Hash' }, value: Value & { kind: 'hash' }, guard?: Guard): boolean {
  for (const entry of value.entries.values())
    if (!isInstance(type.key, entry.key, guard) || !isInstance(type.value, entry.value, guard)) return false
  return true
}

function isTupleOf(type: PuppetType & { kind: 'Tuple' }, values: readonly Value[], guard?: Guard): boolean {
  if (type.size ? !fits(type.size, values.length) : type.types.length > 0 && type.types.length !== values.length)
    return false
  const last = type.types.at(-1)
  return !last || values.every((v, i) => isInstance(type.types[i] ?? last, v, guard))
}

function isStructOf(type: PuppetType & { kind: 'Struct' }, value: Value & { kind: 'hash' }, guard?: Guard): boolean {
  let matched = 0
  for (const element of type.elements) {
    const found = hashGet(value, element.name)
    if (!found) {
      if (!element.optional) return false
      continue
    }
    matched++
    if (!isInstance(element.value, found, guard)) return false
  }
  return matched === value.entries.size
}

function isIterableValue(value: Value): boolean {
  switch (value.kind) {
    case 'iterator':
    case 'string':
    case 'hash':
    case 'array':
      return true
    case 'integer':
      return value.value >= 0n
    case 'type': {
      const type = value.type.kind === 'TypeAlias' ? value.type.resolved() : value.type
      return isIterableRange(type)
    }
    default:
      return false
  }
}

function isUriOf(type: PuppetType & { kind: 'URI' }, value: Value & { kind: 'uri' }): boolean {
  if (type.parameters?.kind !== 'hash') return true
  for (const { key, value: pattern } of type.parameters.entries.values()) {
    if (key.kind !== 'string') return false
    if (!parameterMatches(uriPart(value, key.value) ?? undef(value.origin), pattern)) return false
  }
  return true
}

function isInitOf(type: PuppetType & { kind: 'Init' }, value: Value, guard?: Guard): boolean {
  if (!type.accepted) return isInstance(richData, value, guard)
  const { single, several } = type.accepted()
  if (isInstance(single, value, guard)) return true
  return several.some(
    (tuple) =>
      isInstance(tuple, value, guard) ||
      (takesOne(tuple) && isAssignable(tuple, { kind: 'Tuple', types: [inferSet(value)] })),
  )
}

function takesOne(tuple: PuppetType): boolean {
  return tuple.kind === 'Tuple' && tuple.size?.min === 1
}
