import type { ResourceOverrideExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import { valueLabel } from '../types/label.ts'
import { array, type Value } from '../value/value.ts'
import { isChildOf } from './classes.ts'
import { chosen } from './conditions.ts'
import { isDefault } from './defaults.ts'
import { asWarning, cannotOverride, failWith } from './issues.ts'
import { placeText, referenceOf } from './ledger.ts'
import { declaredResource, resourceTypeOrFail } from './resolve-type.ts'
import { makeResource, setParameter } from './resource.ts'
import { evaluateOperation, flatten } from './resources.ts'
import { evaluate } from './scope.ts'
import type { Definition, Resource, ResourceParameter, Scope } from './state.ts'

/** `Type[title] { name => value }`: changes a resource that is declared already, or will be. */
export function evaluateOverride(node: ResourceOverrideExpression, scope: Scope): Value {
  const value = evaluate(node.resources, scope)
  const parameters = node.operations.flatMap((operation) => evaluateOperation(operation, scope))
  for (const reference of flatten(value)) {
    const type = reference.kind === 'type' && reference.type.kind === 'Resource' ? reference.type : undefined
    if (type?.typeName === undefined || type.typeName.toLowerCase() === 'class')
      return failWith(`Resource Override can only operate on resources, got: ${valueLabel(reference)}`, {
        span: placeOf(node),
      })
    const of = resourceTypeOrFail(scope.state, type.typeName)
    addOverride(
      scope,
      makeResource(scope, {
        type: of.name,
        title: type.title ?? '',
        of,
        parameters,
        span: placeOf(node),
        defaults: false,
      }),
    )
  }
  return value
}

/** Applies an override now where its resource is declared, or keeps it for the end. */
export function addOverride(scope: Scope, override: Resource): void {
  const { state } = scope
  const resource = declaredResource(state, override.type, override.title)
  if (resource) {
    mergeOverride(resource, override)
    return
  }
  const reference = referenceOf(override)
  const waiting = state.overrides.get(reference)
  if (waiting) waiting.push(override)
  else state.overrides.set(reference, [override])
}

/** Takes over the parameters of an override, where its author may change the resource. */
export function mergeOverride(resource: Resource, override: Resource): void {
  const { state } = resource.scope
  if (resource.source !== override.source && !isChildOf(override.source, resource.source, state))
    throw new Failure(
      cannotOverride(['Only subclasses can override parameters'], override.span ? { span: override.span } : {}),
    )
  if (resource.evaluated) reportLateOverride(resource, override)
  for (const parameter of override.parameters.values()) {
    const value =
      override.condition === resource.condition ? parameter.value : chosen(parameter.value, override.condition)
    overrideParameter(resource, { ...parameter, value })
  }
}

function reportLateOverride(resource: Resource, override: Resource): void {
  const { state } = resource.scope
  const place = placeText(resource.span)
  const diagnostic = cannotOverride(
    [
      place
        ? `Attempt to override an already evaluated resource, defined at ${place}, with new values`
        : 'Attempt to override an already evaluated resource with new values',
    ],
    override.span ? { span: override.span } : {},
  )
  if (state.settings.strict === 'error') throw new Failure(diagnostic)
  if (state.settings.strict === 'off') return
  state.logs.push({ level: 'warning', message: diagnostic.message, ...(override.span ? { span: override.span } : {}) })
  state.diagnostics.push(asWarning(diagnostic))
}

function overrideParameter(resource: Resource, parameter: ResourceParameter): void {
  const { scope } = resource
  const current = resource.parameters.get(parameter.name)
  if (!current) {
    setParameter(resource, parameter)
    return
  }
  if (isDefault(scope, resource.type, parameter.name, parameter.value)) return
  const mayChange =
    isChildOf(parameter.source, current.source, scope.state) ||
    (parameter.source === current.source && isDefault(scope, resource.type, parameter.name, current.value))
  if (!mayChange) {
    const place = placeText(current.span)
    const by = current.source ? ` by ${sourceText(current.source)}` : ''
    throw new Failure(
      cannotOverride(
        [
          `Parameter '${parameter.name}' is already set on ${referenceOf(resource)}${by}${place ? ` at ${place}` : ''}; cannot redefine`,
        ],
        {
          ...(parameter.span ? { span: parameter.span } : {}),
          ...(current.span ? { related: [{ message: 'already set here', span: current.span }] } : {}),
        },
      ),
    )
  }
  const value = parameter.append
    ? array([...flatten(current.value), ...flatten(parameter.value)], parameter.value.origin)
    : parameter.value
  setParameter(resource, { ...parameter, value })
}

function sourceText(source: Definition): string {
  if (source.name === '') return 'Class[main]'
  return `${source.kind === 'hostclass' ? 'Class' : source.kind === 'node' ? 'Node' : 'Definition'}[${source.name}]`
}
