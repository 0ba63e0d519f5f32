import type {
  AttributeOperation,
  AttributesOperation,
  Expression,
  ResourceBody,
  ResourceExpression,
} from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { generalize } from '../types/generalize.ts'
import { infer } from '../types/infer.ts'
import { typeToString } from '../types/print.ts'
import type { Origin } from '../value/origin.ts'
import { array, type StringValue, typeValue, type Value } from '../value/value.ts'
import { findClass } from './autoload.ts'
import { addResource } from './catalog-building.ts'
import { declareClass, evaluateResource, instantiate } from './classes.ts'
import { failWith, resourceTypeNotFound, undeclaredClass } from './issues.ts'
import { toParameterValue } from './reference-values.ts'
import { resourceTypeOrFail } from './resolve-type.ts'
import { makeResource } from './resource.ts'
import { evaluate } from './scope.ts'
import { type Definition, isDefinition, type Resource, type ResourceParameter, type Scope } from './state.ts'

const withoutStoreconfigs =
  'You cannot collect exported resources without storeconfigs being set; the export is ignored'

/** `type { title: … ; default: … }`: declares resources, and gives references to them. */
export function evaluateResources(node: ResourceExpression, scope: Scope): Value {
  const typeName = resourceTypeName(node, scope)
  if (node.form === 'exported' && !scope.state.exported)
    scope.state.logs.push({ level: 'warning', message: withoutStoreconfigs, span: placeOf(node) })
  const bodies = evaluateBodies(node, scope)
  const common = bodies.find((body) => body.isDefault)?.parameters ?? new Map<string, ResourceParameter>()
  const declared: Value[] = []
  for (const { titles, titleOrigins, parameters } of bodies) {
    const merged = new Map([...common, ...parameters])
    for (const resource of declareResources(scope, {
      typeName,
      titles,
      titleOrigins,
      parameters: [...merged.values()],
      span: placeOf(node),
      form: node.form,
    }))
      declared.push(referenceTo(resource, node.span))
  }
  return array(declared, { kind: 'literal', span: node.span })
}

function referenceTo(resource: Resource, span: Span): Value {
  const origin = { kind: 'literal', span } as const
  if (resource.type === 'Class') return typeValue({ kind: 'Class', name: resource.title.toLowerCase() }, origin)
  return typeValue({ kind: 'Resource', typeName: resource.type, title: resource.title }, origin)
}

export interface Declaration {
  /** As written. */
  readonly typeName: string
  readonly titles: readonly string[]
  /** Of titles that were computed. */
  readonly titleOrigins?: ReadonlyMap<string, Origin>
  /** Titles that were no texts, as `create_resources` takes them. */
  readonly looseTitles?: ReadonlySet<string>
  readonly parameters: readonly ResourceParameter[]
  readonly span: Span | undefined
  readonly form: 'regular' | 'virtual' | 'exported'
}

/** Enters resources into the catalog; classes are evaluated at once, defined types later. */
export function declareResources(scope: Scope, declaration: Declaration): Resource[] {
  const { typeName, parameters, span, form } = declaration
  const isClass = typeName.toLowerCase() === 'class'
  const type = isClass ? undefined : resourceTypeOrFail(scope.state, typeName)
  return declaration.titles.map((given) => {
    const definition = isClass ? findClass(scope.state, given) : undefined
    const title = definition?.name ?? given
    if (isClass && !definition) throw new Failure(undeclaredClass([given]))
    const of = definition ?? type
    const resource = makeResource(scope, {
      type: isClass ? 'Class' : isDefinition(of) || !of ? (of?.name ?? typeName) : of.name,
      title,
      titleOrigin: declaration.titleOrigins?.get(given),
      looseTitle: declaration.looseTitles?.has(title) ?? false,
      of,
      parameters,
      span,
      strict: true,
      virtual: form !== 'regular',
      exported: form === 'exported',
    })
    if (isDefinition(of)) instantiate(of, scope, resource)
    addResource(scope, resource)
    if (definition) evaluateDeclaredClass(definition, scope)
    return resource
  })
}

/** As `include` does: a class that has been evaluated stays as it is. */
function evaluateDeclaredClass(definition: Definition, scope: Scope): void {
  if (scope.state.classScopes.has(definition.name)) return
  evaluateResource(declareClass(definition, scope))
}

