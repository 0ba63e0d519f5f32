import type { HashEntry, Value } from '../value/value.ts'
import type { Reads } from './state.ts'

/** The facts as one hash; it notes which of them is taken out, wherever it goes. */
export function watchedFacts(facts: Value, reads: Reads): Value {
  return facts.kind === 'hash' ? { ...facts, entries: new WatchedEntries(facts.entries, reads.facts) } : facts
}

class WatchedEntries extends Map<string, HashEntry> {
  readonly #read: Set<string>

  constructor(entries: ReadonlyMap<string, HashEntry>, read: Set<string>) {
    super()
    // Set where they lie: a map's own constructor would ask.
    for (const [key, entry] of entries) super.set(key, entry)
    this.#read = read
  }

  override get(key: string): HashEntry | undefined {
    this.#note(key)
    return super.get(key)
  }

  override has(key: string): boolean {
    this.#note(key)
    return super.has(key)
  }

  override get size(): number {
    return this.#all(super.size)
  }

  override entries() {
    return this.#all(super.entries())
  }

  override keys() {
    return this.#all(super.keys())
  }

  override values() {
    return this.#all(super.values())
  }

  override [Symbol.iterator]() {
    return this.#all(super[Symbol.iterator]())
  }

  override forEach(visit: (entry: HashEntry, key: string, map: Map<string, HashEntry>) => void): void {
    this.#all(super.forEach(visit))
  }

  /** Keys of strings begin with a quote, as `hashKey` makes them; no fact has another one. */
  #note(key: string): void {
    if (key.startsWith("'")) this.#read.add(key.slice(1))
  }

  #all<T>(result: T): T {
    this.#read.add('')
    return result
  }
}
