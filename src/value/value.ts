import type { Block } from './function.ts'
import type { Origin } from './origin.ts'
import type { ObjectType, PuppetType } from './type.ts'

/** A value of the Puppet language. Values are never changed; operations make new ones. */
export type Value =
  | UndefValue
  | DefaultValue
  | BooleanValue
  | IntegerValue
  | FloatValue
  | StringValue
  | ArrayValue
  | HashValue
  | RegexpValue
  | SensitiveValue
  | TypeValue
  | BinaryValue
  | TimestampValue
  | TimespanValue
  | SemVerValue
  | SemVerRangeValue
  | UriValue
  | IteratorValue
  | ObjectValue
  | OpaqueValue

interface Base {
  readonly origin: Origin
}
export interface UndefValue extends Base {
  readonly kind: 'undef'
}
export interface DefaultValue extends Base {
  readonly kind: 'default'
}
export interface BooleanValue extends Base {
  readonly kind: 'boolean'
  readonly value: boolean
}
/** 64-bit signed. */
export interface IntegerValue extends Base {
  readonly kind: 'integer'
  readonly value: bigint
}
export interface FloatValue extends Base {
  readonly kind: 'float'
  readonly value: number
}
export interface StringValue extends Base {
  readonly kind: 'string'
  readonly value: string
}
export interface ArrayValue extends Base {
  readonly kind: 'array'
  readonly values: readonly Value[]
}
/** In order of insertion; the map's key is `hashKey` of the entry's key. */
export interface HashValue extends Base {
  readonly kind: 'hash'
  readonly entries: ReadonlyMap<string, HashEntry>
}
export interface HashEntry {
  readonly key: Value
  readonly value: Value
}
/** `pattern` is Ruby's source, without slashes; options set in it stand as `(?i-mx:…)`. */
export interface RegexpValue extends Base {
  readonly kind: 'regexp'
  readonly pattern: string
}
export interface SensitiveValue extends Base {
  readonly kind: 'sensitive'
  readonly value: Value
}
/** Types, resource references (`File['/x']` is type data of kind Resource) and classes. */
export interface TypeValue extends Base {
  readonly kind: 'type'
  readonly type: PuppetType
  /** It has been the value of a resource's parameter: a reference then, which prints as `File[/x]`. */
  readonly reference?: boolean
}
export interface BinaryValue extends Base {
  readonly kind: 'binary'
  readonly bytes: Uint8Array
}
/** Since 1970-01-01T00:00:00 UTC. */
export interface TimestampValue extends Base {
  readonly kind: 'timestamp'
  readonly nanoseconds: bigint
}
export interface TimespanValue extends Base {
  readonly kind: 'timespan'
  readonly nanoseconds: bigint
}
export interface SemVerValue extends Base {
  readonly kind: 'semver'
  readonly text: string
}
export interface SemVerRangeValue extends Base {
  readonly kind: 'semver-range'
  readonly text: string
}
export interface UriValue extends Base {
  readonly kind: 'uri'
  readonly text: string
}
/** A lazy sequence, as `step` and `reverse_each` give without a block. */
export interface IteratorValue extends Base {
  readonly kind: 'iterator'
  readonly element: PuppetType
  readonly values: Iterable<Value>
  /** Puppet's class of an iterator that lacks what Ruby's `Enumerable` brings: those over trees. */
  readonly className?: string
}
/** An instance of an Object type: Deferred, Error, Target, types of modules. */
export interface ObjectValue extends Base {
  readonly kind: 'object'
  readonly type: PuppetType
  readonly attributes: ReadonlyMap<string, Value>
  /** What can be called on it besides its attributes, by name: `$context.interpolate($x)`. */
  readonly methods?: ReadonlyMap<string, (args: readonly Value[], block: Block | undefined) => Value>
}
/** Something of Ruby's that has no counterpart in Puppet; it can only be handed back to Ruby. */
export interface OpaqueValue extends Base {
  readonly kind: 'opaque'
  readonly className: string
  readonly handle: number
  /** What it would print as, where that is known: the name of a symbol. */
  readonly text?: string
}

