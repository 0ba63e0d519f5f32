import { rubyRegexp } from '../value/regexp.ts'
import type { PuppetType, Size } from '../value/type.ts'
import { characterCount, exactly } from './construct.ts'
import { typeEquals } from './equal.ts'

/** Whether every size of `inner` is one of `outer`; a size left out is any. */
export function sizeWithin(outer: Size | undefined, inner: Size | undefined): boolean {
  if (!outer) return true
  return outer.min <= (inner?.min ?? 0) && (outer.max ?? Infinity) >= (inner?.max ?? Infinity)
}

/** Whether a String type takes all strings of another type. */
export function stringAccepts(type: PuppetType & { kind: 'String' }, other: PuppetType): boolean {
  if (type.size) {
    switch (other.kind) {
      case 'String':
        return sizeWithin(type.size, other.value === undefined ? other.size : exactly(characterCount(other.value)))
      case 'Enum':
        if (other.values.length === 0) return sizeWithin(type.size, undefined)
        return other.values.every((v) => sizeWithin(type.size, exactly(characterCount(v))))
      case 'Pattern':
        return sizeWithin(type.size, undefined)
      default:
        return false
    }
  }
  switch (other.kind) {
    case 'String':
      return type.value === undefined || type.value === other.value
    case 'Enum':
      return type.value === undefined || (other.values.length === 1 && !other.caseInsensitive)
    case 'Pattern':
      return type.value === undefined
    default:
      return false
  }
}

/** Whether an Enum takes all strings of another type. */
export function enumAccepts(type: PuppetType & { kind: 'Enum' }, other: PuppetType): boolean {
  if (type.values.length === 0) return other.kind === 'String' || other.kind === 'Enum' || other.kind === 'Pattern'
  if (other.kind === 'String') return other.value !== undefined && enumHolds(type, other.value)
  return (
    other.kind === 'Enum' &&
    other.values.length > 0 &&
    (type.caseInsensitive || !other.caseInsensitive) &&
    other.values.every((v) => enumHolds(type, v))
  )
}

/** Whether the string is one of the Enum's own values. */
export function enumHolds(type: PuppetType & { kind: 'Enum' }, text: string): boolean {
  if (!type.caseInsensitive) return type.values.includes(text)
  const wanted = asciiDowncase(text)
  return type.values.some((v) => asciiDowncase(v) === wanted)
}

function asciiDowncase(text: string): string {
  return text.replace(/[A-Z]+/g, (part) => part.toLowerCase())
}

/** Whether a Pattern takes all strings of another type. */
export function patternAccepts(type: PuppetType & { kind: 'Pattern' }, other: PuppetType): boolean {
  if (typeEquals(type, other)) return true
  const matches = (text: string) => type.patterns.length === 0 || matchesPattern(type.patterns, text)
  switch (other.kind) {
    case 'String':
      return other.value === undefined ? type.patterns.length === 0 : matches(other.value)
    case 'Enum':
      return other.values.length === 0 ? type.patterns.length === 0 : other.values.every(matches)
    case 'Pattern':
      return type.patterns.length === 0
    default:
      return false
  }
}

export function matchesPattern(patterns: readonly string[], text: string): boolean {
  return patterns.some((p) => rubyRegexp(p).test(text))
}
