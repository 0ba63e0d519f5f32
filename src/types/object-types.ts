import { unknownOrigin } from '../value/origin.ts'
import type { ObjectType, PuppetType } from '../value/type.ts'
import { undef } from '../value/value.ts'
import { data } from './aliases.ts'
import { arrayOfAny, hashOf, nonEmptyString, optional, regexpType, stringType } from './construct.ts'

const nothing = undef(unknownOrigin)

/** A call that the agent makes when it applies the catalog. */
export const deferredType: ObjectType = {
  kind: 'Object',
  name: 'Deferred',
  attributes: [
    {
      name: 'name',
      type: { kind: 'Pattern', patterns: ['\\A[$]?[a-z][a-z0-9_]*(?:::[a-z][a-z0-9_]*)*\\z'] },
      attributeKind: 'normal',
    },
    { name: 'arguments', type: optional(arrayOfAny), attributeKind: 'normal', value: nothing },
  ],
}

const matcher: PuppetType = optional({
  kind: 'Variant',
  types: [
    stringType,
    regexpType,
    { kind: 'Type', type: { kind: 'Enum', values: [], caseInsensitive: false } },
    { kind: 'Type', type: { kind: 'Pattern', patterns: [] } },
    { kind: 'Type', type: { kind: 'NotUndef' } },
    { kind: 'Type', type: { kind: 'Undef' } },
  ],
})

/** What went wrong, as a value. */
export const errorType: ObjectType = {
  kind: 'Object',
  name: 'Error',
  typeParameters: [
    { name: 'kind', type: matcher },
    { name: 'issue_code', type: matcher },
  ],
  attributes: [
    { name: 'msg', type: nonEmptyString, attributeKind: 'normal' },
    { name: 'kind', type: optional(nonEmptyString), attributeKind: 'normal', value: nothing },
    { name: 'details', type: optional(hashOf(nonEmptyString, data)), attributeKind: 'normal', value: nothing },
    { name: 'issue_code', type: optional(nonEmptyString), attributeKind: 'normal', value: nothing },
  ],
  functions: [
    { name: 'message', type: { kind: 'Callable', parameters: [], size: { min: 0, max: 0 }, returns: nonEmptyString } },
  ],
  implementation: (error) => error.attributes.get('msg') ?? nothing,
}

const optionalScalar = optional({ kind: 'Scalar' })
const nothingGiven: PuppetType = { kind: 'Undef' }

function method(name: string, parameters: readonly PuppetType[], returns: PuppetType) {
  return { name, type: { kind: 'Callable', parameters, returns } as const }
}

/** What a data function of a Hiera hierarchy is called with, after its options. */
export const lookupContextType: ObjectType = {
  kind: 'Object',
  name: 'Puppet::LookupContext',
  attributes: [
    { name: 'environment_name', type: nonEmptyString, attributeKind: 'derived' },
    { name: 'module_name', type: optional(nonEmptyString), attributeKind: 'normal' },
  ],
  functions: [
    method('not_found', [], nothingGiven),
    method('explain', [], nothingGiven),
    method('interpolate', [{ kind: 'Any' }], { kind: 'Any' }),
    method('cache', [optionalScalar, { kind: 'Any' }], { kind: 'Any' }),
    method('cache_all', [hashOf(optionalScalar, { kind: 'Any' })], nothingGiven),
    method('cache_has_key', [optionalScalar], { kind: 'Boolean' }),
    method('cached_value', [optionalScalar], { kind: 'Any' }),
    method('cached_entries', [], { kind: 'Any' }),
    method('cached_file_data', [stringType], { kind: 'Any' }),
  ],
}
