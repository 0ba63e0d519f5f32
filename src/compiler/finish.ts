import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import { Failure } from '../source/diagnostic.ts'
import { didYouMean } from '../source/suggest.ts'
import { sensitive, type Value } from '../value/value.ts'
import { finishEvaluation } from './classes.ts'
import { failWith, missingRelationshipTarget, unknownParameter } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { splitReference } from './names.ts'
import { mergeOverride } from './overrides.ts'
import { validateArguments } from './parameter-types.ts'
import { applyRelationships } from './relationships.ts'
import { declaredReference } from './resolve-type.ts'
import { parameterValue, setParameter } from './resource.ts'
import { acceptsParameter, inheritedMetaparameters, isRelationship, metaparameters } from './resource-types.ts'
import { isDefinition, type Resource, type State } from './state.ts'
import { mergeTags } from './tags.ts'
import { textOf } from './text.ts'

/** What is left when everything has been evaluated: relationships, late overrides, validation, inherited metaparameters. */
export function finishCatalog(state: State): void {
  applyRelationships(state)
  for (const resource of state.resources) {
    const reference = referenceOf(resource)
    for (const override of state.overrides.get(reference) ?? []) mergeOverride(resource, override)
    state.overrides.delete(reference)
    finishResource(resource)
  }
  inheritMetaparameters(state)
}

function finishResource(resource: Resource): void {
  if (resource.finished) return
  resource.finished = true
  finishEvaluation(resource)
  unwrapSensitive(resource)
  try {
    validate(resource)
  } catch (error) {
    if (error instanceof Failure && !error.diagnostic.span && resource.span)
      throw new Failure({ ...error.diagnostic, span: resource.span })
    throw error
  }
}

/** Sensitive parameters stand in the catalog by their values and are named apart. */
function unwrapSensitive(resource: Resource): void {
  for (const [name, parameter] of resource.parameters) {
    const { value } = parameter
    if (value.kind !== 'sensitive') continue
    resource.sensitive.push(name)
    const inner = value.value
    resource.parameters.set(name, { ...parameter, value: { ...inner, origin: { kind: 'secret', from: inner.origin } } })
  }
}

function validate(resource: Resource): void {
  const { of } = resource
  if (!of) return
  if (!isDefinition(of)) {
    validateNative(resource, of)
    return
  }
  const values = new Map<string, Value>()
  for (const [name, { value }] of resource.parameters)
    values.set(name, resource.sensitive.includes(name) ? sensitive(value, value.origin) : value)
  validateArguments(resource.scope, referenceOf(resource), of, values)
}

function validateNative(resource: Resource, of: ResourceTypeInfo): void {
  for (const { name, span } of resource.parameters.values()) {
    if (acceptsParameter(of, name)) continue
    const remedy = didYouMean(name, [...of.parameters, ...metaparameters])
    throw new Failure(
      unknownParameter([name], {
        ...(resource.span ? { span: resource.span } : {}),
        ...(span ? { related: [{ message: `set here on ${referenceOf(resource)}`, span }] } : {}),
        ...(remedy ? { remedy } : {}),
      }),
    )
  }
}

/** Hands metaparameters such as `noop` and tags on to whatever a class or defined type contains, from `Class[main]` on. */
function inheritMetaparameters(state: State): void {
  const main = state.top.resource
  if (!main) return
  const handed = new Map<Resource, Map<string, Value>>()
  const seen = new Set<Resource>()
  const queue = [main]
  for (let at = 0; at < queue.length; at++) {
    const source = queue[at] as Resource
    if (seen.has(source)) continue
    seen.add(source)
    for (const target of state.ledger.edgesOut.get(source) ?? []) {
      const data = handed.get(source) ?? ownMetaparameters(source)
      if (data) {
        if (!handed.has(source)) handed.set(source, data)
        for (const [name, value] of data)
          if (!parameterValue(target, name)) setParameter(target, { name, value, source: target.source })
        handed.set(target, new Map([...data, ...(ownMetaparameters(target) ?? [])]))
      }
      mergeTags(target.tags, source.tags)
      queue.push(target)
    }
  }
}

function ownMetaparameters(resource: Resource): Map<string, Value> | undefined {
  let data: Map<string, Value> | undefined
  for (const name of inheritedMetaparameters) {
    const value = parameterValue(resource, name)
    if (!value) continue
    data ??= new Map()
    data.set(name, value)
  }
  return data
}

/** Every reference in `require`, `before`, `notify` and `subscribe` must name a resource of the catalog. */
export function checkRelationships(state: State): void {
  for (const resource of state.ledger.resources) {
    if (resource.virtual) continue
    for (const { name, value, span } of resource.parameters.values()) {
      if (!isRelationship(name)) continue
      for (const reference of referencesIn(value)) {
        if (declaredReference(state, reference)) continue
        const place = span ?? resource.span
        if (!splitReference(reference))
          failWith(
            `No title provided and ${JSON.stringify(reference)} is not a valid resource reference`,
            place ? { span: place } : {},
          )
        throw new Failure(missingRelationshipTarget([reference, name], place ? { span: place } : {}))
      }
    }
  }
}

function referencesIn(value: Value): string[] {
  if (value.kind === 'undef') return []
  if (value.kind === 'array') return value.values.flatMap(referencesIn)
  return [textOf(value)]
}

/** Overrides whose resource never came, and `realize` of what is not there. */
export function failOnLeftovers(state: State): void {
  const overrides = [...state.overrides.values()].flat()
  if (overrides.length > 0) {
    const span = overrides[0]?.span
    failWith(`Could not find resource(s) ${overrides.map(referenceOf).join(', ')} for overriding`, span ? { span } : {})
  }
  const missing = state.collectors.flatMap((collector) => collector.missing())
  if (missing.length > 0) failWith(`Failed to realize virtual resources ${missing.join(', ')}`)
}
