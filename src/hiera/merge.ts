import { fail } from '../source/diagnostic.ts'
import { data } from '../types/aliases.ts'
import {
  anyType,
  arrayOf,
  booleanType,
  hashOf,
  optional,
  scalarType,
  stringType,
  structElement,
  variantOf,
} from '../types/construct.ts'
import type { PuppetType } from '../value/type.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'
import { assertInstance } from './assert.ts'
import { both, type DeepOptions, deepMerge, union } from './deep-merge.ts'
import { type Invocation, within } from './invocation.ts'
import { mergeError } from './problems.ts'

type StrategyName = 'default' | 'first' | 'unique' | 'hash' | 'deep' | 'unconstrained_deep' | 'reverse_deep'

/** How the values of several places become one. */
export interface Strategy {
  readonly name: StrategyName
  /** The options as given, with `strategy` where it was written as a hash. */
  readonly options: HashValue | undefined
}

const names: ReadonlySet<string> = new Set<StrategyName>([
  'default',
  'first',
  'unique',
  'hash',
  'deep',
  'unconstrained_deep',
  'reverse_deep',
])
const firstFound: Strategy = { name: 'default', options: undefined }
export const hashStrategy: Strategy = { name: 'hash', options: undefined }

/** The strategy that a `merge` option asks for; fails with Puppet's words where there is no such strategy or option. */
export function strategyOf(merge: Value | undefined): Strategy {
  if (merge === undefined || merge.kind === 'undef') return firstFound
  if (merge.kind === 'string') return { name: nameOf(merge), options: undefined }
  if (merge.kind !== 'hash') return { name: nameOf(merge), options: undefined }
  const strategy = hashGet(merge, 'strategy')
  if (strategy === undefined || strategy.kind === 'undef')
    fail(
      mergeError([
        "The hash given as 'merge' must contain the name of a strategy in string form for the key 'strategy'",
      ]),
    )
  const name = nameOf(strategy)
  if (merge.entries.size === 1) return { name, options: undefined }
  assertInstance('The merge options', optionsType(name), merge)
  return { name, options: merge }
}

function nameOf(value: Value): StrategyName {
  const text = value.kind === 'string' ? value.value : ''
  if (!names.has(text)) fail(mergeError([`Unknown merge strategy: '${text}'`]))
  return text as StrategyName
}

function optionsType(name: StrategyName): PuppetType {
  const strategy = structElement('strategy', optional({ kind: 'Pattern', patterns: [name] }), true)
  switch (name) {
    case 'unconstrained_deep':
    case 'reverse_deep':
      return hashOf({ kind: 'String', size: { min: 1 } }, anyType)
    case 'deep':
      return {
        kind: 'Struct',
        elements: [
          strategy,
          structElement('knockout_prefix', optional(stringType), true),
          structElement('merge_debug', optional(booleanType), true),
          structElement('merge_hash_arrays', optional(booleanType), true),
          structElement('sort_merged_arrays', optional(booleanType), true),
        ],
      }
    default:
      return { kind: 'Struct', elements: [strategy] }
  }
}

const hashOfData = hashOf(stringType, data)
const scalarOrArray = variantOf([scalarType, arrayOf(data)])

/**
 * Looks in several places and makes one value of what they have, by the strategy; places come highest priority first.
 * `undefined` where none has anything.
 */
export function lookupVariants<T>(
  strategy: Strategy,
  places: readonly T[],
  invocation: Invocation,
  look: (place: T) => Value | undefined,
): Value | undefined {
  if (strategy.name === 'default' || strategy.name === 'first') {
    for (const place of places) {
      const value = look(place)
      if (value !== undefined) return value
    }
    return undefined
  }
  if (places.length === 0) return undefined
  if (places.length === 1) {
    const value = look(places[0] as T)
    return value === undefined ? undefined : mergeSingle(strategy, value)
  }
  return within(
    invocation,
    () => explained(strategy),
    () => {
      let merged: Value | undefined
      for (const place of places) {
        const value = look(place)
        if (value === undefined) continue
        merged = merged === undefined ? converted(strategy, value) : mergeTwo(strategy, merged, value)
      }
      if (merged !== undefined) invocation.explain?.result(merged)
      return merged
    },
  )
}

function explained(strategy: Strategy) {
  const { options } = strategy
  if (!options) return { kind: 'merge', strategy: strategy.name } as const
  const rest = new Map(options.entries)
  rest.delete("'strategy")
  return { kind: 'merge', strategy: strategy.name, options: { ...options, entries: rest } } as const
}

/** Merges a value of higher priority with one of lower priority. */
export function mergeTwo(strategy: Strategy, above: Value, below: Value): Value {
  const type = strategy.name === 'hash' ? hashOfData : strategy.name === 'unique' ? scalarOrArray : undefined
  if (type) {
    assertInstance('The first element of the merge', type, above)
    assertInstance('The second element of the merge', type, below)
  }
  switch (strategy.name) {
    case 'hash': {
      if (above.kind !== 'hash' || below.kind !== 'hash') return above
      const entries = new Map(below.entries)
      for (const [name, entry] of above.entries)
        entries.set(name, { key: entries.get(name)?.key ?? entry.key, value: entry.value })
      return { kind: 'hash', entries, origin: both(above, below) }
    }
    case 'unique':
      return { kind: 'array', values: union(flat(above), flat(below)), origin: both(above, below) }
    case 'deep':
    case 'unconstrained_deep':
      return deepMerge(above, below, deepOptions(strategy))
    case 'reverse_deep':
      return deepMerge(below, above, deepOptions(strategy))
    default:
      return above
  }
}

function deepOptions(strategy: Strategy): DeepOptions {
  const given = strategy.options
  if (!given) return {}
  const truthy = (name: string): boolean => {
    const value = hashGet(given, name)
    return value !== undefined && value.kind !== 'undef' && !(value.kind === 'boolean' && !value.value)
  }
  const prefix = hashGet(given, 'knockout_prefix')
  return {
    ...(prefix?.kind === 'string' ? { knockoutPrefix: prefix.value } : {}),
    sortMergedArrays: truthy('sort_merged_arrays'),
    mergeHashArrays: truthy('merge_hash_arrays'),
    overwriteArrays: truthy('overwrite_arrays'),
    extendExistingArrays: truthy('extend_existing_arrays'),
    preserveUnmergeables: truthy('preserve_unmergeables'),
  }
}

function converted(strategy: Strategy, value: Value): Value {
  return strategy.name === 'unique' ? { kind: 'array', values: flat(value), origin: value.origin } : value
}

function mergeSingle(strategy: Strategy, value: Value): Value {
  return strategy.name === 'unique' && value.kind === 'array' ? { ...value, values: union(value.values, []) } : value
}

/** Ruby's `flatten`, and a single value as an array. */
function flat(value: Value): Value[] {
  return value.kind === 'array' ? value.values.flatMap(flat) : [value]
}
