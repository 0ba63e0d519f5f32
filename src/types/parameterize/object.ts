import { unknownOrigin } from '../../value/origin.ts'
import type { ObjectAttribute, ObjectFunction, ObjectType, PuppetType } from '../../value/type.ts'
import { hashGet, undef, type Value } from '../../value/value.ts'
import { resolveAlias } from '../alias.ts'
import { isAssignable } from '../assignable.ts'
import {
  anyType,
  arrayOf,
  booleanType,
  enumOf,
  hashOf,
  optional,
  stringValue,
  structElement,
  variantOf,
} from '../construct.ts'
import { assertInstance } from '../errors.ts'
import { generalize } from '../generalize.ts'
import { infer } from '../infer.ts'
import { allTypeParameters } from '../object-members.ts'

type Fail = (message: string, key?: number) => never

const memberName: PuppetType = { kind: 'Pattern', patterns: ['\\A[a-z_]\\w*\\z'] }
const notUndef: PuppetType = { kind: 'NotUndef' }
const annotations = optional(hashOf({ kind: 'Type' }, hashOf(memberName, anyType)))

const initializer: PuppetType = {
  kind: 'Struct',
  elements: [
    structElement('name', { kind: 'Pattern', patterns: ['\\A[A-Z][\\w]*(?:::[A-Z][\\w]*)*\\z'] }, true),
    structElement('parent', { kind: 'Type' }, true),
    structElement('type_parameters', hashOf(memberName, notUndef), true),
    structElement('attributes', hashOf(memberName, notUndef), true),
    structElement('constants', hashOf(memberName, anyType), true),
    structElement('functions', hashOf(variantOf([memberName, stringValue('[]')]), notUndef), true),
    structElement('equality', variantOf([memberName, arrayOf(memberName)]), true),
    structElement('equality_include_type', booleanType, true),
    structElement('checks', anyType, true),
    structElement('annotations', annotations, true),
  ],
}

const attributeInitializer: PuppetType = {
  kind: 'Struct',
  elements: [
    structElement('type', { kind: 'Type' }),
    structElement('final', booleanType, true),
    structElement('override', booleanType, true),
    structElement('kind', enumOf(['constant', 'derived', 'given_or_derived', 'reference']), true),
    structElement('value', anyType, true),
    structElement('annotations', annotations, true),
  ],
}

const functionType: PuppetType = { kind: 'Type', type: { kind: 'Callable' } }

const functionInitializer: PuppetType = {
  kind: 'Struct',
  elements: [
    structElement('type', functionType),
    structElement('final', booleanType, true),
    structElement('override', booleanType, true),
    structElement('annotations', annotations, true),
  ],
}

/**
 * An Object type out of the hash between its brackets (Puppet's Pcore specification, "Object"); `name` is that of the
 * definition, which goes before one in the hash. Fails with Puppet's message where it breaks a rule.
 */
export function objectOf(name: string, definition: Value, complain: Fail): ObjectType {
  if (definition.kind !== 'hash') return complain('object initializer has wrong type, expects a Struct value', 0)
  assertInstance('object initializer', initializer, definition)
  const own = hashGet(definition, 'name')
  const title = name !== '' ? name : own?.kind === 'string' ? own.value : ''
  const label = title === '' ? 'Object' : title
  const parent = parentOf(label, hashGet(definition, 'parent'), complain)
  const inherited = parent ? membersOf(parent) : new Map<string, Member>()
  const typeParameters = members(definition, 'type_parameters').map(([parameter, value]) => ({
    name: parameter,
    type: optionalType(attributeOf(`type_parameter ${label}[${parameter}]`, parameter, value, complain).type),
  }))
  const attributes = attributesOf(label, definition, inherited, complain)
  const functions = members(definition, 'functions').map(([method, value]): ObjectFunction => {
    const subject = `function ${label}[${method}]`
    const made = functionOf(subject, method, value)
    if (attributes.some((a) => a.name === method))
      return complain(`${subject} conflicts with attribute with the same name`, 0)
    assertOverride({ subject, kind: 'function', ...made }, inherited.get(method), complain)
    return made
  })
  const type: ObjectType = {
    kind: 'Object',
    name: title,
    attributes,
    definition,
    ...(parent ? { parent } : {}),
    ...(typeParameters.length > 0 ? { typeParameters } : {}),
    ...(functions.length > 0 ? { functions } : {}),
  }
  return { ...type, ...equalityOf(type, label, definition, inherited, complain) }
}