export function undef(origin: Origin): UndefValue {
  return { kind: 'undef', origin }
}
export function boolean(value: boolean, origin: Origin): BooleanValue {
  return { kind: 'boolean', value, origin }
}
export function integer(value: bigint | number, origin: Origin): IntegerValue {
  return { kind: 'integer', value: BigInt(value), origin }
}
export function float(value: number, origin: Origin): FloatValue {
  return { kind: 'float', value, origin }
}
export function string(value: string, origin: Origin): StringValue {
  return { kind: 'string', value, origin }
}
export function array(values: readonly Value[], origin: Origin): ArrayValue {
  return { kind: 'array', values, origin }
}
export function hash(pairs: Iterable<readonly [Value, Value]>, origin: Origin): HashValue {
  const entries = new Map<string, HashEntry>()
  for (const [key, value] of pairs) entries.set(hashKey(key), { key, value })
  return { kind: 'hash', entries, origin }
}
export function typeValue(type: PuppetType, origin: Origin): TypeValue {
  return { kind: 'type', type, origin }
}
export function sensitive(value: Value, origin: Origin): SensitiveValue {
  return { kind: 'sensitive', value, origin }
}

/** The same value with another origin. */
export function withOrigin<V extends Value>(value: V, origin: Origin): V {
  return { ...value, origin }
}

/**
 * A text that is equal for keys that Ruby's `eql?` calls the same: `1` and `1.0` differ, `'a'` and `'A'` differ.
 * A string's key is `'` and its text.
 */
export function hashKey(value: Value): string {
  switch (value.kind) {
    case 'string':
      return `'${value.value}`
    case 'undef':
    case 'default':
      return value.kind
    case 'boolean':
    case 'integer':
      return `${value.kind} ${value.value}`
    case 'float':
      return `float ${Object.is(value.value, -0) ? '-0' : value.value}`
    case 'array':
      return `[${value.values.map((v) => JSON.stringify(hashKey(v))).join(',')}]`
    case 'hash':
      return `{${[...value.entries.entries()]
        .map(([key, entry]) => JSON.stringify([key, hashKey(entry.value)]))
        .sort()
        .join(',')}}`
    case 'regexp':
      return `regexp ${value.pattern}`
    case 'sensitive':
      return `sensitive ${hashKey(value.value)}`
    case 'type':
      return `type ${JSON.stringify(value.type, typeKeyPart)}`
    case 'binary':
      return `binary ${Buffer.from(value.bytes).toString('base64')}`
    case 'timestamp':
    case 'timespan':
      return `${value.kind} ${value.nanoseconds}`
    case 'semver':
    case 'semver-range':
    case 'uri':
      return `${value.kind} ${value.text}`
    case 'iterator':
      return `iterator ${[...value.values].map(hashKey).join(',')}`
    case 'object':
      return objectKey(value)
    case 'opaque':
      return `opaque ${value.handle}`
  }
}

/** Equal objects have equal attributes, of those that their type says decide; and types of one name, unless it says no. */
function objectKey({ type, attributes }: ObjectValue): string {
  const base = type.kind === 'ObjectExtension' ? type.base : type
  if (base.kind !== 'Object') return `object ${[...attributes].map(([name, v]) => `${name}=${hashKey(v)}`).join(',')}`
  const ignored = ignoredAttributes(base)
  const deciding = [...attributes].filter(([name]) => !ignored.has(name))
  const owner = base.equalityIncludesType === false ? '' : base.name
  return `object ${owner} ${deciding.map(([name, v]) => `${name}=${hashKey(v)}`).join(',')}`
}

function ignoredAttributes(type: ObjectType): Set<string> {
  const ignored = type.parent?.kind === 'Object' ? ignoredAttributes(type.parent) : new Set<string>()
  for (const { name, attributeKind } of type.attributes)
    if (attributeKind === 'constant' || (type.equality && !type.equality.includes(name))) ignored.add(name)
  return ignored
}

function typeKeyPart(key: string, part: unknown): unknown {
  if (key === 'origin') return undefined
  return typeof part === 'bigint' ? `${part}n` : part instanceof Map ? [...part] : part
}

/** The value under a string key. */
export function hashGet(value: HashValue, key: string): Value | undefined {
  return value.entries.get(`'${key}`)?.value
}
