import type { PuppetType } from '../value/type.ts'
import { data, richData } from './aliases.ts'
import { isAssignable } from './assignable.ts'
import {
  anyType,
  arrayOf,
  enumOf,
  hashOf,
  numericType,
  scalarDataType,
  scalarType,
  stringType,
  uniqueTypes,
  variantOf,
} from './construct.ts'
import { spanBoth } from './ranges.ts'

type Kind<K extends PuppetType['kind']> = PuppetType & { kind: K }

function both<K extends PuppetType['kind']>(kind: K, a: PuppetType, b: PuppetType): [Kind<K>, Kind<K>] | undefined {
  return a.kind === kind && b.kind === kind ? [a as Kind<K>, b as Kind<K>] : undefined
}

/** The narrowest type of Puppet's that takes the values of both. */
export function commonType(a: PuppetType, b: PuppetType): PuppetType {
  if (a.kind === 'Undef' || a.kind === 'Unit') return b
  if (b.kind === 'Undef' || b.kind === 'Unit') return a
  if (isAssignable(a, b)) return a
  if (isAssignable(b, a)) return b
  return commonOfKind(a, b) ?? commonAbstract(a, b)
}

/** The common type of all, in Puppet's order of joining; `undefined` for none. */
export function reduceTypes(types: readonly PuppetType[]): PuppetType | undefined {
  return types.length === 0 ? undefined : types.reduce(commonType)
}

function commonOfKind(a: PuppetType, b: PuppetType): PuppetType | undefined {
  const arrays = both('Array', a, b)
  if (arrays) return arrayOf(commonType(arrays[0].element, arrays[1].element))
  const hashes = both('Hash', a, b)
  if (hashes) return hashOf(commonType(hashes[0].key, hashes[1].key), commonType(hashes[0].value, hashes[1].value))
  if (both('Class', a, b)) return { kind: 'Class' }
  const resources = both('Resource', a, b)
  if (resources) {
    const [{ typeName }, other] = resources
    return typeName !== undefined && typeName === other.typeName ? { kind: 'Resource', typeName } : { kind: 'Resource' }
  }
  const integers = both('Integer', a, b)
  if (integers) return { kind: 'Integer', ...spanBoth<bigint>(...integers) }
  const floats = both('Float', a, b)
  if (floats) return { kind: 'Float', ...spanBoth<number>(...floats) }
  return (
    commonString(a, b) ??
    (both('Variant', a, b) ? commonVariant(a as Kind<'Variant'>, b as Kind<'Variant'>) : undefined) ??
    (both('Regexp', a, b) ? { kind: 'Regexp' } : undefined) ??
    (both('Callable', a, b) ? { kind: 'Callable' } : undefined)
  )
}

function commonVariant(a: Kind<'Variant'>, b: Kind<'Variant'>): PuppetType {
  return variantOf(uniqueTypes([...a.types, ...b.types]))
}

function commonString(a: PuppetType, b: PuppetType): PuppetType | undefined {
  const strings = both('String', a, b)
  if (strings) {
    const [x, y] = strings
    if (x.size && y.size) {
      const min = Math.min(x.size.min, y.size.min)
      if (x.size.max === undefined || y.size.max === undefined) return { kind: 'String', size: { min } }
      return { kind: 'String', size: { min, max: Math.max(x.size.max, y.size.max) } }
    }
    return x.value === undefined || y.value === undefined ? stringType : enumOf([x.value, y.value])
  }
  const patterns = both('Pattern', a, b)
  if (patterns) return { kind: 'Pattern', patterns: [...new Set([...patterns[0].patterns, ...patterns[1].patterns])] }
  if (a.kind === 'Enum' && (b.kind === 'Enum' || b.kind === 'String')) return joinEnum(a.values, b)
  if (a.kind === 'String' && b.kind === 'Enum')
    return a.value === undefined ? enumOf([]) : enumOf([...b.values, a.value])
  return undefined
}

function joinEnum(values: readonly string[], other: Kind<'Enum'> | Kind<'String'>): PuppetType {
  if (other.kind === 'Enum') return enumOf([...values, ...other.values])
  return other.value === undefined ? enumOf([]) : enumOf([...values, other.value])
}

function commonAbstract(a: PuppetType, b: PuppetType): PuppetType {
  for (const type of [numericType, scalarDataType, scalarType, data])
    if (isAssignable(type, a) && isAssignable(type, b)) return type
  const types = both('Type', a, b)
  if (types) {
    const [x, y] = types
    return x.type && y.type ? { kind: 'Type', type: commonType(x.type, y.type) } : { kind: 'Type' }
  }
  return isAssignable(richData, a) && isAssignable(richData, b) ? richData : anyType
}
