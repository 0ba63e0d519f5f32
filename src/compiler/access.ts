import type { AccessExpression, Expression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import { didYouMean } from '../source/suggest.ts'
import { generalize } from '../types/generalize.ts'
import { infer } from '../types/infer.ts'
import { valueLabel, withArticle, withCapitalArticle } from '../types/label.ts'
import { parameterize } from '../types/parameterize.ts'
import { typeToString } from '../types/print.ts'
import { isFixed, type Origin, wholeOrigin } from '../value/origin.ts'
import { array, hashKey, string, typeValue, undef, type Value } from '../value/value.ts'
import { numeric } from './arithmetic.ts'
import { takenBy } from './conditions.ts'
import { failWith, resourceTypeNotFound } from './issues.ts'
import { capitalizeSegments } from './names.ts'
import { numberFromText } from './numbers.ts'
import { noteElement } from './reading.ts'
import { declaredResource } from './resolve-type.ts'
import { defaultsFor, parameterValue } from './resource.ts'
import { acceptsParameter, isMetaparameter } from './resource-types.ts'
import { evaluate } from './scope.ts'
import { isDefinition, type Resource, type Scope } from './state.ts'
import { textOf } from './text.ts'

/** `value[keys]`: elements, characters, parameters of declared resources, and types made narrower. */
export function evaluateAccess(node: AccessExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope)
  const keys = node.keys.map((key) => evaluateKey(left, key, scope))
  const origin: Origin = { kind: 'operation', span: node.span, from: [left.origin, ...keyOrigins(left, keys)] }
  switch (left.kind) {
    case 'string':
      return accessText(node, left, flat(keys), origin)
    case 'binary': {
      const text = accessText(node, string(Buffer.from(left.bytes).toString('latin1'), origin), flat(keys), origin)
      return { kind: 'binary', bytes: Buffer.from((text as { value: string }).value, 'latin1'), origin }
    }
    case 'array':
      return noted(accessArray(node, left, flat(keys), scope, origin), node, left, keys, scope)
    case 'hash':
      return noted(accessHash(node, left, keys, origin), node, left, keys, scope)
    case 'type':
      return accessType(node, left, keys, scope, origin)
    default:
      return failWith(`Operator '[]' is not applicable to ${withArticle(valueLabel(left))}.`, {
        span: placeOf(node.left),
      })
  }
}

function noted(found: Value, node: AccessExpression, left: Value, keys: readonly Value[], scope: Scope): Value {
  const [key] = keys
  if (!key || keys.length !== 1) return found
  const own = left.kind === 'hash' ? left.entries.get(hashKey(key))?.key : undefined
  const taken = takenBy(found, key, own, node.span)
  noteElement(scope, left, key, taken, node.left)
  return taken
}

/** What keys make of a value: a type is made of them, of what is cut out they decide where. */
function keyOrigins(left: Value, keys: readonly Value[]): Origin[] {
  const origins = keys.map(wholeOrigin)
  return left.kind === 'type' ? origins : origins.filter((origin) => !isFixed(origin))
}

/** `Class[Foo::Bar]`: a name that no type has is that of a class. */
function evaluateKey(left: Value, key: Expression, scope: Scope): Value {
  if (left.kind === 'type' && left.type.kind === 'Class' && key.kind === 'QualifiedReference') {
    const found = scope.state.findType(key.value)
    const origin: Origin = { kind: 'literal', span: key.span }
    return found ? typeValue(found, origin) : typeValue({ kind: 'TypeReference', text: key.value }, origin)
  }
  return evaluate(key, scope)
}

function flat(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (value.kind === 'array' ? flat(value.values) : [value]))
}

function keyTypeName(value: Value): string {
  if (value.kind === 'undef') return 'Undef'
  if (value.kind === 'default') return 'Default'
  return typeToString(generalize(infer(value)))
}

function accessText(node: AccessExpression, value: Value & { kind: 'string' }, keys: Value[], origin: Origin): Value {
  const characters = [...value.value]
  if (keys.length === 0 || keys.length > 2)
    return failWith(`String supports [] with one or two arguments. Got ${keys.length}`, { span: placeOf(node.left) })
  const [first = 0, second] = keys.map((key, i) => {
    const number = key.kind === 'integer' ? key.value : key.kind === 'string' ? numberFromText(key.value) : undefined
    if (typeof number === 'bigint') return Number(number)
    const name = typeof number === 'number' ? 'Float' : keyTypeName(key)
    return failWith(
      `A substring operation does not accept ${withArticle(name)} as a character index. Expected an Integer`,
      { span: placeOf(node.keys[i] ?? node) },
    )
  })
  const { start, length } = stretch(characters.length, first, second ?? 1, second === undefined)
  return string(start < 0 ? '' : characters.slice(start, start + length).join(''), origin)
}