function resourceTypeName(node: ResourceExpression, scope: Scope): string {
  const { typeName } = node
  if (typeName.kind === 'QualifiedName') return typeName.value
  const value = evaluate(typeName, scope)
  const span = placeOf(typeName)
  const acceptable =
    typeName.kind === 'QualifiedReference' ||
    (typeName.kind === 'AccessExpression' && typeName.left.kind === 'QualifiedReference')
  if (acceptable && value.kind === 'type') {
    const { type } = value
    if (type.kind === 'Class' && type.name === undefined) return 'class'
    if (type.kind === 'Resource' && type.title === undefined && type.typeName !== undefined) return type.typeName
    if (type.kind === 'TypeReference') throw new Failure(resourceTypeNotFound([type.text], { span }))
    if (type.kind === 'Class' || type.kind === 'Resource') return illegalType(typeToString(type), span)
  }
  return illegalType(generalName(value), span)
}

function illegalType(actual: string, span: Span): never {
  return failWith(
    `Illegal Resource Type expression, expected result to be a type name, or untitled Resource, got ${actual}`,
    { span },
  )
}

export function generalName(value: Value): string {
  return typeToString(generalize(infer(value)))
}

interface EvaluatedBody {
  readonly titles: readonly string[]
  readonly titleOrigins: ReadonlyMap<string, Origin>
  readonly isDefault: boolean
  readonly parameters: ReadonlyMap<string, ResourceParameter>
}

function evaluateBodies(node: ResourceExpression, scope: Scope): EvaluatedBody[] {
  const used = new Set<string>()
  return node.bodies.map((body) => {
    const titles: string[] = []
    const titleOrigins = new Map<string, Origin>()
    let isDefault = false
    for (const title of evaluateTitles(body, scope)) {
      const key = title?.value ?? '\0default'
      if (used.has(key))
        failWith(`The title '${title?.value ?? 'default'}' has already been used in this resource expression`, {
          span: placeOf(node),
        })
      used.add(key)
      if (title === undefined) isDefault = true
      else {
        titles.push(title.value)
        titleOrigins.set(title.value, title.origin)
      }
    }
    return { titles, titleOrigins, isDefault, parameters: evaluateOperations(body.operations, node, scope) }
  })
}

/** The titles of a body; `undefined` for `default`. */
function evaluateTitles(body: ResourceBody, scope: Scope): (StringValue | undefined)[] {
  const span = placeOf(body.title)
  const value = evaluate(body.title, scope)
  if (value.kind === 'undef') return failWith('Missing title. The title expression resulted in undef', { span })
  return flatten(value).map((title, index) => {
    if (title.kind === 'undef')
      return failWith(`Missing title at index ${index}. The title expression resulted in an undef title`, { span })
    if (title.kind === 'default') return undefined
    if (title.kind !== 'string')
      return failWith(`Illegal title type at index ${index}. Expected String, got ${generalName(title)}`, { span })
    if (title.value === '')
      return failWith(`Empty string title at ${index}. Title strings must have a length greater than zero.`, { span })
    return title
  })
}

export function flatten(value: Value): readonly Value[] {
  return value.kind === 'array' ? value.values.flatMap(flatten) : [value]
}

/** The parameters that `name => value` and `* => hash` give, each name once. */
function evaluateOperations(
  operations: ResourceBody['operations'],
  node: Expression,
  scope: Scope,
): ReadonlyMap<string, ResourceParameter> {
  const parameters = new Map<string, ResourceParameter>()
  for (const operation of operations)
    for (const parameter of evaluateOperation(operation, scope)) {
      if (parameters.has(parameter.name))
        failWith(`The attribute '${parameter.name}' has already been set`, { span: placeOf(node) })
      parameters.set(parameter.name, parameter)
    }
  return parameters
}

/** The parameters that one operation gives. */
export function evaluateOperation(
  operation: AttributeOperation | AttributesOperation,
  scope: Scope,
): ResourceParameter[] {
  if (operation.kind === 'AttributeOperation')
    return [
      {
        name: operation.name,
        value: toParameterValue(evaluate(operation.value, scope)),
        span: placeOf(operation),
        source: scope.source,
        append: operation.operator === '+>',
      },
    ]
  const value = evaluate(operation.expression, scope)
  if (value.kind !== 'hash')
    return failWith(`Expected value of type Hash, got ${generalName(value)}`, { span: placeOf(operation.expression) })
  return [...value.entries.values()].map((entry) => ({
    name: entry.key.kind === 'string' ? entry.key.value : generalName(entry.key),
    value: toParameterValue(entry.value),
    span: placeOf(operation),
    source: scope.source,
  }))
}
