import { elementsOf, isSecret } from './origin.ts'
import { type HashEntry, type Value, withOrigin } from './value.ts'

/** What came out of a Sensitive: it and all that is in it stays secret, whatever is made of it. */
export function unsealed(value: Value): Value {
  if (value.kind === 'sensitive') return value
  const origin = isSecret(value.origin) ? value.origin : ({ kind: 'secret', from: value.origin } as const)
  if (value.kind === 'array') return { ...value, values: value.values.map(unsealed), origin }
  if (value.kind !== 'hash') return withOrigin(value, origin)
  const entries = new Map<string, HashEntry>()
  for (const [name, { key, value: inner }] of value.entries) entries.set(name, { key, value: unsealed(inner) })
  return { ...value, entries, origin }
}

const known = new WeakMap<Value, readonly string[]>()

/** The texts that are secret in a value. */
export function secretTexts(value: Value): readonly string[] {
  if (value.kind === 'sensitive') return secretTexts(unsealed(value.value))
  if (value.kind === 'string') return isSecret(value.origin) ? [value.value] : []
  // Facts are no secrets, and note who asks for them.
  if ((value.kind !== 'array' && value.kind !== 'hash') || value.origin.kind === 'fact') return []
  const before = known.get(value)
  if (before) return before
  known.set(value, [])
  const found = elementsOf(value).flatMap(secretTexts)
  known.set(value, found)
  return found
}
