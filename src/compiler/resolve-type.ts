import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import { Failure } from '../source/diagnostic.ts'
import { didYouMean } from '../source/suggest.ts'
import { findDefine } from './autoload.ts'
import { unknownResourceType } from './issues.ts'
import { findReference, findResource } from './ledger.ts'
import { callPlace } from './place.ts'
import { coreResourceTypeNames, vendoredModule } from './resource-types.ts'
import type { Definition, Resource, State } from './state.ts'

/** A type of resources by name: one of Puppet's or of a module in Ruby, or a defined type. */
export function findResourceType(state: State, name: string): ResourceTypeInfo | Definition | undefined {
  return nativeType(state, name) ?? findDefine(state, name)
}

export function nativeType(state: State, name: string): ResourceTypeInfo | undefined {
  if (name.includes(':')) return undefined
  const lower = name.toLowerCase()
  state.reads.resourceTypes.add(lower)
  const found = state.environment.resourceType(lower, () => state.contextFor(state.top, callPlace(state)))
  if (found?.path !== undefined) state.reads.files.add(found.path)
  return found
}

export function resourceTypeOrFail(state: State, name: string): ResourceTypeInfo | Definition {
  const found = findResourceType(state, name)
  if (found) return found
  const module = vendoredModule(name.toLowerCase())
  const remedy = module
    ? `Puppet's own packages bring it along as the module ${module}: put that on the modulepath.`
    : didYouMean(name, [...coreResourceTypeNames(), ...state.known.defines.keys()])
  throw new Failure(unknownResourceType([name], remedy ? { remedy } : {}))
}

export function declaredResource(state: State, type: string, title: string): Resource | undefined {
  return findResource(state.ledger, type, title, (name) => nativeType(state, name))
}

export function declaredReference(state: State, reference: string): Resource | undefined {
  return findReference(state.ledger, reference, (name) => nativeType(state, name))
}
