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
  const found = lookupParameter(
    state.hiera,
    state.contextFor(scope, parameter.nameSpan),
    key.slice(0, cut),
    key.slice(cut + 2),
  )
  return found && ownCollection(found)
}

/** `lookup()` and its kin. */
export function lookupValue(scope: Scope, request: LookupRequest, context: CallContext): Value | undefined {
  const { state } = scope
  for (const name of request.names) state.reads.hieraKeys.add(name)
  const found = state.hiera && lookup(state.hiera, context, request).value
  return found && ownCollection(found)
}

/** Data are shared by all nodes, but a template may add to an array that it is given. */
function ownCollection(value: Value): Value {
  if (value.kind === 'array') return { ...value, values: [...value.values] }
  return value.kind === 'hash' ? { ...value, entries: new Map(value.entries) } : value
}
