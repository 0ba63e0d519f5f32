import type { CallableType, PuppetType, Size } from '../../value/type.ts'
import { containedTypes } from '../alias.ts'
import { isAssignable, tupleSize } from '../assignable.ts'
import { anyType, arrayOf, exactly, hashOf, tupleOf, undefType } from '../construct.ts'
import { typeEquals } from '../equal.ts'
import { normalize } from '../normalize.ts'
import { sizeWithin } from '../strings.ts'
import { mismatchText } from './message.ts'
import { type Mismatch, mergeMismatches, type Path, path, typeMismatch } from './mismatch.ts'

type Kind<K extends PuppetType['kind']> = PuppetType & { kind: K }

/**
 * Why a type is not the expected one, in Puppet's words: `subject expects a String value, got Integer`. Several
 * complaints stand on lines of their own; `''` where there is nothing to say.
 */
export function describeMismatch(subject: string, expected: PuppetType, actual: PuppetType): string {
  const texts = describe(expected, actual, [path.subject(subject)]).map(mismatchText)
  return texts.length === 1 ? (texts[0] as string).trim() : texts.join('\n ')
}

/** All complaints about `actual`, each with its place. */
export function describe(expected: PuppetType, actual: PuppetType, at: Path): readonly Mismatch[] {
  const reference = unresolvedReference(expected, new Set())
  if (reference !== undefined) return [{ kind: 'unresolved', path: at, reference }]
  return describeNormal(normalize(expected), expected, actual, at)
}

function unresolvedReference(type: PuppetType, seen: Set<PuppetType>): string | undefined {
  if (type.kind === 'TypeReference') return type.text
  if (seen.has(type)) return undefined
  seen.add(type)
  const parts = type.kind === 'TypeAlias' ? [type.resolved()] : containedTypes(type)
  for (const part of parts) {
    const found = unresolvedReference(part, seen)
    if (found !== undefined) return found
  }
  return undefined
}

/** `original` is what the message names: the alias that `expected` came out of, or the type before it was normalised. */
function describeNormal(expected: PuppetType, original: PuppetType, actual: PuppetType, at: Path): readonly Mismatch[] {
  switch (expected.kind) {
    case 'Variant':
      return describeVariant(expected, original, actual, at)
    case 'Struct':
      return describeStruct(expected, original, actual, at)
    case 'Hash':
      return describeHash(expected, original, actual, at)
    case 'Tuple':
      return describeTuple(expected, original, actual, at, 'size')
    case 'Array':
      return describeArray(expected, original, actual, at)
    case 'Callable':
      return actual.kind === 'Callable' ? describeCallable(expected, actual, at) : [typeMismatch(at, original, actual)]
    case 'Optional':
      if (actual.kind === 'Undef' || !expected.type) return []
      return describeNormal(expected.type, original.kind === 'TypeAlias' ? original : expected, actual, at)
    case 'Pattern':
    case 'Enum':
      return [typeMismatch(at, original, actual, 'pattern')]
    case 'TypeAlias':
      return describeNormal(normalize(expected.resolved()), expected, actual, at)
    default:
      return isAssignable(expected, actual) ? [] : [typeMismatch(at, original, actual)]
  }
}

function describeVariant(
  expected: Kind<'Variant'>,
  original: PuppetType,
  actual: PuppetType,
  at: Path,
): readonly Mismatch[] {
  const types = original.kind === 'Optional' ? [undefType, ...expected.types] : expected.types
  const alternatives: (readonly Mismatch[])[] = []
  for (const [i, type] of types.entries()) {
    const found = describe(type, actual, [...at, path.variant(i)])
    if (found.length === 0) return []
    alternatives.push(found)
  }
  const merged = mergeMismatches(at.length, 'size', alternatives)
  return original.kind === 'TypeAlias' && merged.length === 1 ? [typeMismatch(at, original, actual)] : merged
}

function describeArray(
  expected: Kind<'Array'>,
  original: PuppetType,
  actual: PuppetType,
  at: Path,
): readonly Mismatch[] {
  if (actual.kind === 'Tuple') {
    const size = actual.size ?? exactly(actual.types.length)
    if (!sizeWithin(expected.size, size))
      return [{ kind: 'size', path: at, expected: expected.size as Size, actual: size }]
    return actual.types.flatMap((type, i) =>
      isAssignable(expected.element, type) ? [] : describe(expected.element, type, [...at, path.index(i)]),
    )
  }
  if (actual.kind !== 'Array') return [typeMismatch(at, original, actual)]
  if (expected.size && !sizeWithin(expected.size, actual.size))
    return [{ kind: 'size', path: at, expected: expected.size, actual: actual.size ?? { min: 0 } }]
  return [typeMismatch(at, original, arrayOf(actual.element))]
}

