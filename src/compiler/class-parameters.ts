import { isLookupError } from '../hiera/problems.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Origin } from '../value/origin.ts'
import { string, type Value, withOrigin } from '../value/value.ts'
import { referenceOf } from './ledger.ts'
import { boundParameter } from './lookup.ts'
import { evaluateDefault } from './parameter-defaults.ts'
import { validateArguments } from './parameter-types.ts'
import { toParameterValue } from './reference-values.ts'
import { parameterValue, setValue } from './resource.ts'
import { guarded, pushParameters } from './scope.ts'
import type { Definition, ParameterFrame, Resource, Scope } from './state.ts'
import { setVariable } from './variables.ts'

/**
 * Gives a class or an instance of a defined type its variables: `$title`, `$name`, the module's name, and its parameters
 * as given, as Hiera has them (classes), or as their defaults say.
 */
export function setClassParameters(definition: Definition, resource: Resource, scope: Scope): void {
  const isClass = definition.kind === 'hostclass'
  setVariable(scope, 'module_name', builtIn('module_name', definition.module ?? ''))
  const caller = scope.parent?.source ? (scope.parent.source.module ?? '') : undefined
  if (caller !== undefined) setVariable(scope, 'caller_module_name', builtIn('caller_module_name', caller))
  if (isClass) bindFromHiera(definition, resource, scope)
  const name = nameOf(resource)
  const titled = (variable: string, text: string): Value => string(text, titleOriginOf(resource, variable))
  setVariable(scope, 'title', titled('title', isClass ? resource.title.toLowerCase() : resource.title))
  setVariable(scope, 'name', titled('name', isClass ? name.toLowerCase() : name))
  if (definition.kind !== 'definition') scope.state.classScopes.set(definition.name, scope)
  const given = guarded(scope, () => {
    const names = definition.parameters.map((parameter) => parameter.name)
    const frame = pushParameters(scope, referenceOf(resource), names)
    for (const parameter of resource.parameters.values())
      if (parameter.name !== 'name' && parameter.name !== 'title') frame.values.set(parameter.name, parameter.value)
    assignDefaults(definition, resource, scope, frame)
    return frame.values
  })
  validateArguments(scope, referenceOf(resource), definition, given)
  const spans = new Map(definition.parameters.map((parameter) => [parameter.name, parameter.nameSpan]))
  for (const [parameter, value] of inOrder(definition, given)) {
    const span = spans.get(parameter)
    setVariable(
      scope,
      parameter,
      span ? withOrigin(value, { kind: 'parameter', name: parameter, span, from: value.origin }) : value,
    )
  }
}

function nameOf(resource: Resource): string {
  const name = parameterValue(resource, 'name')
  return name?.kind === 'string' ? name.value : resource.title
}

/** `$title` and `$name` are what the declaration gave them. */
function titleOriginOf(resource: Resource, name: string): Origin {
  const from = (name === 'name' && parameterValue(resource, 'name')?.origin) || resource.titleOrigin
  return from && resource.span ? { kind: 'parameter', name, span: resource.span, from } : { kind: 'builtin', name }
}

function builtIn(name: string, value: string): Value {
  return string(value, { kind: 'builtin', name })
}

function* inOrder(definition: Definition, values: ReadonlyMap<string, Value>): Generator<[string, Value]> {
  const declared = new Set<string>()
  for (const { name } of definition.parameters) {
    declared.add(name)
    const value = values.get(name)
    if (value) yield [name, value]
  }
  for (const [name, value] of values) if (!declared.has(name)) yield [name, value]
}

function bindFromHiera(definition: Definition, resource: Resource, scope: Scope): void {
  for (const parameter of definition.parameters) {
    if (parameterValue(resource, parameter.name)) continue
    const bound = boundParameter(scope, `${definition.name}::${parameter.name}`, parameter)
    if (bound && (bound.kind !== 'undef' || !parameter.value)) setValue(resource, parameter.name, bound)
  }
}

/** A look-up that fails knows no place in Puppet, and gets that of the class or defined type whose default it is. */
function placed<T>({ span }: Definition, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!span || !(error instanceof Failure) || !isLookupError(error.diagnostic) || error.diagnostic.puppetSpan)
      throw error
    throw new Failure({ ...error.diagnostic, puppetSpan: span })
  }
}

function assignDefaults(definition: Definition, resource: Resource, scope: Scope, frame: ParameterFrame): void {
  for (const parameter of definition.parameters) {
    if (!parameter.value || parameterValue(resource, parameter.name)) continue
    const value = toParameterValue(placed(definition, () => evaluateDefault(parameter, scope, frame)))
    setValue(resource, parameter.name, value, undefined, parameter.value.span)
    frame.values.set(parameter.name, value)
  }
}