function parentOf(label: string, given: Value | undefined, complain: Fail): PuppetType | undefined {
  if (given?.kind !== 'type') return undefined
  const { type } = given
  for (let at: PuppetType | undefined = type; at; ) {
    const resolved: PuppetType = resolveAlias(at)
    if (resolved.kind === 'TypeReference') return complain(`reference to unresolved type '${resolved.text}'`, 0)
    if (resolved.kind !== 'Object') break
    if (resolved.name === label) return complain(`The Object type '${label}' inherits from itself`, 0)
    at = resolved.parent
  }
  return type
}

/** An attribute or a function, as messages name it. */
interface Member {
  readonly subject: string
  readonly kind: 'attribute' | 'function'
  readonly type: PuppetType
  readonly attributeKind?: ObjectAttribute['attributeKind']
  readonly final?: boolean
  readonly override?: boolean
}

/** What an Object type and its parents have, by name. */
function membersOf(type: PuppetType): Map<string, Member> {
  const resolved = resolveAlias(type)
  if (resolved.kind !== 'Object') return new Map()
  const found = resolved.parent ? membersOf(resolved.parent) : new Map<string, Member>()
  const label = resolved.name === '' ? 'Object' : resolved.name
  for (const attribute of resolved.attributes)
    found.set(attribute.name, { subject: `attribute ${label}[${attribute.name}]`, kind: 'attribute', ...attribute })
  for (const method of resolved.functions ?? [])
    found.set(method.name, { subject: `function ${label}[${method.name}]`, kind: 'function', ...method })
  return found
}

/** A member of a parent is overridden by saying so, with a type that fits. */
function assertOverride(member: Member, inherited: Member | undefined, complain: Fail): void {
  const { subject, kind } = member
  if (!inherited) {
    if (member.override)
      complain(`expected ${subject} to override an inherited ${kind}, but no such ${kind} was found`, 0)
    return
  }
  if (kind !== inherited.kind) complain(`${subject} attempts to override ${inherited.subject}`, 0)
  const constants = member.attributeKind === 'constant' && inherited.attributeKind === 'constant'
  if (inherited.final && !constants) complain(`${subject} attempts to override final ${inherited.subject}`, 0)
  if (!member.override)
    complain(`${subject} attempts to override ${inherited.subject} without having override => true`, 0)
  if (!isAssignable(inherited.type, member.type))
    complain(`${subject} attempts to override ${inherited.subject} with a type that does not match`, 0)
}

function attributesOf(
  label: string,
  definition: Value & { kind: 'hash' },
  inherited: ReadonlyMap<string, Member>,
  complain: Fail,
): ObjectAttribute[] {
  const given = members(definition, 'attributes')
  const constants = members(definition, 'constants').map(([name, value]): ObjectAttribute => {
    if (given.some(([other]) => other === name))
      return complain(`attribute ${label}[${name}] is defined as both a constant and an attribute`, 0)
    const type = generalize(infer(value))
    return { name, type, attributeKind: 'constant', value, final: true, override: inherited.has(name) }
  })
  const attributes = given.map(([name, value]) => attributeOf(`attribute ${label}[${name}]`, name, value, complain))
  for (const attribute of [...attributes, ...constants]) {
    const subject = `attribute ${label}[${attribute.name}]`
    assertOverride({ subject, kind: 'attribute', ...attribute }, inherited.get(attribute.name), complain)
  }
  return [...attributes, ...constants]
}

