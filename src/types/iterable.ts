import type { PuppetType } from '../value/type.ts'
import { isSelfRecursive } from './alias.ts'
import { integerType, pairSize, tupleOf, unitType, variantOf } from './construct.ts'

/** Whether values of the type can be iterated over. */
export function isIterable(type: PuppetType): boolean {
  switch (type.kind) {
    case 'Enum':
    case 'Integer':
    case 'String':
    case 'Collection':
    case 'Array':
    case 'Hash':
    case 'Struct':
    case 'Tuple':
    case 'Iterable':
    case 'Iterator':
      return true
    case 'Type':
      return type.type !== undefined && isIterableRange(type.type)
    case 'TypeAlias':
      return (!isSelfRecursive(type) || type.resolved().kind !== 'TypeAlias') && isIterable(type.resolved())
    default:
      return false
  }
}

/** An Enum, or an Integer with both bounds: types that can be iterated over themselves. */
export function isIterableRange(type: PuppetType): boolean {
  return type.kind === 'Enum' || (type.kind === 'Integer' && type.from !== undefined && type.to !== undefined)
}

/**
 * The type of the elements that iterating gives. `'unknown'`: there are elements, their type is not said;
 * `undefined`: the type says nothing about iterating.
 */
export function iteratedType(type: PuppetType): PuppetType | 'unknown' | undefined {
  switch (type.kind) {
    case 'Enum':
    case 'String':
      return { kind: 'String', size: { min: 1, max: 1 } }
    case 'Integer':
      return integerType
    case 'Type':
      return type.type && isIterableRange(type.type) ? type.type : undefined
    case 'Array':
      return type.element.kind === 'Any' ? 'unknown' : type.element
    case 'Hash':
      if (type.key.kind === 'Any' && type.value.kind === 'Any' && !type.size)
        return tupleOf([unitType, unitType], pairSize)
      return tupleOf([type.key, type.value], pairSize)
    case 'Struct':
      if (type.elements.length === 0) return tupleOf([unitType, unitType], pairSize)
      return tupleOf(
        [variantOf(type.elements.map((e) => e.key)), variantOf(type.elements.map((e) => e.value))],
        pairSize,
      )
    case 'Tuple':
      return variantOf(type.types)
    case 'Iterable':
    case 'Iterator':
      return type.type ?? 'unknown'
    case 'TypeAlias':
      return iteratedType(type.resolved())
    default:
      return undefined
  }
}
