const size = 624
const offset = 397

/** MT19937 as Ruby's Random seeds and reads it, so that a seed gives the same numbers. */
export function rubyRandom(seed: bigint): { readonly integer: (limit: bigint) => bigint } {
  const next = generator(seedWords(seed < 0n ? -seed : seed))
  return { integer: (limit) => limited(next, limit) }
}

function seedWords(seed: bigint): number[] {
  const words: number[] = []
  for (let rest = seed; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn))
  if (words.length === 0) words.push(0)
  // Ruby takes a highest word of 1 for the guard that it puts before leading zeros.
  if (words.length > 1 && words.at(-1) === 1) words.pop()
  return words
}

function generator(key: readonly number[]): () => number {
  const state = key.length <= 1 ? fromNumber(key[0] ?? 0) : fromArray(key)
  let index = size
  const at = (i: number) => state[i % size] as number
  return () => {
    if (index >= size) {
      for (let i = 0; i < size; i++) {
        const mixed = (at(i) & 0x80000000) | (at(i + 1) & 0x7fffffff)
        state[i] = at(i + offset) ^ (mixed >>> 1) ^ (at(i + 1) & 1 ? 0x9908b0df : 0)
      }
      index = 0
    }
    let y = at(index++)
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
}

function fromNumber(seed: number): Uint32Array {
  const state = new Uint32Array(size)
  state[0] = seed
  for (let i = 1; i < size; i++) state[i] = Math.imul(1812433253, scramble(state[i - 1] as number)) + i
  return state
}

function fromArray(key: readonly number[]): Uint32Array {
  const state = fromNumber(19650218)
  let i = 1
  const advance = (): void => {
    i++
    if (i < size) return
    state[0] = state[size - 1] as number
    i = 1
  }
  for (let k = 0; k < Math.max(size, key.length); k++) {
    const j = k % key.length
    const mixed = (state[i] as number) ^ Math.imul(scramble(state[i - 1] as number), 1664525)
    state[i] = mixed + (key[j] as number) + j
    advance()
  }
  for (let k = 0; k < size - 1; k++) {
    state[i] = ((state[i] as number) ^ Math.imul(scramble(state[i - 1] as number), 1566083941)) - i
    advance()
  }
  state[0] = 0x80000000
  return state
}

function scramble(word: number): number {
  return word ^ (word >>> 30)
}

/** A number from 0 to `limit` inclusive: words are masked to the limit's width and drawn again where they exceed it. */
function limited(next: () => number, limit: bigint): bigint {
  if (limit === 0n) return 0n
  const words: number[] = []
  for (let rest = limit; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn))
  for (;;) {
    const drawn = draw(next, words)
    if (drawn !== undefined) return drawn
  }
}

function draw(next: () => number, limit: readonly number[]): bigint | undefined {
  let result = 0n
  let boundary = true
  for (let i = limit.length - 1; i >= 0; i--) {
    const bound = limit[i] as number
    const mask = i === limit.length - 1 ? 2 ** (32 - Math.clz32(bound)) - 1 : 0xffffffff
    const word = (next() & mask) >>> 0
    if (boundary) {
      if (word > bound) return undefined
      if (word < bound) boundary = false
    }
    result = (result << 32n) | BigInt(word)
  }
  return result
}