function equalityOf(
  type: ObjectType,
  label: string,
  definition: Value & { kind: 'hash' },
  inherited: ReadonlyMap<string, Member>,
  complain: Fail,
): Pick<ObjectType, 'equality' | 'equalityIncludesType'> {
  const includesType = hashGet(definition, 'equality_include_type')
  const without = includesType?.kind === 'boolean' && !includesType.value
  const given = hashGet(definition, 'equality')
  const list = given?.kind === 'array' ? given.values : given?.kind === 'string' ? [given] : undefined
  const names = list?.flatMap((name) => (name.kind === 'string' ? [name.value] : []))
  if (names && names.length > 0 && without)
    complain('equality_include_type = false cannot be combined with non empty equality specification', 0)
  for (const name of names ?? []) {
    const attribute = type.attributes.find((a) => a.name === name)
    const member = inherited.get(name)
    if (member?.kind === 'attribute')
      complain(
        `${label} equality is referencing ${member.subject} which is included in equality of ${/ (.*)\[/.exec(member.subject)?.[1]}`,
        0,
      )
    if (!attribute && (type.functions ?? []).some((f) => f.name === name))
      complain(`${label} equality is referencing function ${label}[${name}]. Only attribute references are allowed`, 0)
    if (!attribute) return complain(`${label} equality is referencing non existent attribute '${name}'`, 0)
    if (attribute.attributeKind === 'constant')
      complain(
        `${label} equality is referencing constant attribute ${label}[${name}]. Reference to constant is not allowed in equality`,
        0,
      )
  }
  return { ...(names ? { equality: names } : {}), ...(without ? { equalityIncludesType: false } : {}) }
}

function members(definition: Value & { kind: 'hash' }, key: string): (readonly [string, Value])[] {
  const found = hashGet(definition, key)
  if (found?.kind !== 'hash') return []
  return [...found.entries.values()].flatMap((e) => (e.key.kind === 'string' ? [[e.key.value, e.value] as const] : []))
}

function optionalType(type: PuppetType): PuppetType {
  return type.kind === 'Optional' ? type : optional(type)
}

function functionOf(subject: string, name: string, value: Value): ObjectFunction {
  if (value.kind !== 'hash') {
    assertInstance(subject, functionType, value)
    return { name, type: (value as Value & { kind: 'type' }).type }
  }
  assertInstance(`initializer for function '${name}'`, functionInitializer, value)
  return { name, type: (hashGet(value, 'type') as Value & { kind: 'type' }).type, ...flagsOf(value) }
}

function flagsOf(specification: Value & { kind: 'hash' }): { final?: boolean; override?: boolean } {
  const flag = (name: string): boolean => {
    const value = hashGet(specification, name)
    return value?.kind === 'boolean' && value.value
  }
  return { ...(flag('final') ? { final: true } : {}), ...(flag('override') ? { override: true } : {}) }
}

function attributeOf(label: string, name: string, specification: Value, complain: Fail): ObjectAttribute {
  if (specification.kind !== 'hash') {
    assertInstance(label, { kind: 'Type' }, specification)
    const { type } = specification as Value & { kind: 'type' }
    const value = type.kind === 'Optional' ? { value: undef(unknownOrigin) } : {}
    return { name, type, attributeKind: 'normal', ...value }
  }
  assertInstance(`initializer for ${label}`, attributeInitializer, specification)
  const { type } = hashGet(specification, 'type') as Value & { kind: 'type' }
  const given = hashGet(specification, 'kind')
  const kind = given?.kind === 'string' ? (given.value as ObjectAttribute['attributeKind']) : 'normal'
  const value = hashGet(specification, 'value')
  const final = hashGet(specification, 'final')
  if (kind === 'constant' && final?.kind === 'boolean' && !final.value)
    complain(`${label} of kind 'constant' cannot be combined with final => false`, 0)
  if (value && (kind === 'derived' || kind === 'given_or_derived'))
    complain(`${label} of kind '${kind}' cannot be combined with an attribute value`, 0)
  if (value && value.kind !== 'default') assertInstance(`${label} value`, type, value)
  if (!value && kind === 'constant') complain(`${label} of kind 'constant' requires a value`, 0)
  return {
    name,
    type,
    attributeKind: kind,
    ...(value ? { value } : {}),
    ...flagsOf(specification),
    ...(kind === 'constant' ? { final: true } : {}),
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