function describeHash(expected: Kind<'Hash'>, original: PuppetType, actual: PuppetType, at: Path): readonly Mismatch[] {
  if (actual.kind === 'Struct') {
    const size = { min: actual.elements.filter((e) => !e.optional).length, max: actual.elements.length }
    if (!sizeWithin(expected.size, size))
      return [{ kind: 'size', path: at, expected: expected.size as Size, actual: size }]
    return actual.elements.flatMap((e) => [
      ...(isAssignable(expected.key, e.key) ? [] : describe(expected.key, e.key, [...at, path.entryKey(e.name)])),
      ...(isAssignable(expected.value, e.value) ? [] : describe(expected.value, e.value, [...at, path.entry(e.name)])),
    ])
  }
  if (actual.kind !== 'Hash') return [typeMismatch(at, original, actual)]
  if (expected.size && !sizeWithin(expected.size, actual.size))
    return [{ kind: 'size', path: at, expected: expected.size, actual: actual.size ?? { min: 0 } }]
  return [typeMismatch(at, original, hashOf(actual.key, actual.value))]
}

function describeStruct(
  expected: Kind<'Struct'>,
  original: PuppetType,
  actual: PuppetType,
  at: Path,
): readonly Mismatch[] {
  if (actual.kind === 'Struct') {
    const given = new Map(actual.elements.map((e) => [e.name, e]))
    const found: Mismatch[] = []
    for (const element of expected.elements) {
      const entry = given.get(element.name)
      given.delete(element.name)
      if (!entry) {
        if (!element.optional) found.push({ kind: 'missing-key', path: at, key: element.name })
        continue
      }
      if (!isAssignable(element.key, entry.key))
        found.push(...describe(element.key, entry.key, [...at, path.entryKey(element.name)]))
      if (!isAssignable(element.value, entry.value))
        found.push(...describe(element.value, entry.value, [...at, path.entry(element.name)]))
    }
    for (const key of given.keys()) found.push({ kind: 'extraneous-key', path: at, key })
    return found
  }
  if (actual.kind !== 'Hash') return [typeMismatch(at, original, actual)]
  const size = { min: expected.elements.filter((e) => !e.optional).length, max: expected.elements.length }
  if (!sizeWithin(size, actual.size))
    return [{ kind: 'size', path: at, expected: size, actual: actual.size ?? { min: 0 } }]
  return [typeMismatch(at, original, hashOf(actual.key, actual.value))]
}

function describeTuple(
  expected: Kind<'Tuple'>,
  original: PuppetType,
  actual: PuppetType,
  at: Path,
  sizeKind: 'size' | 'count',
): readonly Mismatch[] {
  if (typeEquals(expected, actual) || (expected.types.length === 0 && actual.kind === 'Array')) return []
  const wanted = tupleSize(expected.types, expected.size)
  if (actual.kind === 'Tuple') {
    const size = tupleSize(actual.types, actual.size)
    if (!sizeWithin(wanted, size)) return [{ kind: sizeKind, path: at, expected: wanted, actual: size }]
    if (expected.types.length === 0) return []
    const last = expected.types.length - 1
    return actual.types.flatMap((type, i) => {
      const index = Math.min(i, last)
      return describe(expected.types[index] as PuppetType, type, [...at, path.index(index)])
    })
  }
  if (actual.kind !== 'Array') return [typeMismatch(at, original, actual)]
  if (!sizeWithin(wanted, actual.size))
    return [{ kind: sizeKind, path: at, expected: wanted, actual: actual.size ?? { min: 0 } }]
  return expected.types.flatMap((type, i) => describe(type, actual.element, [...at, path.index(i)]))
}

/** Parameters are compared in reverse: the given callable must take what the expected one is called with. */
function describeCallable(expected: CallableType, actual: CallableType, at: Path): readonly Mismatch[] {
  if (!expected.parameters && !expected.returns) return []
  const wanted = tupleOf(expected.parameters ?? [], expected.size)
  const given = tupleOf(actual.parameters ?? [], actual.size)
  const parameters = describeTuple(wanted, wanted, given, at, 'count')
  if (parameters.length > 0) return parameters
  const wantedReturn = expected.returns ?? anyType
  const givenReturn = actual.returns ?? anyType
  if (!isAssignable(wantedReturn, givenReturn)) return [typeMismatch([...at, path.returned], wantedReturn, givenReturn)]
  const wantedBlock = expected.block ?? undefType
  const givenBlock = actual.block ?? undefType
  return isAssignable(givenBlock, wantedBlock) ? [] : [typeMismatch([...at, path.block], wantedBlock, givenBlock)]
}
