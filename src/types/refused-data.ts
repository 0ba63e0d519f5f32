import type { Related } from '../source/diagnostic.ts'
import { dataPlace } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { isInstance } from './instance.ts'

/** More places of one parameter say no more. */
const mostPlaces = 8

/** The data that a refused value came out of, to the elements that are the cause; none for a value of no data. */
export function refusedData(name: string, type: PuppetType, value: Value): Related[] {
  const places = refusedParts(type, value).map((part) => dataPlace(part.origin) ?? dataPlace(value.origin))
  return places
    .slice(0, mostPlaces)
    .flatMap((place) => (place ? [{ message: `${name} is set here, level "${place.level}"`, span: place.span }] : []))
}

type Part = readonly [type: PuppetType, part: Value]

/**
 * The parts of a value that its type refuses, as deep as the type tells them: elements of an array, entries of a hash or
 * members of a Struct. The value itself where it is refused as a whole.
 */
export function refusedParts(type: PuppetType, value: Value): readonly Value[] {
  switch (type.kind) {
    case 'TypeAlias':
      return refusedParts(type.resolved(), value)
    case 'Optional':
    case 'NotUndef':
      return type.type ? refusedParts(type.type, value) : [value]
    case 'Array':
      if (value.kind !== 'array') return [value]
      return refusedAmong(
        value.values.map((element) => [type.element, element]),
        value,
      )
    case 'Tuple':
      if (value.kind !== 'array') return [value]
      return refusedAmong(
        value.values.flatMap((element, i) => {
          const wanted = type.types[Math.min(i, type.types.length - 1)]
          return wanted ? [[wanted, element] as const] : []
        }),
        value,
      )
    case 'Hash':
      if (value.kind !== 'hash') return [value]
      return refusedAmong(
        [...value.entries.values()].flatMap((entry): Part[] => [
          [type.key, entry.key],
          [type.value, entry.value],
        ]),
        value,
      )
    case 'Struct': {
      if (value.kind !== 'hash') return [value]
      const known = new Map(type.elements.map((element) => [`'${element.name}`, element.value]))
      const unknown = [...value.entries].flatMap(([name, { key }]) => (known.has(name) ? [] : [key]))
      if (unknown.length > 0) return unknown
      const members = [...value.entries].flatMap(([name, entry]): Part[] => {
        const wanted = known.get(name)
        return wanted ? [[wanted, entry.value]] : []
      })
      return refusedAmong(members, value)
    }
    case 'Variant': {
      // Where one alternative alone is of the value's shape, it is the one that was meant.
      const meant = type.types.filter((alternative) => shapeOf(alternative) === value.kind)
      return meant.length === 1 ? refusedParts(meant[0] as PuppetType, value) : [value]
    }
    default:
      return [value]
  }
}

function refusedAmong(parts: readonly Part[], whole: Value): readonly Value[] {
  const refused = parts.flatMap(([type, part]) => (isInstance(type, part) ? [] : refusedParts(type, part)))
  return refused.length > 0 ? refused : [whole]
}

function shapeOf(type: PuppetType): 'array' | 'hash' | undefined {
  switch (type.kind) {
    case 'TypeAlias':
      return shapeOf(type.resolved())
    case 'Optional':
    case 'NotUndef':
      return type.type && shapeOf(type.type)
    case 'Array':
    case 'Tuple':
      return 'array'
    case 'Hash':
    case 'Struct':
      return 'hash'
    default:
      return undefined
  }
}
