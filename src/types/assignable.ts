import { rubyRegexp } from '../value/regexp.ts'
import type { CallableType, ObjectType, PuppetType, Size } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { isSelfRecursive, resolveAlias } from './alias.ts'
import { richData } from './aliases.ts'
import { anyType, emptyHash, exactly, stringType, stringValue, tupleOf, undefType } from './construct.ts'
import { typeEquals } from './equal.ts'
import { isIterable, iteratedType } from './iterable.ts'
import {
  isRecursiveInBoth,
  isTooDeep,
  meetThat,
  type RecursionGuard,
  recursionGuard,
  startAfresh,
  withinThis,
} from './recursion-guard.ts'
import { rangeCovers } from './semver-range.ts'
import { enumAccepts, patternAccepts, sizeWithin, stringAccepts } from './strings.ts'

type Guard = RecursionGuard

/** Whether every value of `other` may stand where `type` is asked for (specification, "Type System", assignability). */
export function isAssignable(type: PuppetType, other: PuppetType, guard?: Guard): boolean {
  if (type.kind === 'Unit') return true
  if (type.kind === 'TypeAlias' && isSelfRecursive(type)) {
    const known = guard ?? recursionGuard()
    return withinThis(known, type, () => isRecursiveInBoth(known) || open(type, other, known))
  }
  if (type.kind === 'Variant') {
    if (other.kind === 'Undef' && type.types.length === 0) return false
    if (other.kind === 'Variant' && type.types.length === 0) return true
  }
  return open(type, other, guard)
}

/** Opens what the given type is wrapped in: each alternative of a Variant, undef and the rest of an Optional. */
function open(type: PuppetType, other: PuppetType, guard?: Guard): boolean {
  switch (other.kind) {
    case 'Unit':
      return true
    case 'TypeAlias': {
      if (!isSelfRecursive(other)) return isAssignable(type, other.resolved(), guard)
      const known = guard ?? recursionGuard()
      meetThat(known, other)
      return isRecursiveInBoth(known) || isAssignable(type, other.resolved(), known)
    }
    case 'Variant':
      if (type.kind === 'Any') return true
      if (type.kind === 'NotUndef' && other.types.length === 0) return accepts(type, other, guard)
      return other.types.length > 0 && other.types.every((t) => isAssignable(type, t, guard))
    case 'Optional':
      if (!isAssignable(type, undefType)) return false
      return other.type === undefined || isTooDeep(guard) || isAssignable(type, other.type, startAfresh(guard))
    case 'NotUndef':
      return other.type !== undefined && !isAssignable(other.type, undefType)
        ? isAssignable(type, other.type, guard)
        : accepts(type, other, guard)
    default:
      return accepts(type, other, guard)
  }
}

const scalarDataKinds = new Set(['ScalarData', 'Enum', 'Numeric', 'Integer', 'Float', 'String', 'Pattern', 'Boolean'])
const scalarKinds = new Set([...scalarDataKinds, 'Scalar', 'Regexp', 'SemVer', 'SemVerRange', 'Timespan', 'Timestamp'])

