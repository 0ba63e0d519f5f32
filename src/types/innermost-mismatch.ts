import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { isInstance } from './instance.ts'

/**
 * The part of a value that its type refuses, as deep as the type tells it: an element of an array, an entry of a hash
 * or a member of a Struct. The value itself where it is refused as a whole.
 */
export function innermostMismatch(type: PuppetType, value: Value): Value {
  switch (type.kind) {
    case 'TypeAlias':
      return innermostMismatch(type.resolved(), value)
    case 'Optional':
    case 'NotUndef':
      return type.type ? innermostMismatch(type.type, value) : value
    case 'Array':
      return value.kind === 'array'
        ? firstRefused(
            value.values.map((element) => [type.element, element]),
            value,
          )
        : value
    case 'Tuple':
      return value.kind === 'array'
        ? firstRefused(
            value.values.flatMap((element, i) => {
              const wanted = type.types[Math.min(i, type.types.length - 1)]
              return wanted ? [[wanted, element] as const] : []
            }),
            value,
          )
        : value
    case 'Hash':
      return value.kind === 'hash'
        ? firstRefused(
            [...value.entries.values()].flatMap(
              (entry) =>
                [
                  [type.key, entry.key],
                  [type.value, entry.value],
                ] as const,
            ),
            value,
          )
        : value
    case 'Struct': {
      if (value.kind !== 'hash') return value
      const known = new Map(type.elements.map((element) => [`'${element.name}`, element.value]))
      for (const [name, entry] of value.entries) if (!known.has(name)) return entry.key
      const members = [...value.entries].flatMap(([name, entry]) => {
        const wanted = known.get(name)
        return wanted ? [[wanted, entry.value] as const] : []
      })
      return firstRefused(members, value)
    }
    case 'Variant': {
      // Where one alternative alone is of the value's shape, it is the one that was meant.
      const meant = type.types.filter((alternative) => shapeOf(alternative) === value.kind)
      return meant.length === 1 ? innermostMismatch(meant[0] as PuppetType, value) : value
    }
    default:
      return value
  }
}

function firstRefused(parts: readonly (readonly [type: PuppetType, part: Value])[], whole: Value): Value {
  for (const [type, part] of parts) if (!isInstance(type, part)) return innermostMismatch(type, part)
  return whole
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
