import type { Origin } from '../value/origin.ts'
import type { HashEntry, Value } from '../value/value.ts'
import type { DataFile } from './sources.ts'

/** The values below a key of a data file, with Hiera's own origins; made once for all nodes. */
export function located(
  file: DataFile,
  value: Value,
  key: string,
  level: string,
  secret?: 'decrypted' | 'masked',
): Value {
  const name = `${level}\n${key}`
  const known = file.located.get(name)
  if (known) return known
  const made = relocate(value, (origin) =>
    origin.kind === 'literal'
      ? { kind: 'hiera', key, level, span: origin.span, ...(secret === undefined ? {} : { secret }) }
      : origin,
  )
  file.located.set(name, made)
  return made
}

/** The same value with other origins at every depth; what stands in several places stays one value. */
export function relocate(value: Value, change: (origin: Origin) => Origin, done = new Map<Value, Value>()): Value {
  const known = done.get(value)
  if (known) return known
  const origin = change(value.origin)
  let made: Value
  if (value.kind === 'array') made = { ...value, values: value.values.map((v) => relocate(v, change, done)), origin }
  else if (value.kind === 'hash') {
    const entries = new Map<string, HashEntry>()
    for (const [name, entry] of value.entries)
      entries.set(name, { key: relocate(entry.key, change, done), value: relocate(entry.value, change, done) })
    made = { ...value, entries, origin }
  } else made = { ...value, origin }
  done.set(value, made)
  return made
}
