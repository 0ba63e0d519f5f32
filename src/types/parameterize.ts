import { define, fail } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import type { ObjectType, PuppetType, Size } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import {
  arrayOf,
  enumOf,
  floatRange,
  hashOf,
  integerRange,
  sizeOf,
  stringValue,
  tupleOf,
  variantOf,
} from './construct.ts'
import { badTypeParameter } from './errors.ts'
import { generalize } from './generalize.ts'
import { infer } from './infer.ts'
import { initType } from './init-type.ts'
import { typeLabel, withArticle, withCapitalArticle } from './label.ts'
import { typeByName } from './names.ts'
import { callableOf } from './parameterize/callable.ts'
import { extendObject, objectOf } from './parameterize/object.ts'
import { patternsOf } from './parameterize/pattern.ts'
import { structOf } from './parameterize/struct.ts'
import { timeRange } from './parameterize/time.ts'
import { uriTypeOf } from './parameterize/uri.ts'
import { typeText } from './print.ts'
import { rubyClass } from './ruby-value.ts'
import { parseVersionRange } from './semver-range.ts'

const unknownResourceType = define(
  'error',
  'puppet/unknown-resource-type',
  (name: string) => `Resource type not found: ${name}`,
)

/** Where the expression and its keys stand, for messages. */
export interface AccessPlace {
  readonly span?: Span
  readonly keys?: readonly Span[]
}

type Fail = (message: string, key?: number) => never

/**
 * What `Name[keys]` is, the keys being evaluated already: `Array[String, 1]`, `Struct[{…}]`. Fails with Puppet's message
 * where a key does not fit. References to resources and classes, which may come several at once, are for `referencesOf`.
 */
export function parameterize(type: PuppetType | string, keys: readonly Value[], place: AccessPlace = {}): PuppetType {
  const base = typeof type === 'string' ? (typeByName(type) ?? ({ kind: 'TypeReference', text: type } as const)) : type
  const complain: Fail = (message, key) => {
    const span = (key === undefined ? undefined : place.keys?.[key]) ?? place.span
    fail(badTypeParameter([message], span ? { span } : {}))
  }
  if (base.kind === 'TypeReference') fail(unknownResourceType([base.text], place.span ? { span: place.span } : {}))
  return specialise(base, keys, complain)
}

function specialise(base: PuppetType, keys: readonly Value[], complain: Fail): PuppetType {
  switch (base.kind) {
    case 'Struct':
      assertKeys(base, keys, 1, 1, ['hash'], 'Hash', complain)
      return structOf(keys[0] as Value, complain)
    case 'Callable':
      return callableOf(base, keys, complain)
    case 'Init': {
      const first = keys[0]
      if (first?.kind !== 'type') complain(typesOnly('Init-Type', first), 0)
      return initType(first.type, keys.slice(1), complain)
    }
    default:
      return specialiseFlat(base, flatten(keys), complain)
  }
}