/** The check proper: `other` is no Variant with members, no alias, no Optional. */
function accepts(type: PuppetType, other: PuppetType, guard?: Guard): boolean {
  switch (type.kind) {
    case 'Any':
      return true
    case 'TypeAlias':
      return isAssignable(type.resolved(), other, guard)
    case 'NotUndef':
      return !isAssignable(other, undefType, guard) && (!type.type || isAssignable(type.type, other, guard))
    case 'Undef':
    case 'Default':
    case 'Binary':
    case 'SemVerRange':
      return other.kind === type.kind
    case 'Scalar':
      return scalarKinds.has(other.kind)
    case 'ScalarData':
      return scalarDataKinds.has(other.kind)
    case 'Numeric':
      return other.kind === 'Numeric' || other.kind === 'Integer' || other.kind === 'Float'
    case 'Integer':
    case 'Float':
    case 'Timestamp':
    case 'Timespan':
      return other.kind === type.kind && rangeWithin(type, other)
    case 'String':
      return stringAccepts(type, other)
    case 'Enum':
      return enumAccepts(type, other)
    case 'Pattern':
      return patternAccepts(type, other)
    case 'Regexp':
      return other.kind === 'Regexp' && (type.pattern === undefined || type.pattern === other.pattern)
    case 'Boolean':
      return other.kind === 'Boolean' && (type.value === undefined || type.value === other.value)
    case 'Collection':
      return collectionAccepts(type.size, other)
    case 'Array':
      if (other.kind === 'Tuple')
        return tupleFits(type.size, other) && other.types.every((t) => isAssignable(type.element, t, guard))
      return (
        other.kind === 'Array' && sizeWithin(type.size, other.size) && isAssignable(type.element, other.element, guard)
      )
    case 'Hash':
      return hashAccepts(type, other, guard)
    case 'Struct':
      return structAccepts(type, other, guard)
    case 'Tuple':
      return tupleAccepts(type, other, guard)
    case 'Callable':
      return other.kind === 'Callable' && callableAccepts(type, other, guard)
    case 'Variant':
      return type.types.some((t) => isAssignable(t, other, guard))
    case 'Optional':
      return other.kind === 'Undef' || type.type === undefined || isAssignable(type.type, other, guard)
    case 'Type':
      if (other.kind !== 'Type') return false
      return type.type === undefined || (other.type !== undefined && isAssignable(type.type, other.type, guard))
    case 'Sensitive':
      return other.kind === 'Sensitive' && (!type.type || isAssignable(type.type, other.type ?? anyType, guard))
    case 'Iterable': {
      if (takesAnyElement(type.type, guard)) return isIterable(other)
      const element = iteratedType(other)
      return element !== undefined && element !== 'unknown' && isAssignable(type.type as PuppetType, element, guard)
    }
    case 'Iterator':
      return (
        other.kind === 'Iterator' &&
        (!type.type || (other.type !== undefined && isAssignable(type.type, other.type, guard)))
      )
    case 'CatalogEntry':
      return other.kind === 'CatalogEntry' || other.kind === 'Class' || other.kind === 'Resource'
    case 'Class':
      return other.kind === 'Class' && (type.name === undefined || type.name === other.name)
    case 'Resource':
      return (
        other.kind === 'Resource' &&
        (type.typeName === undefined ||
          (type.typeName.toLowerCase() === other.typeName?.toLowerCase() &&
            (type.title === undefined || type.title === other.title)))
      )
    case 'SemVer':
      if (other.kind !== 'SemVer') return false
      if (type.ranges.length === 0) return true
      return other.ranges.length > 0 && other.ranges.every((o) => type.ranges.some((r) => rangeCovers(r, o)))
    case 'URI':
      return other.kind === 'URI' && parametersMatch(entries(type.parameters), entries(other.parameters))
    case 'Object':
      return objectAccepts(type, other)
    case 'ObjectExtension':
      return (
        objectAccepts(type.base, other) &&
        parametersMatch(type.parameters, other.kind === 'ObjectExtension' ? other.parameters : new Map())
      )
    case 'Init':
      return initAccepts(type, other, guard)
    case 'Runtime':
      return (
        other.kind === 'Runtime' &&
        (type.runtime === undefined || type.runtime === other.runtime) &&
        (type.name === undefined || type.name === other.name)
      )
    case 'TypeSet':
      return other.kind === 'TypeSet' && (type.name === 'DefaultTypeSet' || typeEquals(type, other))
    case 'TypeReference':
      return typeEquals(type, other)
    default:
      return false
  }
}

/** Whether an Iterable of this element type takes elements of every kind. */
export function takesAnyElement(element: PuppetType | undefined, guard?: Guard): boolean {
  return element === undefined || isAssignable(element, anyType, guard)
}

function rangeWithin(type: PuppetType, other: PuppetType): boolean {
  const outer = type as { from?: bigint | number; to?: bigint | number }
  const inner = other as { from?: bigint | number; to?: bigint | number }
  return (
    (outer.from === undefined || (inner.from !== undefined && outer.from <= inner.from)) &&
    (outer.to === undefined || (inner.to !== undefined && outer.to >= inner.to))
  )
}

/** The sizes that a Tuple accepts. */
export function tupleSize(types: readonly PuppetType[], size: Size | undefined): Size {
  return size ?? (types.length === 0 ? { min: 0 } : exactly(types.length))
}

function tupleFits(size: Size | undefined, tuple: PuppetType & { kind: 'Tuple' }): boolean {
  return sizeWithin(size, tuple.size ?? exactly(tuple.types.length))
}

function collectionAccepts(size: Size | undefined, other: PuppetType): boolean {
  switch (other.kind) {
    case 'Collection':
    case 'Array':
    case 'Hash':
      return sizeWithin(size, other.size)
    case 'Tuple':
      return tupleFits(size, other)
    case 'Struct':
      return sizeWithin(size, exactly(other.elements.length))
    default:
      return false
  }
}

function hashAccepts(type: PuppetType & { kind: 'Hash' }, other: PuppetType, guard?: Guard): boolean {
  if (other.kind === 'Hash') {
    if ((!type.size || type.size.min === 0) && typeEquals(other, emptyHash)) return true
    return (
      isAssignable(type.key, other.key, guard) &&
      isAssignable(type.value, other.value, guard) &&
      sizeWithin(type.size, other.size)
    )
  }
  if (other.kind !== 'Struct') return false
  return (
    sizeWithin(type.size, exactly(other.elements.length)) &&
    other.elements.every(
      (e) => isAssignable(type.key, stringValue(e.name), guard) && isAssignable(type.value, e.value, guard),
    )
  )
}

