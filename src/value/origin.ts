import type { Span } from '../source/source-file.ts'
import type { ArrayValue, HashValue, Value } from './value.ts'

/**
 * Where a value comes from: the product. Every value has one; operations that make a new value out of others say so
 * with `call`, `operation` or `text` instead of losing it.
 */
export type Origin =
  /** Written in a manifest or template. */
  | { readonly kind: 'literal'; readonly span: Span }
  /** `networking.ip`, `trusted.certname`, `server_facts.serverversion`; the span is that of the fact file's node where known. */
  | { readonly kind: 'fact'; readonly name: string; readonly span?: Span }
  /**
   * Out of Hiera: the looked-up key, the level's name, and the span of the YAML or JSON node itself (an element's own).
   * `secret`: it was encrypted there, so reports mask it; `masked`: it could not be decrypted, and a text stands for it.
   */
  | {
      readonly kind: 'hiera'
      readonly key: string
      readonly level: string
      readonly span: Span
      readonly secret?: 'decrypted' | 'masked'
    }
  /** Bound to a parameter of a class, defined type, function or lambda, declared at `span`. */
  | { readonly kind: 'parameter'; readonly name: string; readonly span: Span; readonly from: Origin }
  /** Assigned to a variable at `span`. */
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span; readonly from: Origin }
  /** Given back by a function called at `span` with arguments of these origins. */
  | { readonly kind: 'call'; readonly name: string; readonly span: Span; readonly from: readonly Origin[] }
  /** Computed by an operator at `span`. */
  | { readonly kind: 'operation'; readonly span: Span; readonly from: readonly Origin[] }
  /** Made of a whole collection: of the elements, which may come from elsewhere than the collection itself. */
  | { readonly kind: 'collection'; readonly value: ArrayValue | HashValue }
  /** What the branch of an `if`, `case` or selector gave, or what lay under a key: taken because of a test. */
  | { readonly kind: 'chosen'; readonly from: Origin; readonly by: Condition }
  /** A string put together out of pieces: interpolation, a rendered template, assembled fragments. */
  | {
      readonly kind: 'text'
      readonly span: Span
      readonly pieces: readonly Piece[]
      /** Of the text as it stood before it was interpolated, where that is data. */
      readonly of?: Origin
    }
  /** Out of Sensitive, or decrypted: whatever is made of it stays secret. */
  | { readonly kind: 'secret'; readonly from: Origin }
  /** Set by Puppet itself: a setting, a title, a built-in variable such as `$module_name`. */
  | { readonly kind: 'builtin'; readonly name: string }

/**
 * What decided that something is there, or is what it is: the test of an `if`, the element that a loop was at, the title
 * of a resource. Conditions within each other are a list, innermost first.
 */
export interface Condition {
  /** The test as written; left out for what Ruby code decided. */
  readonly span?: Span
  /** What the tested value was compared with, as written: the option of a `case` or selector, the key of a hash. */
  readonly option?: Span
  /** Of the value that was tested. */
  readonly origin: Origin
  /** The variables that the test read. */
  readonly reads: readonly Read[]
  readonly within?: Condition | undefined
}

/** Data files that not every node reads, by path: what decided that this one does. */
export type DataLevels = ReadonlyMap<string, Condition>

/** A stretch of a string (UTF-16 offsets, half-open) with one origin. Pieces are sorted, touch each other, cover the string. */
export interface Piece {
  readonly start: number
  readonly end: number
  /** Where the template or string literal has the text or the tag that gave it. */
  readonly template?: Span
  readonly origin: Origin
  /** The variables that the tag read to make this stretch. */
  readonly reads: readonly Read[]
  /** Why the stretch is there at all, as far as its template decided it. */
  readonly condition?: Condition | undefined
}

/** A variable as a template read it: `$cache_rules[1]['expires']` is name `cache_rules`, path `[1n, 'expires']`. */
export interface Read {
  readonly name: string
  readonly path: readonly (string | bigint)[]
  /** The value at the end of the path. */
  readonly value: Value
  /** The origin of the variable itself: how it came to its name. */
  readonly variable: Origin
}

export const unknownOrigin: Origin = { kind: 'builtin', name: 'puppet' }

const secretOrigins = new WeakMap<Origin, boolean>()
const varyingOrigins = new WeakMap<Origin, boolean>()

/** Whether an origin, or anything that it was made from, is secret. */
export function isSecret(origin: Origin): boolean {
  return leadsTo(
    origin,
    secretOrigins,
    (at) => at.kind === 'secret' || (at.kind === 'hiera' && at.secret !== undefined),
  )
}

