import { unknownOrigin } from '../../value/origin.ts'
import type { ObjectAttribute, ObjectType, PuppetType } from '../../value/type.ts'
import { hashGet, undef, type Value } from '../../value/value.ts'
import { optional } from '../construct.ts'
import { assertInstance } from '../errors.ts'
import { generalize } from '../generalize.ts'
import { infer } from '../infer.ts'
import { allTypeParameters } from '../object-members.ts'

type Fail = (message: string, key?: number) => never

/** An Object type out of the hash between its brackets. */
export function objectOf(name: string, definition: Value, complain: Fail): ObjectType {
  if (definition.kind !== 'hash') return complain('object initializer has wrong type, expects a Struct value', 0)
  const own = hashGet(definition, 'name')
  const title = name !== '' ? name : own?.kind === 'string' ? own.value : ''
  const label = title === '' ? 'Object' : title
  const parent = hashGet(definition, 'parent')
  const attributes: ObjectAttribute[] = []
  for (const [attribute, value] of members(definition, 'attributes'))
    attributes.push(attributeOf(`attribute ${label}[${attribute}]`, attribute, value))
  for (const [constant, value] of members(definition, 'constants')) {
    if (attributes.some((a) => a.name === constant))
      return complain(`attribute ${label}[${constant}] is defined as both a constant and an attribute`, 0)
    attributes.push({ name: constant, type: generalize(infer(value)), attributeKind: 'constant', value })
  }
  const parameters = members(definition, 'type_parameters').map(([parameter, value]) => ({
    name: parameter,
    type: optionalType(attributeOf(`type_parameter ${label}[${parameter}]`, parameter, value).type),
  }))
  const functions = members(definition, 'functions').map(([method, value]) => {
    const methodType = value.kind === 'hash' ? hashGet(value, 'type') : value
    const given = methodType ?? undef(value.origin)
    assertInstance(`function ${label}[${method}]`, { kind: 'Type', type: { kind: 'Callable' } }, given)
    return { name: method, type: (given as Value & { kind: 'type' }).type }
  })
  return {
    kind: 'Object',
    name: title,
    attributes,
    definition,
    ...(parent?.kind === 'type' ? { parent: parent.type } : {}),
    ...(parameters.length > 0 ? { typeParameters: parameters } : {}),
    ...(functions.length > 0 ? { functions } : {}),
  }
}

function members(definition: Value & { kind: 'hash' }, key: string): (readonly [string, Value])[] {
  const found = hashGet(definition, key)
  if (found?.kind !== 'hash') return []
  return [...found.entries.values()].flatMap((e) => (e.key.kind === 'string' ? [[e.key.value, e.value] as const] : []))
}

function optionalType(type: PuppetType): PuppetType {
  return type.kind === 'Optional' ? type : optional(type)
}

function attributeOf(label: string, name: string, specification: Value): ObjectAttribute {
  if (specification.kind !== 'hash') {
    assertInstance(label, { kind: 'Type' }, specification)
    const { type } = specification as Value & { kind: 'type' }
    const value = type.kind === 'Optional' ? { value: undef(unknownOrigin) } : {}
    return { name, type, attributeKind: 'normal', ...value }
  }
  const type = hashGet(specification, 'type')
  if (type?.kind !== 'type') {
    assertInstance(label, { kind: 'Type' }, type ?? undef(specification.origin))
    throw new Error('unreachable: the value was asserted to be a type')
  }
  const kind = hashGet(specification, 'kind')
  const value = hashGet(specification, 'value')
  if (value && value.kind !== 'default') assertInstance(`${label} value`, type.type, value)
  return {
    name,
    type: type.type,
    attributeKind: kind?.kind === 'string' ? (kind.value as ObjectAttribute['attributeKind']) : 'normal',
    ...(value ? { value } : {}),
  }
}

/** `Name[…]` with values for the type parameters, in their order or by name. */
export function extendObject(base: ObjectType, keys: readonly Value[], complain: Fail): PuppetType {
  const parameters = allTypeParameters(base)
  const first = parameters[0]
  if (!first) return complain(`The ${base.name}-Type cannot be parameterized using []`)
  const given = new Map<string, Value>()
  const named = keys.length === 1 && keys[0]?.kind === 'hash' ? keys[0] : undefined
  const pairs: (readonly [string, Value])[] = named
    ? [...named.entries.values()].flatMap((e) => (e.key.kind === 'string' ? [[e.key.value, e.value] as const] : []))
    : parameters.slice(0, keys.length).map((p, i) => [p.name, keys[i] as Value] as const)
  for (const [name, value] of pairs) {
    const parameter = parameters.find((p) => p.name === name)
    if (!parameter) return complain(`'${name}' is not a known type parameter for ${base.name}-Type`)
    if (value.kind === 'default') continue
    assertInstance(`type_parameter ${base.name}[${name}]`, parameter.type, value)
    given.set(name, value)
  }
  if (given.size === 0) return complain(`The ${base.name}-Type cannot be parameterized using an empty parameter list`)
  return { kind: 'ObjectExtension', base, parameters: given }
}
