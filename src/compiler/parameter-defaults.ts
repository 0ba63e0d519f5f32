import type { Parameter } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Value } from '../value/value.ts'
import { evaluationError } from './issues.ts'
import { evaluate, guarded, pushMatch } from './scope.ts'
import type { ParameterFrame, Scope } from './state.ts'
import { UnevaluatedParameter } from './variables.ts'

/** The value of a parameter's default expression; parameters that come later cannot be read in it. */
export function evaluateDefault(parameter: Parameter, scope: Scope, frame: ParameterFrame): Value {
  return guarded(scope, () => {
    pushMatch(scope, undefined)
    const { readOnly } = frame
    frame.readOnly = true
    try {
      return evaluate(parameter.value as NonNullable<Parameter['value']>, scope)
    } catch (error) {
      if (error instanceof UnevaluatedParameter && error.frame === frame) throw illegalReference(parameter.name, error)
      throw error
    } finally {
      frame.readOnly = readOnly
    }
  })
}

function illegalReference(from: string, { name, frame }: UnevaluatedParameter): Failure {
  const earlier = frame.names.indexOf(name) < frame.names.indexOf(from)
  return new Failure(
    evaluationError([
      earlier
        ? `${frame.callee}: expects a value for parameter $${name}`
        : `${frame.callee}: default expression for $${from} tries to illegally access not yet evaluated $${name}`,
    ]),
  )
}
