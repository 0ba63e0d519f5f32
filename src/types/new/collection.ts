import { array, type HashEntry, type HashValue, hash, hashKey, integer, type Value } from '../../value/value.ts'
import { anyType, arrayOf, arrayOfAny, booleanType, enumOf, hashOfAny, tupleOf } from '../construct.ts'
import { elementsOf } from '../elements.ts'
import { type Constructor, failConversion, localType, type Making, refusal, signature, variant } from './constructor.ts'
import { cannotConvert } from './number.ts'

export const newArray: Constructor = {
  name: 'new_array',
  dispatches: [
    {
      signature: signature(
        ['from', variant(arrayOfAny, hashOfAny, { kind: 'Binary' }, { kind: 'Iterable' })],
        ['wrap', { kind: 'Boolean', value: false }, 'optional'],
      ),
      call: ([from], { origin }) => arrayFrom(from as Value, origin),
    },
    {
      signature: signature(['from', anyType], ['wrap', { kind: 'Boolean', value: true }]),
      call: ([from], { origin }) => (from?.kind === 'array' ? from : array([from as Value], origin)),
    },
    refusal(
      [
        ['from', anyType],
        ['wrap', booleanType, 'optional'],
      ],
      ([from]) => typeCannotConvert(from as Value, 'Array'),
    ),
  ],
}

function arrayFrom(from: Value, origin: Value['origin']): Value {
  if (from.kind === 'array') return from
  if (from.kind === 'binary')
    return array(
      [...from.bytes].map((byte) => integer(byte, origin)),
      origin,
    )
  return array([...(elementsOf(from) ?? [])], origin)
}

/** As for other values, but strings are named by their type too. */
function typeCannotConvert(value: Value, to: string): string {
  return value.kind === 'string' ? `Value of type String cannot be converted to ${to}` : cannotConvert(value, to)
}

export const newHash: Constructor = {
  name: 'new_hash',
  dispatches: [
    {
      signature: signature(
        ['from', localType('TreeArray', arrayOf(tupleOf([arrayOfAny, anyType]), { min: 1 }))],
        ['build_option', localType('NewHashOption', enumOf(['tree', 'hash_tree'])), 'optional'],
      ),
      call: ([from, option], making) => {
        const pairs = pairsOf(from as Value)
        return option?.kind === 'string'
          ? hashFromTree(pairs, option.value === 'hash_tree', making)
          : hash(pairs, making.origin)
      },
    },
    {
      signature: signature(['from', localType('KeyValueArray', arrayOf(tupleOf([anyType, anyType]), { min: 1 }))]),
      call: ([from], { origin }) => hash(pairsOf(from as Value), origin),
    },
    { signature: signature(['from', anyType]), call: ([from], making) => hashFrom(from as Value, making) },
  ],
}

function pairsOf(from: Value): (readonly [Value, Value])[] {
  const { values } = from as Value & { kind: 'array' }
  return values.map((pair) => {
    const { values: parts } = pair as Value & { kind: 'array' }
    return [parts[0] as Value, parts[1] as Value]
  })
}

function hashFrom(from: Value, making: Making): Value {
  if (from.kind === 'hash') return from
  const elements = elementsOf(from)
  if (!elements) return failConversion(typeCannotConvert(from, 'Hash'), making)
  const flat = [...elements]
  if (flat.length % 2 !== 0)
    failConversion(
      from.kind === 'array' ? 'odd number of arguments for Hash' : 'odd number of arguments for Hash',
      making,
    )
  const pairs: [Value, Value][] = []
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as Value, flat[i + 1] as Value])
  return hash(pairs, making.origin)
}

/** A node of the tree under construction. */
type Tree = { readonly kind: 'hash'; readonly entries: Map<string, { key: Value; value: Tree | Value }> } | ArrayTree
interface ArrayTree {
  readonly kind: 'array'
  readonly values: (Tree | Value)[]
}

/** A hash out of pairs of a path and a value; `allHashes` makes arrays to hashes of their indices. */
function hashFromTree(pairs: readonly (readonly [Value, Value])[], allHashes: boolean, making: Making): Value {
  const root: Tree = { kind: 'hash', entries: new Map() }
  for (const [path, value] of pairs) {
    const keys = (path as Value & { kind: 'array' }).values
    if (keys.length === 0) {
      mergeRoot(root, value)
      continue
    }
    let node: Tree = root
    for (const key of keys.slice(0, -1)) node = descend(node, key, making)
    assign(node, keys.at(-1) as Value, allHashes ? withoutArrays(value) : treeOf(value))
  }
  return closedTree(root, making)
}

function mergeRoot(root: Tree & { kind: 'hash' }, value: Value): void {
  if (value.kind === 'array') for (const [i, v] of value.values.entries()) assign(root, integer(i, v.origin), treeOf(v))
  else if (value.kind === 'hash') for (const e of value.entries.values()) assign(root, e.key, treeOf(e.value))
}

/** Containers get open for changes; other values stay. */
function treeOf(value: Value): Tree | Value {
  if (value.kind === 'array') return { kind: 'array', values: value.values.map(treeOf) }
  if (value.kind !== 'hash') return value
  const entries = new Map([...value.entries].map(([k, e]) => [k, { key: e.key, value: treeOf(e.value) }]))
  return { kind: 'hash', entries }
}

function withoutArrays(value: Value): Tree | Value {
  if (value.kind !== 'array') return treeOf(value)
  const entries = value.values.map((v, i) => {
    const key = integer(i, v.origin)
    return [hashKey(key), { key, value: withoutArrays(v) }] as const
  })
  return { kind: 'hash', entries: new Map(entries) }
}

function descend(node: Tree, key: Value, making: Making): Tree {
  if (node.kind === 'array') {
    const found = node.values[indexOf(node, key)]
    return isTree(found) ? found : failConversion(`undefined method \`[]=' for nil:NilClass`, making)
  }
  const found = node.entries.get(hashKey(key))
  if (found)
    return isTree(found.value)
      ? found.value
      : failConversion('the path leads through a value that is no container', making)
  const made: Tree = { kind: 'hash', entries: new Map() }
  node.entries.set(hashKey(key), { key, value: made })
  return made
}

function assign(node: Tree, key: Value, value: Tree | Value): void {
  if (node.kind === 'array') node.values[indexOf(node, key)] = value
  else node.entries.set(hashKey(key), { key: node.entries.get(hashKey(key))?.key ?? key, value })
}

function indexOf(node: ArrayTree, key: Value): number {
  const index = key.kind === 'integer' ? Number(key.value) : 0
  return index < 0 ? node.values.length + index : index
}

function isTree(node: Tree | Value | undefined): node is Tree {
  return node !== undefined && !('origin' in node)
}

function closedTree(node: Tree | Value, making: Making): Value {
  if (!isTree(node)) return node
  if (node.kind === 'array')
    return array(
      Array.from(node.values, (v) =>
        v === undefined ? { kind: 'undef', origin: making.origin } : closedTree(v, making),
      ),
      making.origin,
    )
  const entries = new Map<string, HashEntry>()
  for (const [key, e] of node.entries) entries.set(key, { key: e.key, value: closedTree(e.value, making) })
  const made: HashValue = { kind: 'hash', entries, origin: making.origin }
  return made
}
