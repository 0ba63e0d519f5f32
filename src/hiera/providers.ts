import { fail } from '../source/diagnostic.ts'
import { richData } from '../types/aliases.ts'
import { hashOfAny } from '../types/construct.ts'
import { infer } from '../types/infer.ts'
import { isInstance } from '../types/instance.ts'
import { typeToString } from '../types/print.ts'
import { unknownOrigin } from '../value/origin.ts'
import { array, type HashValue, hash, string, type Value } from '../value/value.ts'
import { assertInstance } from './assert.ts'
import { builtInDataHash } from './data-hash.ts'
import { eyamlLookupKey } from './eyaml.ts'
import { fromDataFile } from './function-data.ts'
import { interpolate } from './interpolate.ts'
import { type Invocation, within } from './invocation.ts'
import { type LookupKey, segmentValue, undig } from './key.ts'
import type { Provider, ProviderCache } from './layer.ts'
import type { Location } from './locations.ts'
import { lookupContext, orNotFound } from './lookup-context.ts'
import { lookupVariants, type Strategy } from './merge.ts'
import { configError, wrongType } from './problems.ts'

/** Searches the locations of one entry of a hierarchy. */
export function lookupInProvider(
  provider: Provider,
  key: LookupKey,
  invocation: Invocation,
  strategy: Strategy,
): Value | undefined {
  const { entry } = provider
  return within(
    invocation,
    () => ({
      kind: 'provider',
      name:
        entry.kind === 'v4_data_hash'
          ? `Deprecated API function "${entry.functionName}"`
          : `Hierarchy entry "${entry.name}"`,
      ...(entry.span ? { span: entry.span } : {}),
    }),
    () =>
      lookupVariants(strategy, provider.locations, invocation, (location) => {
        const look = (): Value | undefined => {
          if (location && !location.exists) {
            invocation.explain?.locationNotFound()
            return undefined
          }
          const name = entry.kind === 'data_dig' ? key.text : key.root
          const value = lookAt(provider, location, key, invocation)
          if (value === undefined) invocation.explain?.notFound(name)
          else invocation.explain?.found(name, value)
          return value !== undefined && entry.kind === 'data_dig' ? undig(key, value) : value
        }
        if (!location) return look()
        const { type, text, original } = location
        return within(invocation, () => ({ kind: 'location', type, location: text, original }), look)
      }),
  )
}

function lookAt(
  provider: Provider,
  location: Location | undefined,
  key: LookupKey,
  invocation: Invocation,
): Value | undefined {
  const cache = cacheOf(provider, location)
  switch (provider.entry.kind) {
    case 'data_hash':
    case 'v4_data_hash': {
      const value = dataHashValue(provider, location, key.root, invocation, cache)
      if (value === undefined) return undefined
      checkValue(value, provider, location, `Value for key '${key.root}', in hash returned from`)
      return interpolate(value, invocation, true)
    }
    case 'lookup_key':
      return cached(cache, key.root, () => {
        const value = callLookupKey(provider, location, key.root, invocation, cache)
        if (value) checkValue(value, provider, location, `Value for key '${key.root}', returned from`)
        return value
      })
    case 'data_dig':
      return cached(cache, key.text, () => {
        const segments = array([string(key.root, unknownOrigin), ...key.segments.map(segmentValue)], unknownOrigin)
        const value = orNotFound(() =>
          callFunction(provider, invocation, [segments, optionsValue(provider, location)], location, cache),
        )
        if (value) checkValue(value, provider, location, `Value for key '${key.text}', returned from`)
        return value
      })
  }
}

function cacheOf(provider: Provider, location: Location | undefined): ProviderCache {
  let cache = provider.cache.get(location)
  if (!cache) {
    cache = { data: undefined, byKey: new Map(), kept: new Map() }
    provider.cache.set(location, cache)
  }
  return cache
}

function cached(cache: ProviderCache, key: string, make: () => Value | undefined): Value | undefined {
  const known = cache.byKey.get(key)
  if (known) return known
  const value = make()
  if (value) cache.byKey.set(key, value)
  return value
}

function dataHashValue(
  provider: Provider,
  location: Location | undefined,
  root: string,
  invocation: Invocation,
  cache: ProviderCache,
): Value | undefined {
  const { entry } = provider
  const builtIn = entry.kind === 'data_hash' ? builtInDataHash(entry.functionName) : undefined
  if (builtIn) {
    const file = builtIn(provider, location, invocation)
    if (!cache.data) {
      if (file.data.kind !== 'hash')
        assertInstance(fullName('Value returned from', provider, location), hashOfAny, file.data)
      cache.data = file.data
      checkKeys(file.data, provider, location, invocation)
    }
    return file.value(root)
  }
  if (!cache.data) {
    const args = entry.kind === 'v4_data_hash' ? [] : [optionsValue(provider, location)]
    const data = orNotFound(() => callFunction(provider, invocation, args, location, cache))
    if (data === undefined) return undefined
    assertInstance(fullName('Value returned from', provider, location), hashOfAny, data)
    checkKeys(data, provider, location, invocation)
    cache.data = data
  }
  return cache.data.kind === 'hash' ? cache.data.entries.get(`'${root}`)?.value : undefined
}

