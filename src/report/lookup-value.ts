import { type Mask, secretToken } from '../diff/mask.ts'
import type { Span } from '../source/source-file.ts'
import { printValue } from '../types/print.ts'
import { floatText } from '../types/quote.ts'
import { valueToText } from '../types/text.ts'
import { isSecret, type Origin } from '../value/origin.ts'
import { string, type Value } from '../value/value.ts'

/** The value with a token for whatever is secret in it; for all of it where `all` says so. */
export function maskedValue(value: Value, mask: Mask, all = false): Value {
  if (value.kind === 'sensitive') return maskedValue(value.value, mask, true)
  if (isPlaceholder(value)) return value
  const secret = all || isSecret(value.origin)
  switch (value.kind) {
    case 'array':
      return { ...value, values: value.values.map((element) => maskedValue(element, mask, secret)) }
    case 'hash':
      return {
        ...value,
        entries: new Map(
          [...value.entries].map(([key, entry]) => [
            key,
            { key: maskedValue(entry.key, mask), value: maskedValue(entry.value, mask, secret) },
          ]),
        ),
      }
    default:
      return secret ? string(secretToken(mask, valueToText(value)), value.origin) : value
  }
}

/** What stands for a value that could not be decrypted tells its key alone. */
function isPlaceholder({ origin }: Value): boolean {
  return origin.kind === 'hiera' && origin.secret === 'masked'
}

/** Shorter values are ordinary words as often as secrets. */
const shortestLearned = 6

/** Remembers the texts of a secret value, so that messages do not tell them. */
export function learnSecretValue(value: Value, mask: Mask, all = false): void {
  if (isPlaceholder(value)) return
  const secret = all || value.kind === 'sensitive' || isSecret(value.origin)
  switch (value.kind) {
    case 'sensitive':
      learnSecretValue(value.value, mask, true)
      return
    case 'array':
      for (const element of value.values) learnSecretValue(element, mask, secret)
      return
    case 'hash':
      for (const entry of value.entries.values()) learnSecretValue(entry.value, mask, secret)
      return
    case 'string':
      if (secret && value.value.length >= shortestLearned) mask.secrets.add(value.value)
  }
}

/** A line of a value: a scalar with its key, or the key of a collection. */
export interface ValueRow {
  readonly text: string
  /** Left out for the keys of collections, whose elements have places of their own. */
  readonly origin?: Origin
}

/** A value as lines of YAML, each scalar with where it comes from. */
export function valueRows(value: Value): ValueRow[] {
  const rows: ValueRow[] = []
  const write = (part: Value, lead: string, indent: string): void => {
    if (part.kind === 'hash' && part.entries.size > 0) {
      let first = lead
      for (const entry of part.entries.values()) {
        nested(`${first}${scalarText(entry.key)}:`, entry.value, indent)
        first = indent
      }
    } else if (part.kind === 'array' && part.values.length > 0) {
      let first = lead
      for (const element of part.values) {
        write(element, `${first}- `, `${indent}  `)
        first = indent
      }
    } else rows.push({ text: `${lead}${scalarText(part)}`, origin: part.origin })
  }
  const nested = (key: string, part: Value, indent: string): void => {
    const collection =
      (part.kind === 'hash' && part.entries.size > 0) || (part.kind === 'array' && part.values.length > 0)
    if (!collection) rows.push({ text: `${key} ${scalarText(part)}`, origin: part.origin })
    else {
      rows.push({ text: key })
      write(part, `${indent}  `, `${indent}  `)
    }
  }
  write(value, '', '')
  return rows
}

/** Strings that YAML reads as something else without quotes, or that are no single plain line. */
const quoted =
  /^$|^[\s\-?:,[\]{}#&*!|>'"%@`~]|[:\s]$|: | #|[^\u0020-\u007e\u00a0-\uffff]|^(?:y|n|yes|no|on|off|true|false|null)$|^[-+.]?\d/i

/** The dash is no sign of a list where no space follows. */
function scalarText(value: Value): string {
  switch (value.kind) {
    case 'string': {
      if (isPlaceholder(value)) return value.value
      const plain = /^-[^\s-]/.test(value.value) ? value.value.slice(1) : value.value
      return quoted.test(plain) ? JSON.stringify(value.value) : value.value
    }
    case 'undef':
      return '~'
    case 'array':
      return '[]'
    case 'hash':
      return '{}'
    default:
      return printValue(value)
  }
}

/** A value on one line, cut to `width`. */
export function valueLine(value: Value, width: number): string {
  const text = inline(value)
  return text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text
}

function inline(value: Value): string {
  switch (value.kind) {
    case 'array':
      return `[${value.values.map(inline).join(', ')}]`
    case 'hash':
      return `{${[...value.entries.values()].map((e) => `${scalarText(e.key)}: ${inline(e.value)}`).join(', ')}}`
    default:
      return scalarText(value)
  }
}

/** Where data, facts or code have what a value was made of: the nearest place on the way back. */
export function sourceOf(origin: Origin): Span | undefined {
  switch (origin.kind) {
    case 'builtin':
      return undefined
    case 'secret':
    case 'chosen':
      return sourceOf(origin.from)
    case 'collection':
      return sourceOf(origin.value.origin)
    case 'parameter':
    case 'variable':
      return sourceOf(origin.from) ?? origin.span
    case 'call':
    case 'operation':
      // What `new` was told to make says nothing of the value.
      for (const from of origin.kind === 'call' && origin.name === 'new' ? origin.from.slice(1) : origin.from) {
        const found = sourceOf(from)
        if (found) return found
      }
      return origin.span.file.path === '' ? undefined : origin.span
    default:
      return origin.span
  }
}

/** JSON text with Puppet's numbers: no integer loses digits, and floats stay floats. */
export function valueJson(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'null'
    case 'boolean':
    case 'integer':
      return String(value.value)
    case 'float':
      return floatText(value.value)
    case 'array':
      return `[${value.values.map(valueJson).join(',')}]`
    case 'hash':
      return `{${[...value.entries.values()]
        .map(({ key, value: element }) => `${JSON.stringify(valueToText(key))}:${valueJson(element)}`)
        .join(',')}}`
    default:
      return JSON.stringify(value.kind === 'string' ? value.value : valueToText(value))
  }
}
