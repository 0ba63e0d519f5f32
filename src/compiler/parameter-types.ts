import { type DiagnosticDetail, Failure, type Related } from '../source/diagnostic.ts'
import { anyType } from '../types/construct.ts'
import { signaturesOf, takes } from '../types/dispatch.ts'
import { isInstance } from '../types/instance.ts'
import { describeParameters, type ParameterSpecification } from '../types/mismatch/parameters.ts'
import { refusedData } from '../types/refused-data.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { evaluateType, signatureOf } from './closure.ts'
import { findFunction } from './function-index.ts'
import { typeMismatch, unknownFunction } from './issues.ts'
import { metaparameters } from './resource-types.ts'
import { withGlobalScope } from './scope.ts'
import type { Definition, Scope, State } from './state.ts'

const common: readonly ParameterSpecification[] = ['name', ...metaparameters].map((name) => ({
  name,
  type: anyType,
  optional: true,
}))

/** Checks the parameters of a class or of an instance of a defined type; all mistakes are told at once. */
export function validateArguments(
  scope: Scope,
  subject: string,
  definition: Definition,
  given: ReadonlyMap<string, Value>,
): void {
  const types = scope.state.parameterTypes(definition)
  const specifications = [
    ...common,
    ...definition.parameters.map((parameter) => ({
      name: parameter.name,
      type: types.get(parameter.name) ?? anyType,
      optional: parameter.value !== undefined,
    })),
  ]
  const message = describeParameters(subject, specifications, given, {
    deferredType: (deferred) => deferredType(scope, deferred),
  })
  if (message !== undefined)
    throw new Failure(typeMismatch([message], mismatchDetail(definition, specifications, given)))
}

/** The data that a parameter refuses, and the key of what is missing. */
function mismatchDetail(
  definition: Definition,
  specifications: readonly ParameterSpecification[],
  given: ReadonlyMap<string, Value>,
): DiagnosticDetail {
  const related: Related[] = []
  const missing: string[] = []
  for (const { name, type, optional } of specifications) {
    const value = given.get(name)
    if (!value) {
      if (!optional && definition.kind === 'hostclass') missing.push(`${definition.name}::${name}`)
      continue
    }
    if (isInstance(type, value)) continue
    related.push(...refusedData(name, type, value))
  }
  return {
    ...(related.length > 0 ? { related } : {}),
    ...(missing.length > 0 ? { remedy: `No level of the data that this node reads has ${missing.join(' or ')}.` } : {}),
  }
}

/** What the function of a Deferred value says that it gives; `undefined` where it does not say. */
function deferredType(scope: Scope, deferred: Value): PuppetType | undefined {
  if (deferred.kind !== 'object') return undefined
  const name = deferred.attributes.get('name')
  const given = deferred.attributes.get('arguments')
  const args = given?.kind === 'array' ? given.values : []
  const found = name?.kind === 'string' ? findFunction(scope.state, name.value, scope) : undefined
  if (!found) throw new Failure(unknownFunction([name?.kind === 'string' ? name.value : '']))
  const fitting =
    found.kind === 'puppet'
      ? signatureOf(found.closure, scope)
      : signaturesOf(found.definition, scope.state.types).find(({ type }) => takes(type, args, undefined))
  const returns = fitting && ('returns' in fitting ? fitting.returns : fitting.type.returns)
  if (!returns && name?.kind === 'string') warnOfUnknownType(scope.state, name.value)
  return returns
}

/** Puppet tells this once for every function. */
function warnOfUnknownType(state: State, name: string): void {
  const message = `Deferred function ${name} has no return_type, unable to guarantee value type during compilation.`
  if (state.warned.has(message)) return
  state.warned.add(message)
  state.logs.push({ level: 'warning', message })
}

/** The types that a definition gives to its parameters, evaluated where no class has variables yet. */
export function evaluateParameterTypes(state: State, definition: Definition): ReadonlyMap<string, PuppetType> {
  const types = new Map<string, PuppetType>()
  withGlobalScope(state.top, (scope) => {
    for (const { name, typeExpression } of definition.parameters)
      if (typeExpression) types.set(name, evaluateType(typeExpression, scope))
  })
  return types
}