/** Where a stretch starts and how long it is; negative numbers count from the end. */
function stretch(size: number, from: number, count: number, single: boolean): { start: number; length: number } {
  let start = from < 0 ? size + from : from
  if (single) return { start, length: 1 }
  let length = count < 0 ? size - start + count + 1 : count
  if (start < 0) {
    length += start
    start = 0
  }
  return { start, length: Math.max(0, length) }
}

function accessArray(
  node: AccessExpression,
  value: Value & { kind: 'array' },
  keys: Value[],
  scope: Scope,
  origin: Origin,
): Value {
  if (keys.length === 0 || keys.length > 2)
    return failWith(`Array supports [] with one or two arguments. Got ${keys.length}`, { span: placeOf(node.left) })
  const [first = 0, second] = keys.map((key, i) => {
    const place = node.keys[i] ?? node
    const number = numeric(key, place, scope)
    if (number.kind === 'integer') return Number(number.value)
    return failWith(`An Array[] cannot use ${keyTypeName(number)} where Integer is expected`, {
      span: placeOf(place),
    })
  })
  if (second === undefined) {
    const found = value.values[first < 0 ? value.values.length + first : first]
    return found ?? undef(origin)
  }
  const { start, length } = stretch(value.values.length, first, second, false)
  return array(value.values.slice(start, start + length), origin)
}

function accessHash(
  node: AccessExpression,
  value: Value & { kind: 'hash' },
  keys: readonly Value[],
  origin: Origin,
): Value {
  if (keys.length === 0)
    return failWith(`Hash supports [] with one or more arguments. Got ${keys.length}`, { span: placeOf(node.left) })
  const found = keys.map((key) => value.entries.get(hashKey(key))?.value)
  if (found.length === 1) return found[0] ?? undef(origin)
  return array(
    found.filter((element): element is Value => element !== undefined && element.kind !== 'undef'),
    origin,
  )
}

function accessType(
  node: AccessExpression,
  value: Value & { kind: 'type' },
  keys: readonly Value[],
  scope: Scope,
  origin: Origin,
): Value {
  const { type } = value
  if (type.kind === 'Resource') return accessResource(node, type, keys, scope, origin)
  if (type.kind === 'Class') return accessClass(node, type, keys, scope, origin)
  if (type.kind === 'TypeReference') throw new Failure(resourceTypeNotFound([type.text], { span: placeOf(node) }))
  return typeValue(parameterize(type, keys, { span: placeOf(node), keys: node.keys.map(placeOf) }), origin)
}

const typeNamePattern = /^(?:(?:::)?[A-Z]\w*)+$/

function accessResource(
  node: AccessExpression,
  type: { readonly typeName?: string; readonly title?: string },
  given: readonly Value[],
  scope: Scope,
  origin: Origin,
): Value {
  const firstPlace = placeOf(node.keys[0] ?? node)
  if (given.length === 0)
    return failWith(
      `${type.typeName === undefined ? 'A Resource' : `A ${type.typeName}`}-Type[] accepts 1 or more arguments. Got 0`,
      {
        span: firstPlace,
      },
    )
  let keys = [...given]
  let { typeName } = type
  if (typeName === undefined) {
    const first = keys.shift() as Value
    if (first.kind === 'type' && first.type.kind === 'Resource') {
      if (keys.length === 0) return first
      typeName = first.type.typeName
    } else if (first.kind === 'string') typeName = capitalizeSegments(first.value)
    if (typeName === undefined)
      return failWith(`First argument to Resource[] must be a resource type or a String. Got ${keyTypeName(first)}.`, {
        span: firstPlace,
      })
  }
  if (!typeNamePattern.test(typeName))
    return failWith(`Illegal type reference. The given name '${typeName}' does not conform to the naming rule`, {
      span: firstPlace,
    })
  const many = keys.length > 1 || keys[0]?.kind === 'array'
  const before = keys.length
  keys = flat(keys).filter((key) => key.kind !== 'undef')
  if (keys.length === 0 && before > 0) return many ? array([], origin) : undef(origin)
  if (type.title !== undefined)
    return parametersOf(node, typeName, type.title, keys, many, scope, origin, (name) => capitalizeSegments(name))
  if (keys.length === 0) return typeValue({ kind: 'Resource', typeName }, origin)
  const made = keys.map((key, i) => {
    if (key.kind === 'string')
      return typeValue({ kind: 'Resource', typeName: typeName as string, title: key.value }, origin)
    const shown = type.typeName ?? 'Resource'
    return failWith(
      `Error creating type specialization of ${withArticle(`${shown}-Type`)}, Cannot use ${keyTypeName(key)} where a resource title String is expected`,
      { span: placeOf(node.keys[before === keys.length ? i : i + 1] ?? node) },
    )
  })
  return many ? array(made, origin) : (made.at(-1) as Value)
}

