import type { Span } from '../source/source-file.ts'
import type { Value } from './value.ts'

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
  /** A string put together out of pieces: interpolation, a rendered template, assembled fragments. */
  | { readonly kind: 'text'; readonly span: Span; readonly pieces: readonly Piece[] }
  /** Out of Sensitive, or decrypted: whatever is made of it stays secret. */
  | { readonly kind: 'secret'; readonly from: Origin }
  /** Set by Puppet itself: a setting, a title, a built-in variable such as `$module_name`. */
  | { readonly kind: 'builtin'; readonly name: string }

/** A stretch of a string (UTF-16 offsets, half-open) with one origin. Pieces are sorted, touch each other, cover the string. */
export interface Piece {
  readonly start: number
  readonly end: number
  /** Where the template or string literal has the text or the tag that gave it. */
  readonly template?: Span
  readonly origin: Origin
  /** The variables that the tag read to make this stretch. */
  readonly reads: readonly Read[]
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

/** Whether an origin, or anything that it was made from, is secret. */
export function isSecret(origin: Origin): boolean {
  switch (origin.kind) {
    case 'secret':
      return true
    case 'hiera':
      return origin.secret !== undefined
    default:
      return sourcesOf(origin).some(isSecret) || readsOf(origin).some(isSecretRead)
  }
}

/** Whether it was made from data that could not be decrypted: nobody knows its text, and another one stands for it. */
export function isMasked(origin: Origin): boolean {
  if (origin.kind === 'hiera') return origin.secret === 'masked'
  return sourcesOf(origin).some(isMasked) || readsOf(origin).some((read) => isMasked(read.value.origin))
}

function sourcesOf(origin: Origin): readonly Origin[] {
  switch (origin.kind) {
    case 'parameter':
    case 'variable':
    case 'secret':
      return [origin.from]
    case 'call':
    case 'operation':
      return origin.from
    case 'text':
      return origin.pieces.map((piece) => piece.origin)
    default:
      return []
  }
}

function readsOf(origin: Origin): readonly Read[] {
  return origin.kind === 'text' ? origin.pieces.flatMap((piece) => piece.reads) : []
}

/** The text that stands for a value which could not be decrypted; reports show it as it is. */
export function encryptedPlaceholder(key: string): string {
  return `<encrypted: ${key}>`
}

export function isEncryptedPlaceholder(text: string): boolean {
  return /^<encrypted: [^<>\n]+>$/.test(text)
}

export function isSecretRead(read: Read): boolean {
  return read.value.kind === 'sensitive' || isSecret(read.value.origin)
}

/** The place in the data that something comes from, and its level: the nearest one on the way back. */
export function dataPlace(origin: Origin): { readonly span: Span; readonly level: string } | undefined {
  switch (origin.kind) {
    case 'hiera':
      return origin
    case 'secret':
    case 'parameter':
    case 'variable':
      return dataPlace(origin.from)
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
