import type { CallableType, PuppetType, Size, StructElement } from '../value/type.ts'
import { typeEquals } from './equal.ts'

export const anyType: PuppetType = { kind: 'Any' }
export const undefType: PuppetType = { kind: 'Undef' }
export const unitType: PuppetType = { kind: 'Unit' }
export const defaultType: PuppetType = { kind: 'Default' }
export const integerType: PuppetType = { kind: 'Integer' }
export const floatType: PuppetType = { kind: 'Float' }
export const numericType: PuppetType = { kind: 'Numeric' }
export const scalarType: PuppetType = { kind: 'Scalar' }
export const scalarDataType: PuppetType = { kind: 'ScalarData' }
export const stringType: PuppetType = { kind: 'String' }
export const nonEmptyString: PuppetType = { kind: 'String', size: { min: 1 } }
export const booleanType: PuppetType = { kind: 'Boolean' }
export const regexpType: PuppetType = { kind: 'Regexp' }
export const binaryType: PuppetType = { kind: 'Binary' }
export const collectionType: PuppetType = { kind: 'Collection' }
export const arrayOfAny: PuppetType = { kind: 'Array', element: anyType }
export const hashOfAny: PuppetType = { kind: 'Hash', key: anyType, value: anyType }
export const emptyArray: PuppetType = { kind: 'Array', element: unitType, size: { min: 0, max: 0 } }
export const emptyHash: PuppetType = { kind: 'Hash', key: unitType, value: unitType, size: { min: 0, max: 0 } }
export const anyObject: PuppetType = { kind: 'Object', name: '', attributes: [] }
/** Every type set is one. */
export const anyTypeSet: PuppetType = { kind: 'TypeSet', name: 'DefaultTypeSet', types: new Map() }
export const anyCallable: CallableType = { kind: 'Callable' }
export const pairSize: Size = { min: 2, max: 2 }

/** An exact size. */
export function exactly(count: number): Size {
  return { min: count, max: count }
}

/** `undefined` bounds are unlimited; what lies below zero counts as zero. */
export function sizeOf(from: bigint | undefined, to: bigint | undefined): Size {
  const min = from === undefined || from < 0n ? 0 : Number(from)
  return to === undefined ? { min } : { min, max: to < 0n ? 0 : Number(to) }
}

export function integerRange(from: bigint | undefined, to: bigint | undefined): PuppetType {
  return { kind: 'Integer', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

export function floatRange(from: number | undefined, to: number | undefined): PuppetType {
  return { kind: 'Float', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** An array that must be empty has elements of no type (`Unit`). */
export function arrayOf(element: PuppetType, size?: Size): PuppetType {
  if (!size) return { kind: 'Array', element }
  return { kind: 'Array', element: size.max === 0 ? unitType : element, size }
}

export function hashOf(key: PuppetType, value: PuppetType, size?: Size): PuppetType {
  if (!size) return { kind: 'Hash', key, value }
  return size.max === 0 ? { kind: 'Hash', key: unitType, value: unitType, size } : { kind: 'Hash', key, value, size }
}

export function tupleOf(types: readonly PuppetType[], size?: Size): PuppetType & { readonly kind: 'Tuple' } {
  return size ? { kind: 'Tuple', types, size } : { kind: 'Tuple', types }
}

export function enumOf(values: readonly string[], caseInsensitive = false): PuppetType {
  return { kind: 'Enum', values: [...new Set(values)].sort(compareCodePoints), caseInsensitive }
}

export function optional(type: PuppetType): PuppetType {
  return { kind: 'Optional', type }
}

export function stringValue(value: string): PuppetType {
  return { kind: 'String', value }
}

/** The types without repetition, variants among them opened; a single one stands for itself. */
export function variantOf(types: readonly PuppetType[]): PuppetType {
  const different = uniqueTypes(flattenVariants(types))
  return different.length === 1 ? (different[0] as PuppetType) : { kind: 'Variant', types: different }
}

export function flattenVariants(types: readonly PuppetType[]): readonly PuppetType[] {
  return types.some((t) => t.kind === 'Variant') ? types.flatMap((t) => (t.kind === 'Variant' ? t.types : [t])) : types
}

export function uniqueTypes(types: readonly PuppetType[]): PuppetType[] {
  const different: PuppetType[] = []
  for (const type of types) if (!different.some((d) => typeEquals(d, type))) different.push(type)
  return different
}

/** An element of a Struct with a literal key. */
export function structElement(name: string, value: PuppetType, isOptional = false): StructElement {
  const key = stringValue(name)
  return { name, optional: isOptional, key: isOptional ? optional(key) : key, value }
}

/** Ruby's order of strings: by code point. */
export function compareCodePoints(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = ((left[i] as string).codePointAt(0) ?? 0) - ((right[i] as string).codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** The number of characters as Ruby counts them. */
export function characterCount(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(i + 1)
    if (next >= 0xdc00 && next <= 0xdfff) count--
  }
  return count
}
