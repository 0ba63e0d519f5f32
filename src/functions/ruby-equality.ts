import { typeEquals } from '../types/equal.ts'
import { hashKey, type Value } from '../value/value.ts'

/** Ruby's `==`: numbers by value whatever their kind, texts by every letter. */
export function rubyEquals(a: Value, b: Value): boolean {
  if (a.kind === 'integer' && b.kind === 'float') return Number(a.value) === b.value
  if (a.kind === 'float' && b.kind === 'integer') return a.value === Number(b.value)
  if (a.kind === 'array' && b.kind === 'array')
    return a.values.length === b.values.length && a.values.every((value, i) => rubyEquals(value, b.values[i] as Value))
  if (a.kind === 'hash' && b.kind === 'hash') {
    if (a.entries.size !== b.entries.size) return false
    for (const [key, entry] of a.entries) {
      const other = b.entries.get(key)
      if (!other || !rubyEquals(entry.value, other.value)) return false
    }
    return true
  }
  if (a.kind === 'type' && b.kind === 'type') return typeEquals(a.type, b.type)
  return a.kind === b.kind && hashKey(a) === hashKey(b)
}
