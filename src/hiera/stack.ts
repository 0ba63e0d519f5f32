import { Failure } from '../source/diagnostic.ts'
import type { Value } from '../value/value.ts'
import type { Invocation } from './invocation.ts'
import type { LookupKey } from './key.ts'
import { lookupInLayer, openLayer } from './layer.ts'
import type { Strategy } from './merge.ts'

/** Codes of what Puppet raises as plain lookup errors; other errors pass the global layer as they are. */
const plainErrors: ReadonlySet<string> = new Set(['hiera/lookup', 'hiera/recursion', 'hiera/not-found'])

export function lookupGlobal(key: LookupKey, invocation: Invocation, strategy: Strategy): Value | undefined {
  try {
    const layer = openLayer(invocation, 'global')
    return layer && lookupInLayer(layer, key, invocation, strategy)
  } catch (error) {
    if (!(error instanceof Failure) || !plainErrors.has(error.diagnostic.code)) throw error
    const message = `Lookup of key '${invocation.topKey}' failed: ${error.diagnostic.message}`
    throw new Failure({ ...error.diagnostic, message })
  }
}

export function lookupInEnvironment(key: LookupKey, invocation: Invocation, strategy: Strategy): Value | undefined {
  const layer = openLayer(invocation, 'environment')
  return layer && lookupInLayer(layer, key, invocation, strategy)
}

/** A module answers for its own keys only: those that start with its name. */
export function lookupInModule(key: LookupKey, invocation: Invocation, strategy: Strategy): Value | undefined {
  const { module } = invocation
  if (module === undefined) return undefined
  const layer = openLayer(invocation, 'module', module)
  if (layer) return lookupInLayer(layer, key, invocation, strategy)
  invocation.explain?.module(
    module,
    invocation.node.hiera.modules.has(module) ? 'module-provider-not-found' : 'module-not-found',
  )
  return undefined
}
