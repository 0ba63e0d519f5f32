import type { PuppetType } from '../value/type.ts'
import { builtInAliases } from './aliases.ts'
import {
  anyCallable,
  anyObject,
  anyType,
  anyTypeSet,
  arrayOfAny,
  binaryType,
  booleanType,
  collectionType,
  defaultType,
  enumOf,
  floatType,
  hashOfAny,
  integerType,
  numericType,
  regexpType,
  scalarDataType,
  scalarType,
  stringType,
  undefType,
} from './construct.ts'
import { deferredType, errorType, lookupContextType } from './object-types.ts'

const types: Readonly<Record<string, PuppetType>> = {
  any: anyType,
  array: arrayOfAny,
  binary: binaryType,
  boolean: booleanType,
  callable: anyCallable,
  catalogentry: { kind: 'CatalogEntry' },
  class: { kind: 'Class' },
  collection: collectionType,
  default: defaultType,
  deferred: deferredType,
  enum: enumOf([]),
  error: errorType,
  float: floatType,
  hash: hashOfAny,
  init: { kind: 'Init', arguments: [] },
  integer: integerType,
  iterable: { kind: 'Iterable' },
  iterator: { kind: 'Iterator' },
  notundef: { kind: 'NotUndef' },
  numeric: numericType,
  object: anyObject,
  optional: { kind: 'Optional' },
  pattern: { kind: 'Pattern', patterns: [] },
  'puppet::lookupcontext': lookupContextType,
  regexp: regexpType,
  resource: { kind: 'Resource' },
  runtime: { kind: 'Runtime' },
  scalar: scalarType,
  scalardata: scalarDataType,
  semver: { kind: 'SemVer', ranges: [] },
  semverrange: { kind: 'SemVerRange' },
  sensitive: { kind: 'Sensitive' },
  string: stringType,
  struct: { kind: 'Struct', elements: [] },
  timespan: { kind: 'Timespan' },
  timestamp: { kind: 'Timestamp' },
  tuple: { kind: 'Tuple', types: [] },
  type: { kind: 'Type' },
  typereference: { kind: 'TypeReference', text: 'UnresolvedReference' },
  typeset: anyTypeSet,
  undef: undefType,
  uri: { kind: 'URI' },
  variant: { kind: 'Variant', types: [] },
}

/** Resource types that Puppet's type system knows without looking for them. */
const resourceTypes = [
  'Component',
  'Exec',
  'File',
  'Filebucket',
  'Group',
  'Node',
  'Notify',
  'Package',
  'Resources',
  'Schedule',
  'Service',
  'Stage',
  'Tidy',
  'User',
  'Whit',
]

const known: ReadonlyMap<string, PuppetType> = new Map<string, PuppetType>([
  ...Object.entries(types),
  ...[...builtInAliases].map(([name, alias]) => [name.toLowerCase(), alias] as const),
  ...resourceTypes.map((typeName) => [typeName.toLowerCase(), { kind: 'Resource', typeName } as const] as const),
])

/**
 * A type that is built in, by its name as written (case and a leading `::` do not matter): Puppet's data types, `Data`
 * and `RichData`, and the resource types that are always there. Other names are for a `TypeLoader`.
 */
export function typeByName(name: string): PuppetType | undefined {
  return known.get(name.replace(/^::/, '').toLowerCase())
}
