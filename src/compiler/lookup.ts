import type { Parameter } from '../puppet/ast.ts'
import type { CallContext, LookupRequest } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import type { Scope } from './state.ts'

/** A parameter of a class as Hiera has it; `undefined` where no data names it. */
export function boundParameter(scope: Scope, key: string, parameter: Parameter): Value | undefined {
  const { state } = scope
  state.reads.hieraKeys.add(key)
  return state.environment.hiera?.lookupParameter(key, state.contextFor(scope, parameter.nameSpan))
}

/** `lookup()` and its kin. */
export function lookupValue(scope: Scope, request: LookupRequest, context: CallContext): Value | undefined {
  const { state } = scope
  for (const name of request.names) state.reads.hieraKeys.add(name)
  return state.environment.hiera?.lookup(request, context)
}
