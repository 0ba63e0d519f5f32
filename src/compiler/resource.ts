import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import type { Origin } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import { nameCondition } from './conditions.ts'
import { failWith, undeclaredClass } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { capitalizeSegments, catalogTypeName } from './names.ts'
import type { Definition, Resource, ResourceParameter, Scope } from './state.ts'
import { addTag, addTagValue, addTitleTag } from './tags.ts'

export interface NewResource {
  /** As written or as the type's own name; in a catalog it gets capitalised segments. */
  readonly type: string
  readonly title: string
  readonly titleOrigin?: Origin | undefined
  /** The title was no text (`create_resources` takes numbers). */
  readonly looseTitle?: boolean
  readonly of?: ResourceTypeInfo | Definition | undefined
  readonly parameters?: readonly ResourceParameter[]
  readonly span?: Span | undefined
  readonly virtual?: boolean
  readonly exported?: boolean
  readonly source?: Definition | undefined
  /** Whether it must be an instance of something. */
  readonly strict?: boolean
  /** `false` for overrides, which no defaults apply to. */
  readonly defaults?: boolean
}

/** Makes a resource with its tags and the defaults that are in force in the scope; it is not in the catalog yet. */
export function makeResource(scope: Scope, made: NewResource): Resource {
  const type = catalogTypeName(made.type)
  const title = type === 'Class' && made.title !== 'main' ? capitalizeSegments(made.title || 'main') : made.title
  if (made.strict && !made.of) {
    if (type === 'Class') throw new Failure(undeclaredClass([made.title]))
    failWith(`Invalid resource type ${made.type}`)
  }
  const exported = made.exported ?? false
  const resource: Resource = {
    type,
    title,
    looseTitle:
      (made.looseTitle ?? false) || (title === 'main' && (type === 'Class' || type === 'Stage') && !made.span),
    of: made.of,
    parameters: new Map(),
    sensitive: [],
    tags: new Set(),
    virtual: exported || (made.virtual ?? false),
    exported,
    scope,
    source: made.source ?? scope.source,
    span: made.span,
    titleOrigin: made.titleOrigin,
    condition: nameCondition(scope.state.condition, made.titleOrigin, made.span),
    evaluated: false,
    evaluationFinished: false,
    finished: false,
  }
  for (const parameter of made.parameters ?? []) {
    if (resource.parameters.has(parameter.name))
      failWith(`Duplicate parameter '${parameter.name}' for on ${referenceOf(resource)}`)
    setParameter(resource, parameter)
  }
  addTag(resource.tags, type)
  if (!resource.looseTitle) addTitleTag(resource.tags, title)
  if (made.defaults ?? true) applyDefaults(scope, resource)
  return resource
}

export function setParameter(resource: Resource, parameter: ResourceParameter): void {
  if (parameter.name === 'tag') addTagValue(resource.tags, parameter.value)
  resource.parameters.set(parameter.name, parameter)
}

export function setValue(resource: Resource, name: string, value: Value, source?: Definition, span?: Span): void {
  setParameter(resource, { name, value, source: source ?? resource.source, ...(span ? { span } : {}) })
}

/** The value of a parameter; `undefined` where it is not given or undef. */
export function parameterValue(resource: Resource, name: string): Value | undefined {
  const value = resource.parameters.get(name)?.value
  return value?.kind === 'undef' ? undefined : value
}

function applyDefaults(scope: Scope, resource: Resource): void {
  for (const [name, parameter] of defaultsFor(scope, resource.type))
    if (!resource.parameters.has(name)) setParameter(resource, parameter)
}

const none: ReadonlyMap<string, ResourceParameter> = new Map()

/** The defaults of a type that are in force: those of the scopes in which this one was made, nearest first. */
export function defaultsFor(scope: Scope, type: string): ReadonlyMap<string, ResourceParameter> {
  const outer = scope.parent ? defaultsFor(scope.parent, type) : none
  const own = scope.defaults.get(type)
  if (!own) return outer
  return outer.size === 0 ? own : new Map([...outer, ...own])
}
