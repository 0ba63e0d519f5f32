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
  functions: [{ name: 'message', type: { kind: 'Callable', parameters: [], returns: nonEmptyString } }],
}
