import { anyType, integerRange, pairSize, tupleOf, unitType, variantOf } from '../types/construct.ts'
import { inferSet } from '../types/infer.ts'
import type { PuppetType } from '../value/type.ts'
import type { IteratorValue, Value } from '../value/value.ts'

/**
 * How a function takes an iterator's elements. `next`: one after the other, on from where the last function of this kind
 * stopped, so that a second one finds nothing left; `all`: from the start, unless the iterator itself counts along.
 */
export type IteratorMode = 'next' | 'all'

const cursors = new WeakMap<Iterable<Value>, Iterator<Value>>()

/** `counting`: it keeps its place whatever reads it, as steps and number ranges do. */
export function iteratorOver(
  source: Iterable<Value>,
  element: PuppetType,
  origin: Value['origin'],
  counting: boolean,
): IteratorValue {
  const cursor = source[Symbol.iterator]()
  const values = counting ? resumable(cursor) : source
  return { kind: 'iterator', element, values, origin }
}

/** The elements that a function gets to see; what it leaves is there for the next one. */
export function drawFrom({ values }: IteratorValue, mode: IteratorMode): Iterable<Value> {
  if (mode === 'all') return values
  const cursor = cursors.get(values) ?? values[Symbol.iterator]()
  cursors.set(values, cursor)
  return resumable(cursor)
}

/** Without `return`, so that leaving a loop early does not end the cursor. */
function resumable(cursor: Iterator<Value>): Iterable<Value> {
  return { [Symbol.iterator]: () => ({ next: () => cursor.next() }) }
}

/** Whether an iterator over the value counts numbers up or down. */
export function isCounted(source: Value): boolean {
  return (source.kind === 'integer' && source.value > 0n) || (source.kind === 'type' && source.type.kind === 'Integer')
}

/** What an iterator over the value says of its elements. */
export function elementType(value: Value): PuppetType {
  switch (value.kind) {
    case 'array':
      return value.values.length === 0 ? unitType : variantOf(value.values.map((element) => inferSet(element)))
    case 'hash': {
      const entries = [...value.entries.values()]
      if (entries.length === 0) return tupleOf([unitType, unitType], pairSize)
      const keys = variantOf(entries.map((entry) => inferSet(entry.key)))
      return tupleOf([keys, variantOf(entries.map((entry) => inferSet(entry.value)))], pairSize)
    }
    case 'integer':
      return value.value === 0n ? unitType : integerRange(0n, value.value - 1n)
    case 'string':
      return { kind: 'String', size: { min: 1, max: 1 } }
    case 'iterator':
      return value.element
    case 'type':
      return value.type
    default:
      return anyType
  }
}
