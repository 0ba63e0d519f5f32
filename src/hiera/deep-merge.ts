import { fail } from '../source/diagnostic.ts'
import { rubyClass, rubyInspect } from '../types/ruby-value.ts'
import type { Origin } from '../value/origin.ts'
import { rubyRegexp } from '../value/regexp.ts'
import { type HashEntry, hashKey, string, type Value, withOrigin } from '../value/value.ts'
import { mergeError } from './problems.ts'

/** Options of the merge strategy `deep`; the last three only `unconstrained_deep` and `reverse_deep` take. */
export interface DeepOptions {
  readonly knockoutPrefix?: string
  readonly sortMergedArrays?: boolean
  readonly mergeHashArrays?: boolean
  readonly overwriteArrays?: boolean
  readonly extendExistingArrays?: boolean
  readonly preserveUnmergeables?: boolean
}

/**
 * What Ruby's deep_merge gem makes of a value of higher priority (`source`) and one of lower priority (`target`):
 * hashes are merged key by key, arrays joined without repetition, everything else is the higher one's.
 */
export function deepMerge(source: Value, target: Value, options: DeepOptions): Value {
  if (options.knockoutPrefix === '') fail(mergeError(['knockout_prefix cannot be an empty string in deep_merge!']))
  if (options.knockoutPrefix !== undefined && options.preserveUnmergeables)
    fail(mergeError(['overwrite_unmergeable must be true if knockout_prefix is specified in deep_merge!']))
  return merge(source, target, { ...options, knockout: knockoutPattern(options.knockoutPrefix) })
}

interface Merging extends DeepOptions {
  /** Matches the prefix at the start of each line, as the gem's own pattern does: the prefix is not escaped. */
  readonly knockout: RegExp | undefined
}

function knockoutPattern(prefix: string | undefined): RegExp | undefined {
  return prefix === undefined ? undefined : rubyRegexp(`^${prefix}`, { global: true })
}

function merge(source: Value, target: Value, options: Merging): Value {
  if (source.kind === 'undef') return target
  if (isFalsy(target) && !options.preserveUnmergeables) return source
  if (source.kind === 'hash') {
    if (target.kind === 'array' && options.extendExistingArrays)
      return { kind: 'array', values: [...target.values, source], origin: both(source, target) }
    if (target.kind !== 'hash') return source.entries.size === 0 ? target : overwrite(source, target, options)
    const entries = new Map<string, HashEntry>(target.entries)
    for (const [name, { key, value }] of source.entries) {
      const before = entries.get(name)
      const merged =
        before && !isFalsy(before.value) ? merge(value, before.value, options) : merge(value, value, options)
      entries.set(name, { key: before?.key ?? key, value: merged })
    }
    return { kind: 'hash', entries, origin: both(source, target) }
  }
  if (source.kind === 'array') return mergeArrays(source, target, options)
  if (target.kind === 'array' && options.extendExistingArrays)
    return { kind: 'array', values: [...target.values, source], origin: both(source, target) }
  return overwrite(source, target, options)
}

function mergeArrays(source: Value & { kind: 'array' }, target: Value, options: Merging): Value {
  if (options.overwriteArrays) return source
  const prefix = options.knockoutPrefix
  let values = source.values
  let below = target
  if (prefix !== undefined && values.some((v) => v.kind === 'string' && v.value === prefix)) {
    below =
      below.kind === 'array'
        ? { ...below, values: [] }
        : below.kind === 'string'
          ? { ...below, value: '' }
          : { kind: 'undef', origin: below.origin }
    values = values.filter((v) => !(v.kind === 'string' && v.value === prefix))
  }
  if (below.kind !== 'array') return overwrite({ ...source, values }, below, options)
  let under = below.values
  if (options.knockout) {
    const knocked = new Set<string>()
    values = values.filter((v) => {
      if (v.kind !== 'string') return true
      const item = strip(v.value, options.knockout as RegExp)
      if (item === v.value) return true
      knocked.add(`'${item}`).add(`'${v.value}`)
      return false
    })
    if (knocked.size > 0) under = under.filter((v) => !knocked.has(hashKey(v)))
  }
  let merged: readonly Value[]
  if (options.mergeHashArrays && values.every((v) => v.kind === 'hash') && under.every((v) => v.kind === 'hash'))
    merged = [
      ...under.map((v, i) => {
        const above = values[i]
        return above ? merge(above, v, options) : v
      }),
      ...values.slice(under.length),
    ]
  else merged = union(under, values)
  if (options.sortMergedArrays) merged = sorted(merged)
  return { kind: 'array', values: merged, origin: both(source, target) }
}

