import type { ResourceDefaultsExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Value } from '../value/value.ts'
import { valuesEqual } from './comparison.ts'
import { failWith, redefined } from './issues.ts'
import { capitalizeSegments } from './names.ts'
import { evaluateOperation, generalName } from './resources.ts'
import { evaluate } from './scope.ts'
import type { ResourceParameter, Scope } from './state.ts'

/** `Type { name => value }`: defaults for resources that are declared in this scope and the scopes made from it. */
export function evaluateDefaults(node: ResourceDefaultsExpression, scope: Scope): Value {
  const value = evaluate(node.typeRef, scope)
  const type = value.kind === 'type' && value.type.kind === 'Resource' ? value.type : undefined
  if (type?.typeName === undefined || type.title !== undefined)
    return failWith(
      `Illegal Resource Type expression, expected result to be a type name, or untitled Resource, got ${generalName(value)}`,
      { span: placeOf(node.typeRef) },
    )
  const name = capitalizeSegments(type.typeName)
  const parameters = node.operations.flatMap((operation) => evaluateOperation(operation, scope))
  const table = scope.defaults.get(name) ?? new Map<string, ResourceParameter>()
  scope.defaults.set(name, table)
  for (const parameter of parameters) {
    if (table.has(parameter.name))
      throw new Failure(
        redefined([`Default already defined for ${name} { ${parameter.name} }; cannot redefine`], {
          ...(parameter.span ? { span: parameter.span } : {}),
        }),
      )
    table.set(parameter.name, parameter)
  }
  return value
}

/** Whether a value is the default in force for a parameter. */
export function isDefault(scope: Scope, type: string, name: string, value: Value): boolean {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const parameter = at.defaults.get(type)?.get(name)
    if (parameter && valuesEqual(parameter.value, value)) return true
  }
  return false
}