const maskedOrigins = new WeakMap<Origin, boolean>()

/** Whether it was made from data that could not be decrypted: nobody knows its text, and another one stands for it. */
export function isMasked(origin: Origin): boolean {
  return leadsTo(origin, maskedOrigins, (at) => at.kind === 'hiera' && at.secret === 'masked')
}

/** The text that stands for a value which could not be decrypted; reports show it as it is. */
export function encryptedPlaceholder(key: string): string {
  return `<encrypted: ${key}>`
}

export function isEncryptedPlaceholder(text: string): boolean {
  return /^<encrypted: [^<>\n]+>$/.test(text)
}

export function isSecretRead(read: Read): boolean {
  return isSecret(wholeOrigin(read.value))
}

/** Whether an origin is the same whatever data and facts say: what is written in code, or Puppet's own. */
export function isFixed(origin: Origin): boolean {
  return !leadsTo(origin, varyingOrigins, (at) => at.kind === 'hiera' || at.kind === 'fact' || at.kind === 'chosen')
}

/** Whether a way back from an origin ends at a goal; `known` keeps the answers. */
function leadsTo(origin: Origin, known: WeakMap<Origin, boolean>, isGoal: (origin: Origin) => boolean): boolean {
  if (origin.kind === 'literal' || origin.kind === 'builtin') return false
  const before = known.get(origin)
  if (before !== undefined) return before
  // Loops make chains that are longer than the stack is deep, and what is shared in them is met once.
  const waiting: Origin[] = [origin]
  const seen = new Set<Origin | Value>()
  let found = false
  for (let at = waiting.pop(); at && !found; at = waiting.pop()) {
    const same = at.kind === 'collection' ? at.value : at
    if (seen.has(same)) continue
    seen.add(same)
    const answer = known.get(at)
    if (answer === false) continue
    found = answer === true || isGoal(at)
    if (!found) waiting.push(...linksOf(at))
  }
  known.set(origin, found)
  if (!found) for (const each of seen) if (each.kind === 'call' || each.kind === 'operation') known.set(each, false)
  return found
}

/** What an origin was made from. */
function linksOf(origin: Origin): readonly Origin[] {
  switch (origin.kind) {
    case 'parameter':
    case 'variable':
    case 'secret':
    case 'chosen':
      return [origin.from]
    case 'call':
    case 'operation':
      return origin.from
    case 'text':
      return origin.pieces.flatMap((piece) => [piece.origin, ...piece.reads.map((read) => wholeOrigin(read.value))])
    case 'collection':
      // Facts are facts throughout, and note who asks for them.
      return origin.value.origin.kind === 'fact'
        ? [origin.value.origin]
        : [origin.value.origin, ...elementsOf(origin.value).map(wholeOrigin)]
    default:
      return []
  }
}

/** What a collection holds, keys included. */
export function elementsOf(value: ArrayValue | HashValue): readonly Value[] {
  return value.kind === 'array'
    ? value.values
    : [...value.entries.values()].flatMap((entry) => [entry.key, entry.value])
}

/** The origin of something made of a value and all that is in it. */
export function wholeOrigin(value: Value): Origin {
  if (value.kind === 'sensitive') return { kind: 'secret', from: wholeOrigin(value.value) }
  return value.kind === 'array' || value.kind === 'hash' ? { kind: 'collection', value } : value.origin
}

/** The place in the data that something comes from, and its level: the nearest one on the way back. */
export function dataPlace(origin: Origin): { readonly span: Span; readonly level: string } | undefined {
  switch (origin.kind) {
    case 'hiera':
      return origin
    case 'secret':
    case 'parameter':
    case 'variable':
    case 'chosen':
      return dataPlace(origin.from)
    case 'collection':
      return firstPlace([origin.value.origin, ...elementsOf(origin.value).map(wholeOrigin)])
    case 'call':
    case 'operation':
      return firstPlace(origin.from)
    case 'text': {
      // The text stands where its own letters do; what it interpolates may stand elsewhere.
      const place = firstPlace(origin.pieces.map((piece) => piece.origin))
      return place && place.span.file === origin.span.file ? { ...place, span: origin.span } : place
    }
    default:
      return undefined
  }
}

function firstPlace(origins: readonly Origin[]) {
  for (const origin of origins) {
    const place = dataPlace(origin)
    if (place) return place
  }
  return undefined
}
