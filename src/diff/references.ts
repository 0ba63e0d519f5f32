import type { ResourceId } from '../catalog/catalog.ts'
import type { Value } from '../value/value.ts'

/** The resources that a relationship parameter names: references, or texts as saved catalogs have them. */
export function referencesIn(value: Value | undefined): ResourceId[] {
  if (value === undefined) return []
  if (value.kind === 'array') return value.values.flatMap(referencesIn)
  if (value.kind === 'string') {
    const found = /^([A-Z][\w:]*)\[([\s\S]+)\]$/.exec(value.value)
    return found ? [{ type: found[1] as string, title: found[2] as string }] : []
  }
  if (value.kind !== 'type') return []
  const { type } = value
  if (type.kind === 'Resource' && type.typeName !== undefined && type.title !== undefined)
    return [{ type: type.typeName, title: type.title }]
  return type.kind === 'Class' && type.name !== undefined ? [{ type: 'Class', title: type.name }] : []
}

/** One text for a resource however it is named: types and classes regardless of case. */
export function resourceKey({ type, title }: ResourceId): string {
  const name = type.toLowerCase()
  return name === 'class' ? `class ${title.toLowerCase().replace(/^::/, '')}` : `${name} ${title}`
}