function specialiseFlat(base: PuppetType, keys: readonly Value[], complain: Fail): PuppetType {
  switch (base.kind) {
    case 'Array':
      return arrayType(keys, complain)
    case 'Hash':
      return hashType(keys, complain)
    case 'Collection':
      if (keys.length < 1 || keys.length > 2) complain(arity('Collection-Type', 1, 2, keys.length))
      return { kind: 'Collection', size: sizeFrom(keys, 0, complain) }
    case 'String':
      if (keys.length < 1 || keys.length > 2)
        complain(`String supports [] with one or two arguments. Got ${keys.length}`)
      return { kind: 'String', size: sizeFrom(keys, 0, complain) }
    case 'Integer':
      return integerType(keys, complain)
    case 'Float':
      return floatType(keys, complain)
    case 'Boolean': {
      assertKeys(base, keys, 1, 1, ['boolean'], 'TrueClass or FalseClass', complain)
      return { kind: 'Boolean', value: (keys[0] as Value & { kind: 'boolean' }).value }
    }
    case 'Enum': {
      const last = keys.at(-1)
      const values = last?.kind === 'boolean' ? keys.slice(0, -1) : keys
      assertKeys(base, values, 1, undefined, ['string'], 'String', complain)
      return enumOf(
        values.map((v) => (v as Value & { kind: 'string' }).value),
        last?.kind === 'boolean' && last.value,
      )
    }
    case 'Variant':
      assertKeys(base, keys, 1, undefined, ['type'], 'Any-Type', complain)
      return variantOf(keys.map(typeOf))
    case 'Tuple': {
      const [types, size] = withoutRange(keys, complain)
      assertKeys(base, types, 1, undefined, ['type'], 'Any-Type', complain)
      return tupleOf(types.map(typeOf), size)
    }
    case 'Pattern':
      assertPatternKeys(base, keys, complain)
      return { kind: 'Pattern', patterns: patternsOf(keys) }
    case 'Regexp': {
      if (keys.length !== 1) complain(arity(withCapitalArticle(typeLabel(base)), 1, undefined, keys.length))
      assertKeys(base, keys, 1, 1, ['string', 'regexp'], 'String or Regexp', complain)
      return { kind: 'Regexp', pattern: patternsOf(keys)[0] as string }
    }
    case 'Optional':
    case 'NotUndef':
      return containing(base, keys, complain)
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator': {
      if (keys.length !== 1) complain(arity(`${base.kind}-Type`, 1, undefined, keys.length))
      const key = keys[0]
      if (key?.kind !== 'type') complain(typesOnly(`${base.kind}-Type`, key), 0)
      return { kind: base.kind, type: base.kind === 'Sensitive' ? generalize(key.type) : key.type }
    }
    default:
      return specialiseRare(base, keys, complain)
  }
}

function specialiseRare(base: PuppetType, keys: readonly Value[], complain: Fail): PuppetType {
  switch (base.kind) {
    case 'SemVer': {
      assertKeys(
        base,
        keys,
        1,
        undefined,
        ['string', 'semver-range'],
        'String or SemanticPuppet::VersionRange',
        complain,
      )
      const ranges = keys.map((k) => (k.kind === 'string' ? k.value : (k as Value & { kind: 'semver-range' }).text))
      for (const range of ranges) parseVersionRange(range)
      return { kind: 'SemVer', ranges }
    }
    case 'Timestamp':
    case 'Timespan':
      if (keys.length > 2) complain(arity(withCapitalArticle(typeLabel(base)), 0, 2, keys.length))
      return timeRange(base.kind, keys, complain)
    case 'URI':
      if (keys.length !== 1) complain(arity('URI-Type', 1, undefined, keys.length))
      return uriTypeOf(keys[0] as Value, complain)
    case 'Runtime':
      assertKeys(base, keys, 2, 2, ['string'], 'String', complain)
      return {
        kind: 'Runtime',
        runtime: (keys[0] as Value & { kind: 'string' }).value,
        name: (keys[1] as Value & { kind: 'string' }).value,
      }
    case 'Object':
      return objectType(base, keys, complain)
    case 'TypeSet':
      return complain('Type sets cannot be defined here: TypeSet[{…}] is not supported')
    case 'Resource':
    case 'Class':
      return complain(arity(typeText(base), 1, -1, keys.length))
    default:
      return complain(`Operator '[]' is not applicable to ${withArticle(typeLabel(base))}.`)
  }
}

function arrayType(keys: readonly Value[], complain: Fail): PuppetType {
  const first = keys[0]
  if (keys.length < 1 || keys.length > 3) complain(arity('Array-Type', 1, 3, keys.length))
  if (first?.kind === 'type') {
    // A lone Integer type in second place is a size; in first place it is what the elements are.
    const element = first.type
    if (keys.length === 1) return arrayOf(element)
    const size = sizeFrom(keys.slice(1), 1, complain)
    return isNone(keys.slice(1)) ? arrayOf(element, size) : { kind: 'Array', element, size }
  }
  if (keys.length !== 2) complain(typesOnly('Array-Type', first), 0)
  return arrayOf({ kind: 'Any' }, sizeFrom(keys, 0, complain))
}