/** Puppet warns of a module's keys that do not start with its name; they cannot be found anyway. */
function checkKeys(data: Value, provider: Provider, location: Location | undefined, invocation: Invocation): void {
  const { module } = provider.layer
  if (module === undefined || data.kind !== 'hash') return
  for (const { key } of data.entries.values()) {
    if (key.kind === 'string' && (key.value === 'lookup_options' || key.value.startsWith(`${module}::`))) continue
    const subject = fullName('Value returned from', provider, location)
    const message = `Module '${module}': ${subject} must use keys qualified with the name of the module`
    invocation.context.log('warning', message, 'span' in key.origin ? key.origin.span : undefined)
  }
}

function callLookupKey(
  provider: Provider,
  location: Location | undefined,
  root: string,
  invocation: Invocation,
  cache: ProviderCache,
): Value | undefined {
  if (provider.entry.functionName === 'eyaml_lookup_key' && !invocation.context.hasFunction('eyaml_lookup_key'))
    return eyamlLookupKey(provider, location, root, invocation)
  const key = string(root, unknownOrigin)
  return orNotFound(() => callFunction(provider, invocation, [key, optionsValue(provider, location)], location, cache))
}

function callFunction(
  provider: Provider,
  invocation: Invocation,
  args: readonly Value[],
  location: Location | undefined,
  cache: ProviderCache,
): Value {
  const { entry } = provider
  if (!invocation.context.hasFunction(entry.functionName))
    fail(
      configError([`Unable to find '${entry.kind}' function named '${entry.functionName}'`], {
        ...(entry.span ? { span: entry.span } : {}),
      }),
    )
  const all = entry.kind === 'v4_data_hash' ? args : [...args, lookupContext(provider, invocation, cache)]
  const value = invocation.context.call(entry.functionName, all)
  const { span } = entry
  if (!span) return value
  const key = args[0]?.kind === 'string' ? args[0].value : entry.kind === 'data_dig' ? invocation.topKey : undefined
  const asked = { functionName: entry.functionName, span, level: entry.name, key, given: all.length }
  return fromDataFile(value, asked, location, invocation.node)
}

/** The options that a function gets: those of hiera.yaml, and the location. */
function optionsValue(provider: Provider, location: Location | undefined): HashValue {
  const given = provider.options?.kind === 'hash' ? [...provider.options.entries.values()] : []
  const pairs = given.map((entry) => [entry.key, entry.value] as const)
  if (location) {
    const origin = location.span ? ({ kind: 'literal', span: location.span } as const) : unknownOrigin
    pairs.push([string(location.type, unknownOrigin), string(location.text, origin)])
  }
  return hash(pairs, provider.options?.origin ?? unknownOrigin)
}

function fullName(start: string, provider: Provider, location: Location | undefined): string {
  const { kind, functionName } = provider.entry
  const name =
    kind === 'v4_data_hash' ? `deprecated API function '${functionName}'` : `${kind} function '${functionName}'`
  return location ? `${start} ${name}, when using location '${location.text}',` : `${start} ${name}`
}

function checkValue(value: Value, provider: Provider, location: Location | undefined, start: string): void {
  if (isPlainData(value) || isInstance(richData, value)) return
  const place = 'span' in value.origin ? value.origin.span : undefined
  fail(
    wrongType(
      [
        `${fullName(start, provider, location)} has wrong type, expects Puppet::LookupValue, got ${typeToString(infer(value))}`,
      ],
      place ? { span: place } : {},
    ),
  )
}

const accepted = new WeakSet<Value>()

/** The usual case, without the detour over types: texts, numbers, booleans, undef, lists and hashes of them. */
function isPlainData(value: Value): boolean {
  switch (value.kind) {
    case 'string':
    case 'integer':
    case 'float':
    case 'boolean':
    case 'undef':
      return true
    case 'array':
    case 'hash': {
      if (accepted.has(value)) return true
      const plain =
        value.kind === 'array'
          ? value.values.every(isPlainData)
          : [...value.entries.values()].every(
              (e) =>
                (e.key.kind === 'string' || e.key.kind === 'integer' || e.key.kind === 'float') && isPlainData(e.value),
            )
      if (plain) accepted.add(value)
      return plain
    }
    default:
      return false
  }
}
