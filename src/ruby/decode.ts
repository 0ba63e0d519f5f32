import { allAttributes } from '../types/object-members.ts'
import type { Origin } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import {
  array,
  boolean,
  float,
  hash,
  hashKey,
  integer,
  type SensitiveValue,
  sensitive,
  string,
  typeValue,
  undef,
  type Value,
} from '../value/value.ts'

/** JSON as `wire.rb` writes it. */
export type WireData = null | boolean | number | string | readonly WireData[] | { readonly [key: string]: WireData }

/** Values that frames have handed to Ruby, by what a way to them begins with; held values and types by handle. */
export interface Sources {
  readonly root: (first: WireData | undefined) => Value | undefined
  readonly held: (handle: number) => Value | undefined
  /** A type by its name. */
  readonly type: (name: string) => PuppetType | undefined
}

/**
 * A value out of Ruby. Whatever Ruby got from here and hands back unchanged is the same value again, with its own
 * origin; all else has `origin`.
 */
export function decode(data: WireData, sources: Sources, origin: Origin): Value {
  if (data === null) return undef(origin)
  switch (typeof data) {
    case 'boolean':
      return boolean(data, origin)
    case 'number':
      return integer(data, origin)
    case 'string':
      return string(data, origin)
  }
  if (isList(data))
    return array(
      data.map((element) => decode(element, sources, origin)),
      origin,
    )
  return decodeSpecial(data, sources, origin)
}

function decodeSpecial(data: { readonly [key: string]: WireData }, sources: Sources, origin: Origin): Value {
  const text = (): string => String(data.v)
  switch (data['\0']) {
    case 'default':
      return { kind: 'default', origin }
    case 'int':
      return integer(BigInt(text()), origin)
    case 'float':
      return float(typeof data.v === 'number' ? data.v : namedFloat(text()), origin)
    case 'same':
      return decodeSame(data, sources, origin)
    case 'hash':
      return decodeHash(data, sources, origin)
    case 'regexp':
      return { kind: 'regexp', pattern: text(), origin }
    case 'sensitive': {
      const before = data.r ? locate(data.r, sources)?.sensitive : undefined
      if (before) return before
      return sensitive(decode(data.v ?? null, sources, origin), origin)
    }
    case 'type': {
      const held = sources.held(Number(data.h))
      return held ?? typeValue({ kind: 'TypeReference', text: text() }, origin)
    }
    case 'resource':
      return typeValue(reference(String(data.t), text()), origin)
    case 'binary':
      return { kind: 'binary', bytes: new Uint8Array(Buffer.from(text(), 'base64')), origin }
    case 'timestamp':
    case 'timespan':
      return { kind: data['\0'], nanoseconds: BigInt(text()), origin }
    case 'semver':
    case 'semver-range':
    case 'uri':
      return { kind: data['\0'], text: text(), origin }
    case 'object':
      return data.h === undefined
        ? decodeInstance(data, sources, origin)
        : (sources.held(Number(data.h)) ?? undef(origin))
    case 'opaque':
      return { kind: 'opaque', className: text(), handle: Number(data.h), origin }
    default:
      throw new Error(`Ruby sent a value of kind ${JSON.stringify(data['\0'])}`)
  }
}

function decodeInstance(data: { readonly [key: string]: WireData }, sources: Sources, origin: Origin): Value {
  const type = sources.type(String(data.t))
  const given = Object.entries((data.a ?? {}) as { readonly [key: string]: WireData })
  if (type?.kind !== 'Object') throw new Error(`Ruby sent an instance of ${String(data.t)}`)
  const attributes = new Map(given.map(([name, value]) => [name, decode(value, sources, origin)] as const))
  for (const { name, attributeKind, value } of allAttributes(type))
    if (attributeKind === 'constant' && value) attributes.set(name, value)
  return { kind: 'object', type, attributes, origin }
}

function decodeSame(data: { readonly [key: string]: WireData }, sources: Sources, origin: Origin): Value {
  const before = data.r ? locate(data.r, sources)?.value : undefined
  const now = decode(data.v ?? null, sources, origin)
  if (before?.kind === 'string' && now.kind === 'string' && before.value === now.value) return before
  if (before?.kind === 'array' && now.kind === 'array' && before.values.length === now.values.length)
    return before.values.every((value, i) => sameValue(value, now.values[i] as Value)) ? before : now
  return now
}

function decodeHash(data: { readonly [key: string]: WireData }, sources: Sources, origin: Origin): Value {
  const flat = isList(data.v) ? data.v : []
  const before = data.r ? locate(data.r, sources)?.value : undefined
  const known = before?.kind === 'hash' ? before : undefined
  const pairs: [Value, Value][] = []
  let same = known !== undefined && known.entries.size * 2 === flat.length
  for (let i = 0; i < flat.length; i += 2) {
    const key = decode(flat[i] as WireData, sources, origin)
    const value = decode(flat[i + 1] as WireData, sources, origin)
    const entry = known?.entries.get(hashKey(key))
    const kept = entry !== undefined && sameValue(entry.value, value)
    same &&= kept
    pairs.push([entry?.key ?? key, kept ? entry.value : value])
  }
  return same && known ? known : hash(pairs, origin)
}

/** The very value, or one of the kinds that Ruby cannot tell apart by identity. */
function sameValue(before: Value, now: Value): boolean {
  if (before === now) return true
  switch (before.kind) {
    case 'undef':
    case 'default':
    case 'boolean':
    case 'integer':
    case 'float':
    case 'regexp':
      return before.kind === now.kind && hashKey(before) === hashKey(now)
    default:
      return false
  }
}

/** What lies at the end of a way that Ruby names: `[3, 1, "expires"]`. */
export interface Located {
  readonly value: Value
  /** The innermost Sensitive that had to be opened on the way. */
  readonly sensitive?: SensitiveValue
  readonly path: readonly (string | bigint)[]
}

/** Follows a way as far as it leads. A key of the hash at the end of the way stands for the key itself. */
function locate(way: WireData, sources: Sources): Located | undefined {
  if (!isList(way)) return undefined
  const value = sources.root(way[0])
  return value && follow(value, way.slice(1))
}

export function follow(start: Value, keys: readonly WireData[]): Located {
  let value = start
  let opened: SensitiveValue | undefined
  const path: (string | bigint)[] = []
  const open = (): void => {
    while (value.kind === 'sensitive') {
      opened = value
      value = value.value
    }
  }
  open()
  for (const step of keys) {
    // A key within a list is the key itself, not what lies under it.
    const key = isList(step) ? step[0] : step
    let next: Value | undefined
    if (value.kind === 'array' && typeof key === 'number') next = value.values.at(key)
    else if (value.kind === 'hash')
      next = value.entries.get(typeof key === 'number' ? `integer ${key}` : `'${String(key)}`)?.[
        isList(step) ? 'key' : 'value'
      ]
    if (!next) break
    path.push(typeof key === 'number' ? BigInt(key) : String(key))
    value = next
    open()
  }
  return { value, path, ...(opened ? { sensitive: opened } : {}) }
}

function reference(type: string, title: string): PuppetType {
  return type.toLowerCase() === 'class'
    ? { kind: 'Class', name: title.toLowerCase().replace(/^::/, '') }
    : { kind: 'Resource', typeName: type, title }
}

function namedFloat(text: string): number {
  return text === 'nan' ? Number.NaN : text === 'inf' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

export function isList(data: WireData | undefined): data is readonly WireData[] {
  return Array.isArray(data)
}
