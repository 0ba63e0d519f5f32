import { fail } from '../source/diagnostic.ts'
import { lookupContextType } from '../types/object-types.ts'
import type { Block } from '../value/function.ts'
import { unknownOrigin } from '../value/origin.ts'
import { array, boolean, hash, hashKey, type ObjectValue, string, undef, type Value } from '../value/value.ts'
import { interpolate } from './interpolate.ts'
import type { Invocation } from './invocation.ts'
import type { Provider, ProviderCache } from './layer.ts'
import { lookupError } from './problems.ts'
import { inside, shownPath } from './sources.ts'

/** Thrown by a data function that has no value for the key (`$context.not_found()`); caught where it was called. */
class KeyNotFound extends Error {}

// One for all: nobody reads where it was thrown, and functions throw it for every key that they do not have.
const keyNotFound = new KeyNotFound()

/** The call's value, or `undefined` where the function said that it has none. */
export function orNotFound(call: () => Value): Value | undefined {
  try {
    return call()
  } catch (error) {
    if (error instanceof KeyNotFound) return undefined
    throw error
  }
}

/** The `Puppet::LookupContext` that data functions get as their last argument. */
export function lookupContext(provider: Provider, invocation: Invocation, cache: ProviderCache): ObjectValue {
  const nothing = undef(unknownOrigin)
  const { module, files, base } = provider.layer
  const keep = (key: Value, value: Value): void => {
    cache.kept.set(hashKey(key), { key, value })
  }
  const at = (args: readonly Value[], index: number): Value => args[index] ?? nothing
  const methods = new Map<string, (args: readonly Value[], block: Block | undefined) => Value>([
    [
      'not_found',
      () => {
        throw keyNotFound
      },
    ],
    [
      'explain',
      (_, block) => {
        const { explain } = invocation
        const text = explain && block?.call([])
        if (text?.kind === 'string') explain?.text(text.value)
        return nothing
      },
    ],
    ['interpolate', (args) => interpolate(at(args, 0), invocation, true)],
    [
      'cache',
      (args) => {
        keep(at(args, 0), at(args, 1))
        return at(args, 1)
      },
    ],
    [
      'cache_all',
      ([all]) => {
        if (all?.kind === 'hash') for (const entry of all.entries.values()) keep(entry.key, entry.value)
        return nothing
      },
    ],
    ['cache_has_key', (args) => boolean(cache.kept.has(hashKey(at(args, 0))), unknownOrigin)],
    ['cached_value', (args) => cache.kept.get(hashKey(at(args, 0)))?.value ?? nothing],
    [
      'cached_entries',
      (_, block) => {
        const entries = [...cache.kept.values()]
        if (!block)
          return hash(
            entries.map((e) => [e.key, e.value] as const),
            unknownOrigin,
          )
        for (const { key, value } of entries)
          block.call(block.parameters.length === 2 ? [key, value] : [array([key, value], unknownOrigin)])
        return nothing
      },
    ],
    [
      'cached_file_data',
      // Ruby keeps what its blocks make of a file, and says with a second argument that it has it.
      ([path, kept], block) => {
        const { hiera, reads } = invocation.node
        const name = path?.kind === 'string' ? path.value : ''
        const below = inside(files, base, name)
        const shown = below === undefined ? name : shownPath(hiera, files, below)
        if (kept?.kind === 'boolean' || (block && hiera.fileData.has(shown))) {
          reads.files.add(shown)
          return hiera.fileData.get(shown) ?? nothing
        }
        const text = below === undefined ? undefined : files.text(below)
        if (text === undefined) return fail(lookupError([`No such file or directory @ rb_file_s_stat - ${name}`]))
        reads.files.add(shown)
        const content = string(text, path?.origin ?? unknownOrigin)
        if (!block) return content
        const made = block.call([content])
        hiera.fileData.set(shown, made)
        return made
      },
    ],
  ])
  return {
    kind: 'object',
    type: lookupContextType,
    attributes: new Map<string, Value>([
      ['environment_name', string(invocation.node.hiera.sources.environment, unknownOrigin)],
      ['module_name', module === undefined ? nothing : string(module, unknownOrigin)],
    ]),
    methods,
    origin: unknownOrigin,
  }
}