function structAccepts(type: PuppetType & { kind: 'Struct' }, other: PuppetType, guard?: Guard): boolean {
  if (other.kind === 'Struct') {
    const others = new Map(other.elements.map((e) => [e.name, e]))
    let matched = 0
    for (const element of type.elements) {
      const found = others.get(element.name)
      if (!found) {
        if (!element.optional) return false
        continue
      }
      matched++
      if (!isAssignable(element.key, found.key, guard) || !isAssignable(element.value, found.value, guard)) return false
    }
    return matched === others.size
  }
  if (other.kind !== 'Hash') return false
  const required = type.elements.filter((e) => !e.optional)
  const fits = required.every(
    (e) => isAssignable(e.value, other.value, guard) && isAssignable(stringType, other.key, guard),
  )
  return fits && sizeWithin({ min: required.length, max: type.elements.length }, other.size)
}

function tupleAccepts(type: PuppetType & { kind: 'Tuple' }, other: PuppetType, guard?: Guard): boolean {
  if (typeEquals(type, other)) return true
  const size = tupleSize(type.types, type.size)
  const last = type.types.at(-1)
  if (other.kind === 'Tuple') {
    if (!sizeWithin(size, tupleSize(other.types, other.size))) return false
    if (!last) return true
    if (other.types.length === 0) return size.min === 0
    return other.types.every((t, i) => isAssignable(type.types[i] ?? last, t, guard))
  }
  if (other.kind !== 'Array' || !sizeWithin(size, other.size)) return false
  const count = Math.min(type.types.length, other.size?.max ?? Infinity)
  return type.types.slice(0, count).every((t) => isAssignable(t, other.element, guard))
}

/** In reverse for parameters: the other callable must take all that this one is called with. */
function callableAccepts(type: CallableType, other: CallableType, guard?: Guard): boolean {
  if (type.returns && !isAssignable(type.returns, other.returns ?? anyType, guard)) return false
  if (!type.parameters) return true
  if (!other.parameters) return false
  if (!isAssignable(tupleOf(other.parameters, other.size), tupleOf(type.parameters, type.size), guard)) return false
  return isAssignable(other.block ?? undefType, type.block ?? undefType, guard)
}

function objectAccepts(type: ObjectType, other: PuppetType): boolean {
  if (other.kind === 'ObjectExtension') return objectAccepts(type, other.base)
  if (other.kind !== 'Object') return false
  if (isAnyObject(type) || typeEquals(type, other)) return true
  return other.parent !== undefined && objectAccepts(type, resolveAlias(other.parent))
}

/** `Object` without name and contents. */
export function isAnyObject(type: ObjectType): boolean {
  return type.name === '' && type.attributes.length === 0 && type.parent === undefined && type.definition === undefined
}

function initAccepts(type: PuppetType & { kind: 'Init' }, other: PuppetType, guard?: Guard): boolean {
  if (other.kind === 'Init') {
    if (!type.type) return true
    return other.type !== undefined && isAssignable(type.type, other.type, guard)
  }
  if (!type.accepted) return isAssignable(richData, other, guard)
  const { single, several } = type.accepted()
  return (
    isAssignable(single, other, guard) ||
    several.some((tuple) => isAssignable(tuple, other, guard) || isAssignable(tuple, tupleOf([other]), guard))
  )
}

function entries(parameters: Value | undefined): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  if (parameters?.kind !== 'hash') return found
  for (const { key, value } of parameters.entries.values()) if (key.kind === 'string') found.set(key.value, value)
  return found
}

/** Each parameter that the pattern names is there and matches, as a case option would. */
function parametersMatch(wanted: ReadonlyMap<string, Value>, given: ReadonlyMap<string, Value>): boolean {
  for (const [name, pattern] of wanted) {
    const value = given.get(name)
    if (!value || !parameterMatches(value, pattern)) return false
  }
  return true
}

/** Whether a value matches another in the way of a case option, as far as type parameters go. */
export function parameterMatches(value: Value, pattern: Value): boolean {
  switch (pattern.kind) {
    case 'string':
      return value.kind === 'string' && value.value.toLowerCase() === pattern.value.toLowerCase()
    case 'regexp':
      return value.kind === 'string'
        ? rubyRegexp(pattern.pattern).test(value.value)
        : sameRegexp(value, pattern.pattern)
    case 'integer':
      return value.kind === 'integer' && value.value === pattern.value
    case 'type':
      if (value.kind === 'type') return isAssignable(pattern.type, value.type)
      if (value.kind === 'string') return isAssignable(pattern.type, stringValue(value.value))
      if (value.kind === 'undef') return isAssignable(pattern.type, undefType)
      return (
        value.kind === 'integer' && isAssignable(pattern.type, { kind: 'Integer', from: value.value, to: value.value })
      )
    default:
      return value.kind === pattern.kind
  }
}

function sameRegexp(value: Value, pattern: string): boolean {
  return value.kind === 'regexp' && value.pattern === pattern
}
