import { fail } from '../source/diagnostic.ts'
import { rubyClass } from '../types/ruby-value.ts'
import { unknownOrigin } from '../value/origin.ts'
import { hashKey, integer, string, type Value } from '../value/value.ts'
import type { Invocation } from './invocation.ts'
import { within } from './invocation.ts'
import { lookupError } from './problems.ts'

/** A segment of a dotted key: text, or an index into an array. */
export type Segment = string | bigint

/** `a::b.c.0`: the root `a::b`, the module `a`, and what to dig for below the root. */
export interface LookupKey {
  readonly text: string
  readonly root: string
  readonly module: string | undefined
  readonly segments: readonly Segment[]
}

const parsed = new Map<string, LookupKey>()

/** Fails with "Syntax error in key" where quotes or dots are out of place. */
export function lookupKey(text: string): LookupKey {
  const known = parsed.get(text)
  if (known) return known
  const [root, ...segments] = splitKey(text, (problem) => `${problem} in key: '${text}'`)
  const name = String(root)
  const colons = name.indexOf('::')
  // Ruby's `[0..-1]` takes a leading `::` for the whole name.
  const module = colons < 0 ? undefined : colons === 0 ? name : name.slice(0, colons)
  const key = { text, root: name, module, segments }
  if (parsed.size > 50_000) parsed.clear()
  parsed.set(text, key)
  return key
}

/**
 * Segments of a key with dots: whitespace around a segment is trimmed, a quoted segment may hold dots, a whole number is
 * an index. `message` words the error of a key that does not split.
 */
export function splitKey(text: string, message: (problem: string) => string): readonly Segment[] {
  if (!/['".]/.test(text)) return [text]
  const segments: Segment[] = []
  const part = /(\s*"[^"]+"\s*|\s*'[^']+'\s*|[^'".]+)(\.?)/y
  let at = 0
  let dot = false
  while (at < text.length) {
    part.lastIndex = at
    const found = part.exec(text)
    if (!found || (segments.length > 0 && !dot)) fail(lookupError([message('Syntax error')]))
    const word = (found[1] as string).trim()
    dot = found[2] === '.'
    at = part.lastIndex
    if (/^["']/.test(word)) segments.push(word.slice(1, -1))
    else if (/^:?[+-]?[0-9]+$/.test(word)) segments.push(word.startsWith(':') ? 0n : BigInt(word.replace(/^\+/, '')))
    else segments.push(word)
  }
  if (segments.length === 0 || dot) fail(lookupError([message('Syntax error')]))
  return segments
}

/** The value at the key's segments below `value`, or `undefined` where one of them is missing. */
export function dig(
  keyText: string,
  invocation: Invocation,
  segments: readonly Segment[],
  value: Value,
): Value | undefined {
  if (segments.length === 0) return value
  return within(
    invocation,
    () => ({ kind: 'sub-lookup', segments: segments.map(String) }),
    () => {
      let current: Value = value
      for (const segment of segments) {
        const next = within(
          invocation,
          () => ({ kind: 'segment', segment: String(segment) }),
          () => {
            const found = step(keyText, segment, current)
            if (found === undefined) invocation.explain?.notFound(String(segment))
            else invocation.explain?.found(String(segment), found)
            return found
          },
        )
        if (next === undefined) return undefined
        current = next
      }
      return current
    },
  )
}

function step(keyText: string, segment: Segment, value: Value): Value | undefined {
  if (value.kind === 'undef') return undefined
  if (typeof segment === 'bigint' && value.kind === 'array')
    return segment >= 0n && segment < BigInt(value.values.length) ? value.values[Number(segment)] : undefined
  if (value.kind !== 'hash')
    fail(
      lookupError([
        `Data Provider type mismatch: Got ${rubyClass(value)} when a hash-like object was expected to access value using '${segment}' from key '${keyText}'`,
      ]),
    )
  return value.entries.get(segmentKey(segment))?.value
}

function segmentKey(segment: Segment): string {
  return typeof segment === 'bigint' ? hashKey(integer(segment, unknownOrigin)) : `'${segment}`
}

/** Wraps a value that was found at the end of a dotted key so that the same key digs it out again. */
export function undig(key: LookupKey, value: Value): Value {
  return key.segments.reduceRight<Value>((inner, segment) => {
    if (typeof segment === 'bigint' && segment >= 0n) {
      const values: Value[] = Array.from({ length: Number(segment) }, () => ({ kind: 'undef', origin: inner.origin }))
      return { kind: 'array', values: [...values, inner], origin: inner.origin }
    }
    const name = segmentValue(segment)
    return { kind: 'hash', entries: new Map([[hashKey(name), { key: name, value: inner }]]), origin: inner.origin }
  }, value)
}

export function segmentValue(segment: Segment): Value {
  return typeof segment === 'bigint' ? integer(segment, unknownOrigin) : string(segment, unknownOrigin)
}
