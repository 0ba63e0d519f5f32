import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'

const invalidType = define(
  'error',
  'puppet/invalid-type-expression',
  (text: string) => `The expression <${text}> is not a valid type specification.`,
)
const wrongCount = define(
  'error',
  'puppet/invalid-type-parameters',
  (type: string, required: string, given: number) =>
    `Invalid number of type parameters specified: ${type} requires ${required}, ${given} provided`,
)
const unparameterized = define(
  'error',
  'puppet/not-a-parameterized-type',
  (name: string) => `Not a parameterized type <${name}>`,
)
const enumStrings = define(
  'error',
  'puppet/invalid-type-parameters',
  () => 'Enum parameters must be identifiers or strings',
)
const booleanValue = define('error', 'puppet/invalid-type-parameters', () => 'Boolean parameter must be true or false')

/** How many parameters each type takes, and how Puppet says so. */
const counts: Partial<Record<PuppetType['kind'], readonly [least: number, most: number, text: string]>> = {
  Array: [1, 3, '1 to 3'],
  Hash: [2, 4, '2 to 4'],
  Collection: [1, 2, '1 to 2'],
  Class: [1, 1, '1'],
  Regexp: [1, 1, '1'],
  Enum: [1, Infinity, '1 or more'],
  Pattern: [1, Infinity, '1 or more'],
  URI: [1, 1, '1'],
  Variant: [1, Infinity, '1 or more'],
  Tuple: [1, Infinity, '1 or more'],
  Struct: [1, 1, '1'],
  Boolean: [1, 1, '1'],
  Integer: [1, 2, '1 or 2'],
  Float: [1, 2, '1 or 2'],
  String: [1, 2, '1 to 2'],
  Object: [1, 1, '1'],
  Iterable: [1, 1, '1'],
  Iterator: [1, 1, '1'],
  Sensitive: [0, 1, '0 to 1'],
  Optional: [1, 1, '1'],
  NotUndef: [0, 1, '0 to 1'],
  Type: [1, 1, '1'],
  Runtime: [2, 2, '2'],
  Timespan: [0, 2, '0 to 2'],
  Timestamp: [0, 2, '0 to 2'],
  SemVer: [1, Infinity, '1 or more'],
}

const plain = new Set<PuppetType['kind']>([
  'Any',
  'CatalogEntry',
  'Scalar',
  'ScalarData',
  'Undef',
  'Numeric',
  'Default',
  'SemVerRange',
  'Binary',
  'TypeAlias',
])

/**
 * What Puppet's parser of type texts checks before it makes a type of a name and its parameters. (The evaluator has words
 * of its own for `Name[…]` in manifests.) `text` is the whole expression.
 */
export function checkParameters(
  base: PuppetType,
  keys: readonly Value[],
  name: string,
  text: string,
  detail: DiagnosticDetail,
): void {
  if (plain.has(base.kind)) fail(unparameterized([name], detail))
  const literals = base.kind === 'Enum' && keys.at(-1)?.kind === 'boolean' ? keys.slice(0, -1) : keys
  const count = counts[base.kind]
  const isNamedObject = base.kind === 'Object' && base.name !== ''
  const isTitled = base.kind === 'Resource' && base.typeName !== undefined
  if (isTitled && keys.length !== 1) fail(wrongCount([base.typeName ?? '', '1', keys.length], detail))
  if (count && !isNamedObject && (literals.length < count[0] || literals.length > count[1]))
    fail(wrongCount([base.kind, count[2], literals.length], detail))
  if (base.kind === 'Enum' && literals.some((k) => k.kind !== 'string')) fail(enumStrings([], detail))
  if (base.kind === 'Boolean' && keys[0]?.kind !== 'boolean') fail(booleanValue([], detail))
  if (!keysFit(base, keys)) fail(invalidType([text], detail))
}

function keysFit(base: PuppetType, keys: readonly Value[]): boolean {
  const [first, second, third] = keys
  switch (base.kind) {
    case 'Array':
      if (keys.length !== 2) return isType(first) && keys.slice(1).every(isBound)
      return isType(first) ? isBound(second) || isIntegerType(second) : isBound(first) && isBound(second)
    case 'Hash':
      if (keys.length === 2) return (isType(first) && isType(second)) || (isBound(first) && isBound(second))
      if (keys.length === 3) return isType(first) && isType(second) && (isBound(third) || isIntegerType(third))
      return isType(first) && isType(second) && keys.slice(2).every(isBound)
    case 'Collection':
    case 'String':
      return keys.every(isBound) || (keys.length === 1 && isIntegerType(first))
    case 'Integer':
      return keys.every((k) => k.kind === 'integer' || k.kind === 'default')
    case 'Float':
      return keys.every((k) => k.kind === 'integer' || k.kind === 'float' || k.kind === 'default')
    case 'Variant':
      return keys.every(isType)
    case 'Struct':
      return first?.kind === 'hash'
    case 'Init':
    case 'Iterable':
    case 'Iterator':
    case 'Type':
      return isType(first)
    case 'Sensitive':
      return keys.length === 0 || isType(first)
    case 'Optional':
    case 'NotUndef':
      return keys.length === 0 || isType(first) || first?.kind === 'string'
    default:
      return true
  }
}

function isType(key: Value | undefined): boolean {
  return key?.kind === 'type'
}

function isIntegerType(key: Value | undefined): boolean {
  return key?.kind === 'type' && key.type.kind === 'Integer'
}

function isBound(key: Value | undefined): boolean {
  return key?.kind === 'integer' || key?.kind === 'default' || (key?.kind === 'string' && key.value === 'default')
}