function hashType(keys: readonly Value[], complain: Fail): PuppetType {
  const [first, second, third] = keys
  if (keys.length === 2 && first?.kind === 'integer' && second?.kind === 'integer')
    return hashOf({ kind: 'Any' }, { kind: 'Any' }, sizeFrom(keys, 0, complain))
  for (const [i, key] of keys.slice(0, 2).entries()) if (key.kind !== 'type') complain(typesOnly('Hash-Type', key), i)
  if (first?.kind !== 'type' || second?.kind !== 'type' || keys.length > 4)
    return complain(arity('Hash-Type', 2, 4, keys.length))
  if (!third) return hashOf(first.type, second.type)
  const size = sizeFrom(keys.slice(2), 2, complain)
  if (isNone(keys.slice(2))) return hashOf(first.type, second.type, size)
  return { kind: 'Hash', key: first.type, value: second.type, size }
}

function integerType(keys: readonly Value[], complain: Fail): PuppetType {
  if (keys.length < 1 || keys.length > 2)
    complain(`Integer-Type supports [] with one or two arguments (from, to). Got ${keys.length}`)
  const bounds = keys.map((key, i) => {
    if (key.kind === 'default') return undefined
    if (key.kind === 'integer') return key.value
    return complain(`Integer-Type [] requires all arguments to be integers (or default). Got ${rubyClass(key)}`, i)
  })
  assertOrder(bounds, String, complain)
  return integerRange(bounds[0], bounds[1])
}

function floatType(keys: readonly Value[], complain: Fail): PuppetType {
  if (keys.length < 1 || keys.length > 2)
    complain(`Float-Type supports [] with one or two arguments (from, to). Got ${keys.length}`)
  const bounds = keys.map((key, i) => {
    if (key.kind === 'default') return undefined
    if (key.kind === 'integer' || key.kind === 'float') return Number(key.value)
    return complain(
      `Float-Type [] requires all arguments to be floats, or integers (or default). Got ${rubyClass(key)}`,
      i,
    )
  })
  assertOrder(bounds, (n) => (Number.isInteger(n) ? `${n}.0` : String(n)), complain)
  return floatRange(bounds[0], bounds[1])
}

function assertOrder<N extends bigint | number>(
  [from, to]: readonly (N | undefined)[],
  text: (n: N) => string,
  complain: Fail,
): void {
  if (from !== undefined && to !== undefined && from > to)
    complain(`'from' must be less or equal to 'to'. Got (${text(from)}, ${text(to)}`)
}

/** `0, 0` as written, which leaves no elements of any type; `default, 0` does leave their type. */
function isNone(keys: readonly Value[]): boolean {
  const only = keys[0]
  if (only?.kind === 'type' && only.type.kind === 'Integer') return only.type.from === 0n && only.type.to === 0n
  return keys.length === 2 && keys.every((k) => k.kind === 'integer' && k.value === 0n)
}

/** A size out of an Integer type, or of one or two integers or defaults. */
function sizeFrom(keys: readonly Value[], firstIndex: number, complain: Fail): Size {
  const only = keys[0]
  if (keys.length === 1 && only?.kind === 'type' && only.type.kind === 'Integer')
    return sizeOf(only.type.from, only.type.to)
  const bounds = keys.map((key, i) => {
    if (key.kind === 'default') return undefined
    if (key.kind === 'integer') return key.value
    // Puppet leaves a lone size of a Hash to Ruby.
    if (firstIndex === 2 && keys.length === 1)
      return complain(`comparison of ${rubyClass(key)} with Infinity failed`, firstIndex)
    const given = key.kind === 'type' ? `${key.type.kind}-Type` : rubyClass(key)
    return complain(
      `A Type's size constraint arguments must be a single Integer type, or 1-2 integers (or default). Got ${withArticle(given)}`,
      firstIndex + i,
    )
  })
  assertOrder(bounds, String, complain)
  return sizeOf(bounds[0], bounds[1])
}

