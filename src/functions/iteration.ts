import { ControlFlow } from '../value/control.ts'
import type { Block } from '../value/function.ts'
import { array, type HashValue, integer, string, type Value } from '../value/value.ts'
import { type Call, type Overload, originOf, overload, param, refuse, withBlock } from './definition.ts'
import { drawFrom, type IteratorMode } from './iterators.ts'

/** Fails for an iterator over a tree, which has no method of Ruby's `Enumerable`, as Puppet's functions do by calling one. */
export function needEnumerable(call: Call, method: string): void {
  const [source] = call.args
  if (source?.kind === 'iterator' && source.className !== undefined)
    refuse(call, `undefined method \`${method}' for #<${source.className}`)
}

/** The elements of a value that can be iterated over; a hash's are pairs `[key, value]`. */
export interface Sequence {
  readonly hashStyle: boolean
  readonly values: Iterable<Value>
}

/** What Puppet's iteration functions make of a value: characters, `0` to `n - 1`, a range's numbers, an Enum's texts. */
export function sequenceOf(call: Call, value: Value, mode: IteratorMode = 'all'): Sequence {
  const plain = (values: Iterable<Value>): Sequence => ({ hashStyle: false, values })
  switch (value.kind) {
    case 'array':
      return plain(value.values)
    case 'hash':
      return { hashStyle: true, values: pairsOf(value) }
    case 'string':
      return plain([...value.value].map((character) => string(character, value.origin)))
    case 'iterator':
      return plain(drawFrom(value, mode))
    case 'integer':
      if (value.value >= 0n) return plain(numbers(call, 0n, value.value - 1n))
      break
    case 'type': {
      let { type } = value
      while (type.kind === 'TypeAlias') type = type.resolved()
      if (type.kind === 'Integer' && type.from !== undefined && type.to !== undefined)
        return plain(numbers(call, type.from, type.to))
      if (type.kind === 'Enum') return plain(type.values.map((text) => string(text, value.origin)))
      break
    }
    default:
  }
  return refuse(call, `${call.name}(): wrong argument type (${value.kind}; is not Iterable.`)
}

function pairOf(hash: HashValue, key: Value, value: Value): Value {
  return array([key, value], hash.origin)
}

function pairsOf(hash: HashValue): Value[] {
  return [...hash.entries.values()].map(({ key, value }) => pairOf(hash, key, value))
}

function* numbers(call: Call, from: bigint, to: bigint): Iterable<Value> {
  const origin = originOf(call)
  for (let value = from; value <= to; value++) yield integer(value, origin)
}

/** Runs `body`; a `break()` in a block that it calls ends it. */
export function untilBreak(body: () => void): void {
  try {
    body()
  } catch (signal) {
    if (!(signal instanceof ControlFlow) || signal.kind !== 'break') throw signal
  }
}

/** One step: what the block gets, and what it is about. */
export interface Step {
  readonly give: (block: Block) => Value
  readonly key: Value
  readonly value: Value
  /** The element itself: for a hash the pair. */
  readonly element: () => Value
}

export type IterationForm = 'hash-2' | 'hash-1' | 'enumerable-2' | 'enumerable-1'

/**
 * The four overloads that Puppet's iteration functions share: a hash or anything iterable, a block of two parameters
 * (key or index, and value) or one (pair or element). `method` is what Puppet calls for a block of one parameter where it
 * does not take the elements one after the other (`mode` `next`).
 */
export function iterationOverloads(
  run: (call: Call, steps: Iterable<Step>, form: IterationForm) => Value,
  mode: IteratorMode = 'all',
  method = 'each_with_index',
): Overload[] {
  const form = (type: string, name: string, arity: 1 | 2, kind: IterationForm): Overload =>
    overload(
      [param(type, name)],
      (call) => {
        if (mode === 'all') needEnumerable(call, arity === 2 ? 'each_with_index' : method)
        // Puppet 7 counts itself.
        else if (arity === 2 && call.context.settings.puppet === 8) needEnumerable(call, 'each_with_index')
        return run(call, stepsOf(call, arity, mode), kind)
      },
      withBlock(`Callable[${arity},${arity}]`),
    )
  return [
    form('Hash[Any, Any]', 'hash', 2, 'hash-2'),
    form('Hash[Any, Any]', 'hash', 1, 'hash-1'),
    form('Iterable', 'enumerable', 2, 'enumerable-2'),
    form('Iterable', 'enumerable', 1, 'enumerable-1'),
  ]
}

function* stepsOf(call: Call, arity: 1 | 2, mode: IteratorMode): Iterable<Step> {
  const collection = call.args[0] as Value
  if (collection.kind === 'hash') {
    for (const { key, value } of collection.entries.values()) {
      const element = () => pairOf(collection, key, value)
      yield { give: (block) => block.call(arity === 2 ? [key, value] : [element()]), key, value, element }
    }
    return
  }
  const origin = originOf(call)
  let index = 0n
  for (const value of sequenceOf(call, collection, mode).values) {
    const key = integer(index++, origin)
    yield { give: (block) => block.call(arity === 2 ? [key, value] : [value]), key, value, element: () => value }
  }
}