function overwrite(source: Value, target: Value, options: Merging): Value {
  if (options.preserveUnmergeables) return target
  if (options.knockout) {
    if (source.kind === 'string' && strip(source.value, options.knockout) !== source.value)
      return string('', source.origin)
    if (source.kind === 'array') {
      const pattern = options.knockout
      return { ...source, values: source.values.filter((v) => !(v.kind === 'string' && matches(v.value, pattern))) }
    }
  }
  return source
}

function strip(text: string, pattern: RegExp): string {
  return text.replace(pattern, '')
}

function matches(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0
  return pattern.test(text)
}

function isFalsy(value: Value): boolean {
  return value.kind === 'undef' || (value.kind === 'boolean' && !value.value)
}

/** Ruby's `|`: each value once, first come first; one that both have comes from both. */
export function union(a: readonly Value[], b: readonly Value[]): Value[] {
  const seen = new Map<string, Value>()
  for (const value of a) if (!seen.has(hashKey(value))) seen.set(hashKey(value), value)
  for (const value of b) {
    const same = seen.get(hashKey(value))
    seen.set(hashKey(value), same ? withOrigin(same, both(same, value)) : value)
  }
  return [...seen.values()]
}

/** The origin of a merged collection: it stands where the part of higher priority stands. */
export function both(above: Value, below: Value): Origin {
  const first = above.origin
  if (first === below.origin) return first
  const place = 'span' in first && first.span ? first.span : 'span' in below.origin ? below.origin.span : undefined
  return place ? { kind: 'operation', span: place, from: [first, below.origin] } : first
}

/** A merge sort, as Ruby's `sort` is here: it decides which two values an error names. */
function sorted(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values
  const middle = values.length >> 1
  const left = sorted(values.slice(0, middle))
  const right = sorted(values.slice(middle))
  const merged: Value[] = []
  let i = 0
  let k = 0
  while (i < left.length && k < right.length) {
    const a = left[i] as Value
    const b = right[k] as Value
    if (ordered(a, b) <= 0) {
      merged.push(a)
      i++
    } else {
      merged.push(b)
      k++
    }
  }
  return [...merged, ...left.slice(i), ...right.slice(k)]
}

function ordered(a: Value, b: Value): number {
  const order = compare(a, b)
  if (order !== undefined) return order
  const shown = b.kind === 'integer' || b.kind === 'float' || b.kind === 'undef' || b.kind === 'boolean'
  return fail(mergeError([`comparison of ${rubyClass(a)} with ${shown ? rubyInspect(b) : rubyClass(b)} failed`]))
}

/** Ruby's `<=>`; `undefined` where the two cannot be compared. */
function compare(a: Value, b: Value): number | undefined {
  if (a.kind === 'string' && b.kind === 'string') return Buffer.compare(Buffer.from(a.value), Buffer.from(b.value))
  if ((a.kind === 'integer' || a.kind === 'float') && (b.kind === 'integer' || b.kind === 'float'))
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
  if (a.kind === 'array' && b.kind === 'array') {
    for (let i = 0; i < Math.min(a.values.length, b.values.length); i++) {
      const order = compare(a.values[i] as Value, b.values[i] as Value)
      if (order !== 0) return order
    }
    return a.values.length - b.values.length
  }
  return hashKey(a) === hashKey(b) ? 0 : undefined
}