/** The keys without the one or two integers or defaults at their end. */
function withoutRange(keys: readonly Value[], complain: Fail): readonly [readonly Value[], Size | undefined] {
  const isBound = (key: Value | undefined) => key?.kind === 'integer' || key?.kind === 'default'
  const count = isBound(keys.at(-1)) ? (isBound(keys.at(-2)) ? 2 : 1) : 0
  if (count === 0) return [keys, undefined]
  return [keys.slice(0, -count), sizeFrom(keys.slice(-count), keys.length - count, complain)]
}

function containing(
  base: PuppetType & { kind: 'Optional' | 'NotUndef' | string },
  keys: readonly Value[],
  complain: Fail,
): PuppetType {
  const key = keys[0]
  const isNotUndef = base.kind === 'NotUndef'
  if (keys.length === 0 && isNotUndef) return base
  if (keys.length !== 1)
    complain(arity(`${base.kind}-Type`, isNotUndef ? 0 : 1, isNotUndef ? 1 : undefined, keys.length))
  const kind = isNotUndef ? 'NotUndef' : 'Optional'
  if (key?.kind === 'string') return { kind, type: stringValue(key.value) }
  if (key?.kind === 'type') return isNotUndef && key.type.kind === 'Any' ? { kind } : { kind, type: key.type }
  const given = key ? rubyClass(key) : 'NilClass'
  if (isNotUndef) return complain(`NotUndef-Type[] argument must be a Type or a String. Got ${given}`, 0)
  return complain(typesOnly('Optional-Type', key), 0)
}

function objectType(base: ObjectType, keys: readonly Value[], complain: Fail): PuppetType {
  if (base.name !== '') return extendObject(base, keys, complain)
  if (keys.length !== 1) complain(arity('Object-Type', 1, undefined, keys.length))
  return objectOf('', keys[0] as Value, complain)
}

function assertPatternKeys(base: PuppetType, keys: readonly Value[], complain: Fail): void {
  const expected = 'String or Regexp or Pattern-Type or Regexp-Type'
  assertKeys(base, keys, 1, undefined, ['string', 'regexp', 'type'], expected, complain)
  for (const [i, key] of keys.entries())
    if (key.kind === 'type' && key.type.kind !== 'Pattern' && key.type.kind !== 'Regexp')
      complain(badKey(base, key, expected), i)
}

function assertKeys(
  base: PuppetType,
  keys: readonly Value[],
  min: number,
  max: number | undefined,
  kinds: readonly Value['kind'][],
  expected: string,
  complain: Fail,
): void {
  if (keys.length < min || keys.length > (max ?? Infinity))
    complain(arity(withCapitalArticle(typeLabel(base)), 1, max ?? -1, keys.length))
  for (const [i, key] of keys.entries()) if (!kinds.includes(key.kind)) complain(badKey(base, key, expected), i)
}

function badKey(base: PuppetType, key: Value, expected: string): string {
  const label = withArticle(typeLabel(base))
  return `Error creating type specialization of ${label}, Cannot use ${keyTypeName(key)} where ${expected} is expected`
}

/** The general type of a key, for messages. */
function keyTypeName(key: Value): string {
  if (key.kind === 'undef') return 'Undef'
  return key.kind === 'default' ? 'Default' : typeText(generalize(infer(key)))
}

function typesOnly(base: string, key: Value | undefined): string {
  return `${base}[] arguments must be types. Got ${key ? rubyClass(key) : 'NilClass'}`
}

/** `max` -1: no limit; left out: `min`. */
function arity(base: string, min: number, max: number | undefined, actual: number): string {
  if (max === -1) return `${base}[] accepts ${min} or more arguments. Got ${actual}`
  if (max !== undefined && max !== min) return `${base}[] accepts ${min} to ${max} arguments. Got ${actual}`
  return `${base}[] accepts ${min} ${min === 1 ? 'argument' : 'arguments'}. Got ${actual}`
}

function typeOf(key: Value): PuppetType {
  return (key as Value & { kind: 'type' }).type
}

function flatten(keys: readonly Value[]): readonly Value[] {
  return keys.some((k) => k.kind === 'array')
    ? keys.flatMap((k) => (k.kind === 'array' ? flatten(k.values) : [k]))
    : keys
}
