import type { PuppetType, TypeAliasType } from '../value/type.ts'
import { typeAlias } from './alias.ts'
import {
  anyObject,
  anyTypeSet,
  arrayOf,
  binaryType,
  defaultType,
  hashOf,
  numericType,
  scalarDataType,
  scalarType,
  stringType,
  undefType,
} from './construct.ts'

function variant(...types: PuppetType[]): PuppetType {
  return { kind: 'Variant', types }
}

/** JSON's values. */
export const data: TypeAliasType = typeAlias('Data', () =>
  variant(scalarDataType, undefType, hashOf(stringType, data), arrayOf(data)),
)

const richDataKey: TypeAliasType = typeAlias('RichDataKey', () => variant(stringType, numericType))

/** What can be written into a catalog. */
export const richData: TypeAliasType = typeAlias('RichData', () =>
  variant(
    scalarType,
    { kind: 'SemVerRange' },
    binaryType,
    { kind: 'Sensitive' },
    { kind: 'Type' },
    anyTypeSet,
    { kind: 'URI' },
    anyObject,
    anyTypeSet,
    undefType,
    defaultType,
    hashOf(richDataKey, richData),
    arrayOf(richData),
  ),
)

const lookupKey = typeAlias('Puppet::LookupKey', () => richDataKey)
const lookupValue = typeAlias('Puppet::LookupValue', () => richData)

/** Puppet's own aliases, by name; they are never spelt out in messages. */
export const builtInAliases: ReadonlyMap<string, TypeAliasType> = new Map(
  [data, richDataKey, richData, lookupKey, lookupValue].map((alias) => [alias.name, alias]),
)
