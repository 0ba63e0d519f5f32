import type { PuppetType, Size } from '../../value/type.ts'
import { isAssignable } from '../assignable.ts'
import { anyObject, anyTypeSet, arrayOfAny, enumOf, hashOfAny } from '../construct.ts'
import { generalize } from '../generalize.ts'
import { withArticle } from '../label.ts'
import { expandedTypeToString } from '../print.ts'
import type { Mismatch } from './mismatch.ts'

/** A complaint as Puppet words it; it starts with a blank where it has a place. */
export function mismatchText(mismatch: Mismatch): string {
  const first = mismatch.path[0]
  const isSignature = first?.kind === 'signature'
  const rest = isSignature ? mismatch.path.slice(1) : mismatch.path
  const prefix = isSignature ? ` ${first.text}` : ''
  return `${prefix}${rest.length === 0 ? '' : ` ${rest.map((e) => e.text).join(' ')}`}${body(mismatch)}`
}

function body(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'missing-key':
      return ` expects a value for key '${mismatch.key}'`
    case 'missing-parameter':
      return ` expects a value for parameter '${mismatch.key}'`
    case 'extraneous-key':
      return ` unrecognized key '${mismatch.key}'`
    case 'invalid-parameter':
      return ` has no parameter named '${mismatch.key}'`
    case 'unexpected-block':
      return ' does not expect a block'
    case 'missing-block':
      return ' expects a block'
    case 'unresolved':
      return ` references an unresolved type '${mismatch.reference}'`
    case 'type':
      return typeText(mismatch.expected, mismatch.actual)
    case 'pattern':
      return patternText(mismatch.expected, mismatch.actual)
    case 'size':
      return ` expects size to be ${sizeText(mismatch.expected, '0')}, got ${sizeText(mismatch.actual, '0')}`
    case 'count': {
      const { min, max } = mismatch.expected
      const one = (min === 1 && (max === 1 || max === undefined)) || (min === 0 && max === 1)
      const wanted = `${sizeText(mismatch.expected, 'no')} argument${one ? '' : 's'}`
      return ` expects ${wanted}, got ${sizeText(mismatch.actual, 'none')}`
    }
  }
}

function sizeText({ min, max }: Size, zero: string): string {
  if (min === max) return min === 0 ? zero : String(min)
  if (min === 0) return max === undefined ? 'unlimited' : `at most ${max}`
  return max === undefined ? `at least ${min}` : `between ${min} and ${max}`
}

function typeText(expected: PuppetType, actual: PuppetType): string {
  const isOptional = expected.kind === 'Optional'
  const inner = isOptional ? (expected.type ?? expected) : expected
  const types = inner.kind === 'Variant' ? inner.types : [inner]
  const detailed = types.some((t) => isFullyDetailed(t, actual) || fitsDefault(t, actual))
  const wanted = detailed ? types.map(expandedTypeToString) : [...new Set(types.map(shortName))]
  const given = detailed ? detailedActual(types, actual) : shortName(actual)
  if (isOptional) wanted.unshift('Undef')
  if (wanted.length === 1) return ` expects ${withArticle(wanted[0] as string)} value, got ${given}`
  const list =
    wanted.length === 2 ? wanted.join(' or ') : `${wanted.slice(0, -1).join(', ')}, or ${wanted.at(-1) ?? ''}`
  return ` expects a value of type ${list}, got ${given}`
}

function patternText(expected: PuppetType, actual: PuppetType): string {
  const isOptional = expected.kind === 'Optional' && expected.type !== undefined
  const wanted = expandedTypeToString(isOptional ? (expected.type as PuppetType) : expected)
  const given = actual.kind === 'String' && actual.value !== undefined ? `'${actual.value}'` : shortName(actual)
  return ` expects ${isOptional ? 'an undef value or ' : ''}a match for ${wanted}, got ${given}`
}

function shortName(type: PuppetType): string {
  switch (type.kind) {
    case 'NotUndef':
    case 'Optional':
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator':
    case 'Init':
      return type.type && type.type.kind !== 'Any' ? `${type.kind}[${name(type.type)}]` : type.kind
    default:
      return name(type)
  }
}

function name(type: PuppetType): string {
  switch (type.kind) {
    case 'TypeAlias':
      return type.name
    case 'Object':
    case 'TypeSet':
      return type.name || type.kind
    case 'ObjectExtension':
      return type.base.name
    default:
      return type.kind
  }
}

/** The name without parameters. */
function simpleName(type: PuppetType): string {
  switch (type.kind) {
    case 'Object':
      return (type.name || 'Object').split('::').at(-1) as string
    case 'ObjectExtension':
      return type.base.name.split('::').at(-1) as string
    default:
      return type.kind
  }
}

function isFullyDetailed(expected: PuppetType, actual: PuppetType): boolean {
  return (
    expected.kind === actual.kind ||
    expected.kind === 'TypeAlias' ||
    actual.kind === 'TypeAlias' ||
    (expected.kind === 'Struct' && actual.kind === 'Hash') ||
    (expected.kind === 'Tuple' && actual.kind === 'Array')
  )
}

function fitsDefault(expected: PuppetType, actual: PuppetType): boolean {
  const type = expected.kind === 'TypeAlias' ? expected.resolved() : expected
  return type.kind !== 'TypeAlias' && isAssignable(withoutParameters(type), actual)
}

function detailedActual(expected: readonly PuppetType[], actual: PuppetType): string {
  const resolved = expected.map(fullyResolved)
  if (resolved.some((t) => isFullyDetailed(t, actual))) return expandedTypeToString(actual)
  const general = generalize(actual)
  return resolved.some((t) => isAssignable(t, general)) ? expandedTypeToString(actual) : simpleName(actual)
}

function fullyResolved(type: PuppetType): PuppetType {
  return type.kind === 'TypeAlias' ? fullyResolved(type.resolved()) : type
}

/** The type of the same name as it is without parameters. */
function withoutParameters(type: PuppetType): PuppetType {
  switch (type.kind) {
    case 'Variant':
    case 'Tuple':
      return { kind: type.kind, types: [] }
    case 'Enum':
      return enumOf([])
    case 'Pattern':
      return { kind: 'Pattern', patterns: [] }
    case 'Array':
      return arrayOfAny
    case 'Hash':
      return hashOfAny
    case 'Struct':
      return { kind: 'Struct', elements: [] }
    case 'SemVer':
      return { kind: 'SemVer', ranges: [] }
    case 'Init':
      return { kind: 'Init', arguments: [] }
    case 'Object':
    case 'ObjectExtension':
      return anyObject
    case 'TypeSet':
      return anyTypeSet
    case 'TypeReference':
    case 'TypeAlias':
      return type
    default:
      return { kind: type.kind } as PuppetType
  }
}
