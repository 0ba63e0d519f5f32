import { lookup, lookupParameter } from '../hiera/lookup.ts'
import type { Parameter } from '../puppet/ast.ts'
import type { CallContext, LookupRequest } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import type { Scope } from './state.ts'

/** A parameter of a class as Hiera has it; `undefined` where no data names it. */
export function boundParameter(scope: Scope, key: string, parameter: Parameter): Value | undefined {
  const { state } = scope
  state.reads.hieraKeys.add(key)
  if (!state.hiera) return undefined
  const cut = key.lastIndexOf('::')
  return lookupParameter(
    state.hiera,
    state.contextFor(scope, parameter.nameSpan),
    key.slice(0, cut),
    key.slice(cut + 2),
  )
}

/** `lookup()` and its kin. */
export function lookupValue(scope: Scope, request: LookupRequest, context: CallContext): Value | undefined {
  const { state } = scope
  for (const name of request.names) state.reads.hieraKeys.add(name)
  return state.hiera && lookup(state.hiera, context, request).value
}
