import { define, fail } from '../source/diagnostic.ts'
import type { PuppetType, TypeAliasType } from '../value/type.ts'
import { typeEquals } from './equal.ts'

const unresolvableAlias = define(
  'error',
  'puppet/unresolvable-type-alias',
  (name: string) => `Type alias '${name}' cannot be resolved to a real type`,
)

/** What an alias stands for while it is being found out, as in Puppet. */
const unresolved: PuppetType = { kind: 'TypeReference', text: 'UnresolvedReference' }

/**
 * An alias whose type is found at the first question. The type may lead back to the alias; alternatives that are
 * nothing but the alias itself are dropped, and one that is no type at all fails.
 */
export function typeAlias(name: string, find: () => PuppetType): TypeAliasType {
  let state: 'new' | 'busy' | 'done' = 'new'
  let type = unresolved
  const alias: TypeAliasType = {
    kind: 'TypeAlias',
    name,
    resolved: () => {
      if (state !== 'new') return type
      state = 'busy'
      try {
        type = find()
      } catch (error) {
        state = 'new'
        throw error
      }
      state = 'done'
      if (!holdsRealType(type, new Set([alias]))) {
        type = unresolved
        fail(unresolvableAlias([name]))
      }
      type = withoutItself(alias, type)
      return type
    },
  }
  return alias
}

/** Follows aliases until something else comes. */
export function resolveAlias(type: PuppetType): PuppetType {
  let at = type
  while (at.kind === 'TypeAlias') at = at.resolved()
  return at
}

const selfRecursion = new WeakMap<TypeAliasType, boolean>()

/** Whether the alias occurs in what it stands for. */
export function isSelfRecursive(alias: TypeAliasType): boolean {
  const known = selfRecursion.get(alias)
  if (known !== undefined) return known
  const type = alias.resolved()
  if (type === unresolved) return true
  const found = leadsTo(type, alias, new Set())
  selfRecursion.set(alias, found)
  return found
}

function leadsTo(type: PuppetType, alias: TypeAliasType, seen: Set<PuppetType>): boolean {
  if (type === alias) return true
  if (type.kind === 'TypeAlias') {
    if (seen.has(type)) return false
    seen.add(type)
    return leadsTo(type.resolved(), alias, seen)
  }
  return containedTypes(type).some((t) => leadsTo(t, alias, seen))
}

/** The types that a type is written with. */
export function containedTypes(type: PuppetType): readonly PuppetType[] {
  switch (type.kind) {
    case 'NotUndef':
    case 'Optional':
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator':
    case 'Init':
      return type.type ? [type.type] : []
    case 'Variant':
    case 'Tuple':
      return type.types
    case 'Array':
      return [type.element]
    case 'Hash':
      return [type.key, type.value]
    case 'Struct':
      return type.elements.flatMap((e) => [e.key, e.value])
    case 'Callable':
      return [...(type.parameters ?? []), ...(type.block ? [type.block] : []), ...(type.returns ? [type.returns] : [])]
    case 'Object':
      // One with a name is written by that, and may contain itself.
      if (type.name !== '') return []
      return [...(type.parent ? [type.parent] : []), ...type.attributes.map((a) => a.type)]
    case 'ObjectExtension':
      return [type.base]
    case 'TypeSet':
      return [...type.types.values()]
    default:
      return []
  }
}

/** Whether there is anything in the type besides aliases and variants. */
function holdsRealType(type: PuppetType, seen: Set<PuppetType>): boolean {
  if (type.kind === 'TypeAlias') {
    if (seen.has(type)) return false
    seen.add(type)
    return holdsRealType(type.resolved(), seen)
  }
  if (type.kind === 'Variant') return type.types.some((t) => holdsRealType(t, seen))
  return type !== unresolved
}

function withoutItself(alias: TypeAliasType, type: PuppetType): PuppetType {
  if (type.kind !== 'Variant') return type
  const real = type.types.filter((t) => t !== alias && holdsRealType(t, new Set([alias])))
  if (real.length === type.types.length) return type
  const first = real[0]
  const different = real.filter((t, i) => !real.slice(0, i).some((o) => typeEquals(o, t)))
  return different.length === 1 && first ? first : { kind: 'Variant', types: different }
}
