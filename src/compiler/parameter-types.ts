import { Failure } from '../source/diagnostic.ts'
import { anyType } from '../types/construct.ts'
import { describeParameters, type ParameterSpecification } from '../types/mismatch/parameters.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { evaluateType } from './closure.ts'
import { typeMismatch } from './issues.ts'
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
  const message = describeParameters(subject, specifications, given)
  if (message !== undefined) throw new Failure(typeMismatch([message]))
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
