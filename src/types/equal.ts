import type { CallableType, ObjectType, PuppetType, Size } from '../value/type.ts'
import { hashKey, type Value } from '../value/value.ts'

/** Whether two types are written the same, whatever the order in a Variant; aliases are equal by name alone. */
export function typeEquals(a: PuppetType, b: PuppetType): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case 'NotUndef':
    case 'Optional':
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator':
      return sameOptional(a.type, (b as typeof a).type)
    case 'Variant':
      return sameSet(a.types, (b as typeof a).types)
    case 'Enum': {
      const other = b as typeof a
      return a.caseInsensitive === other.caseInsensitive && sameList(a.values, other.values)
    }
    case 'Pattern': {
      const other = b as typeof a
      return a.patterns.length === other.patterns.length && a.patterns.every((p) => other.patterns.includes(p))
    }
    case 'Regexp':
      return a.pattern === (b as typeof a).pattern
    case 'String':
      return a.value === (b as typeof a).value && sameSize(a.size, (b as typeof a).size)
    case 'Boolean':
      return a.value === (b as typeof a).value
    case 'Integer':
    case 'Float':
    case 'Timestamp':
    case 'Timespan':
      return a.from === (b as typeof a).from && a.to === (b as typeof a).to
    case 'Collection':
      return sameSize(a.size, (b as typeof a).size)
    case 'Array': {
      const other = b as typeof a
      return sameSize(a.size, other.size) && typeEquals(a.element, other.element)
    }
    case 'Hash': {
      const other = b as typeof a
      return sameSize(a.size, other.size) && typeEquals(a.key, other.key) && typeEquals(a.value, other.value)
    }
    case 'Tuple': {
      const other = b as typeof a
      return sameSize(a.size, other.size) && sameTypes(a.types, other.types)
    }
    case 'Struct': {
      const other = b as typeof a
      return (
        a.elements.length === other.elements.length &&
        a.elements.every((e, i) => {
          const o = other.elements[i] as typeof e
          return e.name === o.name && typeEquals(e.key, o.key) && typeEquals(e.value, o.value)
        })
      )
    }
    case 'Callable':
      return sameCallable(a, b as CallableType)
    case 'Resource': {
      const other = b as typeof a
      return a.typeName?.toLowerCase() === other.typeName?.toLowerCase() && a.title === other.title
    }
    case 'Class':
    case 'TypeAlias':
      return a.name === (b as typeof a).name
    case 'TypeReference':
      return a.text === (b as typeof a).text
    case 'Runtime':
      return a.runtime === (b as typeof a).runtime && a.name === (b as typeof a).name
    case 'SemVer':
      return sameList(a.ranges, (b as typeof a).ranges)
    case 'URI':
      return sameValue(a.parameters, (b as typeof a).parameters)
    case 'Init': {
      const other = b as typeof a
      return (
        sameOptional(a.type, other.type) &&
        sameList(
          a.arguments.map((v) => hashKey(v)),
          other.arguments.map((v) => hashKey(v)),
        )
      )
    }
    case 'Object':
      return sameObject(a, b as ObjectType)
    case 'ObjectExtension': {
      const other = b as typeof a
      return (
        sameObject(a.base, other.base) &&
        a.parameters.size === other.parameters.size &&
        [...a.parameters].every(([name, value]) => sameValue(value, other.parameters.get(name)))
      )
    }
    case 'TypeSet':
      return a.name === (b as typeof a).name && a.types.size === (b as typeof a).types.size
    default:
      return true
  }
}

function sameSize(a: Size | undefined, b: Size | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.min === b.min && a.max === b.max)
}

function sameOptional(a: PuppetType | undefined, b: PuppetType | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && typeEquals(a, b))
}

function sameTypes(a: readonly PuppetType[], b: readonly PuppetType[]): boolean {
  return a.length === b.length && a.every((t, i) => typeEquals(t, b[i] as PuppetType))
}

function sameSet(a: readonly PuppetType[], b: readonly PuppetType[]): boolean {
  return a.length === b.length && a.every((t) => b.some((o) => typeEquals(t, o)))
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i])
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && hashKey(a) === hashKey(b))
}

function sameCallable(a: CallableType, b: CallableType): boolean {
  if ((a.parameters === undefined) !== (b.parameters === undefined)) return false
  return (
    sameTypes(a.parameters ?? [], b.parameters ?? []) &&
    sameSize(a.size, b.size) &&
    sameOptional(a.block, b.block) &&
    sameOptional(a.returns, b.returns)
  )
}

function sameObject(a: ObjectType, b: ObjectType): boolean {
  if (a.name !== '' || b.name !== '') return a.name === b.name
  return (
    sameOptional(a.parent, b.parent) &&
    a.attributes.length === b.attributes.length &&
    a.attributes.every((attribute, i) => {
      const other = b.attributes[i] as typeof attribute
      return (
        attribute.name === other.name &&
        attribute.attributeKind === other.attributeKind &&
        typeEquals(attribute.type, other.type) &&
        sameValue(attribute.value, other.value)
      )
    })
  )
}
