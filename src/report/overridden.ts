import type { Step } from '../catalog/trace.ts'
import type { KeyLookup } from '../compiler/lookup-key.ts'
import { createMask } from '../diff/mask.ts'
import type { Span } from '../source/source-file.ts'
import type { Value } from '../value/value.ts'
import { hasSecret, type LookupLevel, searchesOf, spanOf } from './lookup-levels.ts'
import { maskedValue } from './lookup-value.ts'

/** What a level further down has in the place of a value, and does not get through with. */
export interface Overridden {
  readonly level: string
  readonly span: Span
  readonly value: Value
}

/** What the levels of a node have for a key; nothing for a key that was not looked up as such. */
export interface KeyLevels {
  readonly levels: readonly LookupLevel[]
  /** Whether a level's value, or what became of them, is secret. */
  readonly secret: boolean
}

/** The levels of a key out of its look-up. */
export function keyLevels(
  key: string,
  found: Pick<KeyLookup, 'value' | 'explanation' | 'everywhere' | 'dataFile'>,
  shownPath: (path: string) => string,
): KeyLevels {
  const { data } = searchesOf(found, { dataFile: found.dataFile, shownPath })
  const levels = data.find((search) => search.key === key)?.levels ?? []
  return { levels, secret: [found, ...levels].some(({ value }) => value !== undefined && hasSecret(value)) }
}

/**
 * What lower levels have where a step of a chain names a value out of data, highest first: for a part of a hash, what
 * they have under the same keys; masked where any of it is secret.
 */
export function overriddenBy(step: Step, { levels, secret }: KeyLevels): readonly Overridden[] {
  const { span } = step
  if (!span) return []
  for (const [i, level] of levels.entries()) {
    const found = level.value && givesValue(level) ? placeWithin(level.value, span) : undefined
    if (!found) continue
    // Lists of several levels that are merged stand beside each other.
    if (found.value.kind === 'array' && level.status === 'merged') return []
    return levels.slice(i + 1).flatMap((lower) => {
      const value = lower.fallback || !lower.value ? undefined : at(lower.value, found.path)
      const place = value && (spanOf(value) ?? (found.path.length === 0 ? lower.place : undefined))
      const shown = value && (secret ? maskedValue(value, createMask(), true) : value)
      return place && shown ? [{ level: lower.name, span: place, value: shown }] : []
    })
  }
  return []
}

function givesValue({ status }: LookupLevel): boolean {
  return status === 'used' || status === 'merged'
}

/** The value that stands at a place and the keys that lead to it; of what is in a list, the list. */
function placeWithin(value: Value, span: Span, path: readonly string[] = []): Found | undefined {
  const own = spanOf(value)
  if (own && own.file === span.file && own.start === span.start && own.end === span.end) return { value, path }
  switch (value.kind) {
    case 'array':
      return value.values.some((element) => placeWithin(element, span)) ? { value, path } : undefined
    case 'hash':
      for (const [key, entry] of value.entries) {
        const found = placeWithin(entry.value, span, [...path, key])
        if (found) return found
      }
      return undefined
    case 'sensitive':
      return placeWithin(value.value, span, path)
    default:
      return undefined
  }
}

interface Found {
  readonly value: Value
  readonly path: readonly string[]
}

function at(value: Value, path: readonly string[]): Value | undefined {
  let found: Value | undefined = value
  for (const key of path) found = found?.kind === 'hash' ? found.entries.get(key)?.value : undefined
  return found
}
