import type { PuppetType } from '../value/type.ts'
import {
  arrayOf,
  booleanType,
  characterCount,
  collectionType,
  emptyHash,
  floatType,
  hashOf,
  integerType,
  stringType,
  variantOf,
} from './construct.ts'
import { typeEquals } from './equal.ts'

/** The type without what is particular to one value: ranges, sizes, literal strings. */
export function generalize(type: PuppetType): PuppetType {
  switch (type.kind) {
    case 'NotUndef':
    case 'Optional':
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator':
    case 'Init':
      return type.type ? { ...type, type: generalize(type.type) } : type
    case 'Enum': {
      if (type.values.length === 0) return stringType
      const lengths = type.values.map(characterCount)
      return { kind: 'String', size: { min: Math.min(...lengths), max: Math.max(...lengths) } }
    }
    case 'Integer':
      return integerType
    case 'Float':
      return floatType
    case 'String':
      return stringType
    case 'Boolean':
      return booleanType
    case 'Timestamp':
    case 'Timespan':
      return { kind: type.kind }
    case 'Collection':
      return collectionType
    case 'URI':
      return { kind: 'URI' }
    case 'Array':
      return arrayOf(generalize(type.element))
    case 'Hash':
      return typeEquals(type, emptyHash) ? type : hashOf(generalize(type.key), generalize(type.value))
    case 'Tuple':
      return { ...type, types: type.types.map(generalize) }
    case 'Struct':
      return { ...type, elements: type.elements.map((e) => ({ ...e, value: generalize(e.value) })) }
    case 'Callable':
      return {
        ...type,
        ...(type.parameters ? { parameters: type.parameters.map(generalize) } : {}),
        ...(type.block ? { block: generalize(type.block) } : {}),
        ...(type.returns ? { returns: generalize(type.returns) } : {}),
      }
    case 'Variant':
      return type.types.length === 0 ? type : sameOrVariant(type)
    case 'ObjectExtension':
      return type.base
    default:
      return type
  }
}

function sameOrVariant(type: PuppetType & { kind: 'Variant' }): PuppetType {
  const types = type.types.map(generalize)
  return types.every((t, i) => typeEquals(t, type.types[i] as PuppetType)) ? type : variantOf(types)
}
