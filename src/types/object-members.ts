import type { ObjectAttribute, ObjectType } from '../value/type.ts'
import { resolveAlias } from './alias.ts'

/** All attributes of an Object type, inherited ones first; one of the same name replaces its parent's. */
export function allAttributes(type: ObjectType): readonly ObjectAttribute[] {
  const parent = type.parent && resolveAlias(type.parent)
  const found = new Map<string, ObjectAttribute>()
  if (parent?.kind === 'Object') for (const attribute of allAttributes(parent)) found.set(attribute.name, attribute)
  for (const attribute of type.attributes) found.set(attribute.name, attribute)
  return [...found.values()]
}

/** The type parameters of an Object type, inherited ones first. */
export function allTypeParameters(type: ObjectType): NonNullable<ObjectType['typeParameters']> {
  const parent = type.parent && resolveAlias(type.parent)
  return [...(parent?.kind === 'Object' ? allTypeParameters(parent) : []), ...(type.typeParameters ?? [])]
}

/** What `new` takes, in the order of its arguments: first what has no value of its own. */
export function initialAttributes(type: ObjectType): readonly ObjectAttribute[] {
  const settable = allAttributes(type).filter(
    ({ attributeKind }) => attributeKind !== 'constant' && attributeKind !== 'derived',
  )
  return [...settable.filter((a) => !a.value), ...settable.filter((a) => a.value)]
}
