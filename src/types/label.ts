import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { typeText } from './print.ts'

/** `a` or `an`; quotes in front do not count, and y is a vowel, as in Puppet. */
function article(text: string): string {
  const letter = /^["']/.test(text) ? text.charAt(1) : text.charAt(0)
  return /[aeiouy]/i.test(letter) ? 'an' : 'a'
}

export function withArticle(text: string): string {
  return `${article(text)} ${text}`
}

export function withCapitalArticle(text: string): string {
  return `${article(text) === 'an' ? 'An' : 'A'} ${text}`
}

/** How Puppet's messages call a value: `Integer`, `Undef Value`, `File['x'] Resource-Reference`. */
export function valueLabel(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'Undef Value'
    case 'default':
      return 'default'
    case 'type':
      return typeLabel(value.type)
    case 'semver':
      return 'Semver'
    case 'semver-range':
      return 'SemverRange'
    case 'uri':
    case 'iterator':
    case 'object':
    case 'opaque':
      return 'Object'
    default:
      return value.kind.charAt(0).toUpperCase() + value.kind.slice(1)
  }
}

export function typeLabel(type: PuppetType): string {
  const isReference = type.kind === 'Resource' && type.title !== undefined
  return isReference ? `${typeText(type)} Resource-Reference` : `${typeText(type)}-Type`
}
