import { array, integer, string, type Value } from '../value/value.ts'
import { resolveAlias } from './alias.ts'

/**
 * What iterating over a value gives: elements of an array, `[key, value]` of a hash, characters, the numbers below an
 * integer, the members of a finite Integer or Enum type. `undefined` for what cannot be iterated over.
 */
export function elementsOf(value: Value): Iterable<Value> | undefined {
  const { origin } = value
  switch (value.kind) {
    case 'array':
    case 'iterator':
      return value.values
    case 'hash':
      return [...value.entries.values()].map((e) => array([e.key, e.value], origin))
    case 'string':
      return [...value.value].map((character) => string(character, origin))
    case 'integer':
      return value.value < 0n ? undefined : range(0n, value.value - 1n, value)
    case 'type': {
      const type = resolveAlias(value.type)
      if (type.kind === 'Enum') return type.values.map((v) => string(v, origin))
      if (type.kind !== 'Integer' || type.from === undefined || type.to === undefined) return undefined
      return range(type.from, type.to, value)
    }
    default:
      return undefined
  }
}

function* range(from: bigint, to: bigint, { origin }: Value): Iterable<Value> {
  for (let i = from; i <= to; i++) yield integer(i, origin)
}
