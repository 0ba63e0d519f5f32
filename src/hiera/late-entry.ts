import type { HashEntry, Value } from '../value/value.ts'

/** Makes values out of stretches of a text that is known to be valid there: UTF-16 offsets, half-open. */
export interface StretchReader {
  readonly lateKey: (start: number, end: number) => Value
  readonly lateValue: (start: number, end: number) => Value
}

/**
 * An entry of a data file that is read when somebody asks for it: of the thousands of keys of a large file, a run looks
 * up a few. What it holds is known to be valid, so reading it cannot fail.
 */
export class LateEntry implements HashEntry {
  readonly #reader: StretchReader
  readonly #start: number
  readonly #keyEnd: number
  readonly #valueStart: number
  readonly #end: number
  #key: Value | undefined
  #value: Value | undefined

  constructor(reader: StretchReader, start: number, keyEnd: number, valueStart: number, end: number) {
    this.#reader = reader
    this.#start = start
    this.#keyEnd = keyEnd
    this.#valueStart = valueStart
    this.#end = end
  }

  get key(): Value {
    this.#key ??= this.#reader.lateKey(this.#start, this.#keyEnd)
    return this.#key
  }

  get value(): Value {
    this.#value ??= this.#reader.lateValue(this.#valueStart, this.#end)
    return this.#value
  }
}
