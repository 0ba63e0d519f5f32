import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { builtin, type Call, overload, refuse, requiredRepeated, toBoolean } from './definition.ts'

export const defined = builtin('defined', [
  overload([requiredRepeated('Variant[String, Type[CatalogEntry], Type[Type[CatalogEntry]]]', 'vals')], (call) =>
    toBoolean(
      call,
      call.args.some((value) => isDefined(call, value)),
    ),
  ),
])

function isDefined(call: Call, value: Value): boolean {
  const { catalog, scope } = call.context
  if (value.kind === 'type') return isTypeDefined(call, value.type)
  if (value.kind !== 'string' || value.value === '') return false
  if (/^\$./.test(value.value)) return scope.lookup(value.value.slice(1)) !== undefined
  const name = plainName(value.value)
  return name === 'main' || catalog.hasResourceType(name) || catalog.hasClass(name)
}

function isTypeDefined(call: Call, type: PuppetType): boolean {
  const { catalog } = call.context
  switch (type.kind) {
    case 'Resource':
      if (type.typeName === undefined)
        return refuse(call, 'The given resource type is a reference to all kind of types')
      if (type.title === undefined) return catalog.hasResourceType(plainName(type.typeName))
      return catalog.hasResource(capitalised(type.typeName), type.title)
    case 'Class':
      if (type.name === undefined) return refuse(call, 'The given class type is a reference to all classes')
      return catalog.hasResource('Class', capitalised(type.name))
    case 'Type':
      if (type.type?.kind === 'Resource') return isTypeDefined(call, type.type)
      if (type.type?.kind !== 'Class') return false
      if (type.type.name === undefined) return refuse(call, 'The given class type is a reference to all classes')
      return catalog.hasClass(plainName(type.type.name))
    default:
      return false
  }
}

function plainName(name: string): string {
  return name.replace(/^::/, '').toLowerCase()
}

function capitalised(name: string): string {
  return plainName(name)
    .split('::')
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join('::')
}