const classNamePattern = /^(?:::)?[a-z]\w*(?:::[a-z]\w*)*$/

function accessClass(
  node: AccessExpression,
  type: { readonly name?: string },
  given: readonly Value[],
  scope: Scope,
  origin: Origin,
): Value {
  const many = given.length > 1 || given[0]?.kind === 'array'
  if (given.length === 0) return failWith('A Class-Type[] accepts 1 or more arguments. Got 0', { span: placeOf(node) })
  const keys = flat(given).filter((key) => key.kind !== 'undef')
  if (keys.length === 0) return many ? array([], origin) : undef(origin)
  if (type.name !== undefined) return parametersOf(node, 'Class', type.name, keys, many, scope, origin, (name) => name)
  const made = keys.map((key, i) => {
    const place = placeOf(node.keys[i] ?? node)
    const written = key.kind === 'string' ? key.value : undefined
    if (written === undefined)
      return failWith(
        `Illegal Class name in class reference. ${withCapitalArticle(valueLabel(key))} cannot be used where a String is expected`,
        { span: place },
      )
    const name = written.toLowerCase().replace(/^::/, '')
    if (!classNamePattern.test(name))
      return failWith(
        `Illegal name. The given name '${written}' does not conform to the naming rule /^((::)?[a-z_]\\w*)(::[a-z]\\w*)*$/`,
        { span: place },
      )
    return typeValue({ kind: 'Class', name }, origin)
  })
  return many ? array(made, origin) : (made.at(-1) as Value)
}

function parametersOf(
  node: AccessExpression,
  typeName: string,
  title: string,
  keys: readonly Value[],
  many: boolean,
  scope: Scope,
  origin: Origin,
  shown: (name: string) => string,
): Value {
  const resource = declaredResource(scope.state, typeName, title)
  const span = placeOf(node)
  if (!resource) return failWith(`Resource not found: ${typeName}['${title}']`, { span })
  const values = keys.map((key) => {
    const name = key.kind === 'string' ? key.value : undefined
    if (name === undefined || !hasParameter(resource, name)) {
      const remedy = name === undefined ? undefined : didYouMean(name, parameterNames(resource))
      const type = shown(typeName)
      return failWith(
        `The resource ${type[0]?.toUpperCase()}${type.slice(1).toLowerCase()}['${title}'] does not have a parameter called '${textOf(key)}'`,
        { span, ...(remedy ? { remedy } : {}) },
      )
    }
    return resourceParameter(resource, name) ?? undef(origin)
  })
  return many ? array(values, origin) : (values.at(-1) as Value)
}

/** The value of a parameter of a declared resource, or the default in force where it was declared. */
export function resourceParameter(resource: Resource, name: string): Value | undefined {
  if (name === 'title') return string(resource.title, { kind: 'builtin', name: 'title' })
  return parameterValue(resource, name) ?? defaultsFor(resource.scope, resource.type).get(name)?.value
}

function hasParameter(resource: Resource, name: string): boolean {
  const { of } = resource
  if (!of) return resource.parameters.has(name)
  if (!isDefinition(of)) return acceptsParameter(of, name)
  return name === 'name' || isMetaparameter(name) || of.parameters.some((parameter) => parameter.name === name)
}

function parameterNames(resource: Resource): string[] {
  const { of } = resource
  if (!of) return []
  return isDefinition(of) ? of.parameters.map((parameter) => parameter.name) : [...of.parameters]
}
