import { define, fail } from '../../source/diagnostic.ts'
import type { PuppetType } from '../../value/type.ts'
import { type HashValue, hashGet, type Value } from '../../value/value.ts'
import { isAssignable } from '../assignable.ts'
import { anyObject, anyType, arrayOfAny, binaryType, floatType, hashOfAny, numericType } from '../construct.ts'
import { typeEquals } from '../equal.ts'
import { typeText } from '../print.ts'
import { rubyClass } from '../ruby-value.ts'
import { type FormatMap, type FormatSpec, parseFormat } from './spec.ts'

const typesAsKeys = define(
  'error',
  'puppet/bad-format-map',
  (given: string) => `top level keys in the format hash must be data types, got instance of '${given}'`,
)
const unknownKey = define(
  'error',
  'puppet/bad-format-map',
  (given: string) =>
    `only 'separator', 'separator2', 'format', 'string_formats' are allowed in a container format, got ${given}`,
)

const quotedElements: FormatMap = [[anyType, parseFormat('%p')]]
export const defaultArrayFormat: FormatSpec = {
  ...parseFormat('%a'),
  separator: ', ',
  separator2: ', ',
  elements: quotedElements,
}
export const defaultHashFormat: FormatSpec = {
  ...parseFormat('%h'),
  separator: ', ',
  separator2: ' => ',
  elements: quotedElements,
}

/** What holds where nothing else is asked for. */
export const defaultFormats: FormatMap = [
  [anyObject, parseFormat('%p')],
  [floatType, parseFormat('%f')],
  [numericType, parseFormat('%d')],
  [arrayOfAny, defaultArrayFormat],
  [hashOfAny, defaultHashFormat],
  [binaryType, parseFormat('%B')],
  [anyType, parseFormat('%s')],
]

/** The elements' formats of containers that say none. */
export const defaultElementFormats = quotedElements

/** A hash of types and formats as a map; containers take a hash of `format`, `separator`, `separator2`, `string_formats`. */
export function readFormats(formats: HashValue): FormatMap {
  return [...formats.entries.values()].map(({ key, value }) => {
    if (key.kind !== 'type') return fail(typesAsKeys([rubyClass(key)]))
    if (value.kind === 'hash') return [key.type, readContainer(value)] as const
    return [key.type, parseFormat(value.kind === 'string' ? value.value : '')] as const
  })
}

function readContainer(given: HashValue): FormatSpec {
  for (const { key } of given.entries.values())
    if (key.kind !== 'string' || !['separator', 'separator2', 'format', 'string_formats'].includes(key.value))
      fail(unknownKey([key.kind === 'string' ? key.value : rubyClass(key)]))
  const text = (name: string) => {
    const found: Value | undefined = hashGet(given, name)
    return found?.kind === 'string' ? found.value : undefined
  }
  const elements = hashGet(given, 'string_formats')
  const [separator, separator2] = [text('separator'), text('separator2')]
  return {
    ...parseFormat(text('format') ?? ''),
    ...(separator === undefined ? {} : { separator }),
    ...(separator2 === undefined ? {} : { separator2 }),
    ...(elements?.kind === 'hash' ? { elements: readFormats(elements) } : {}),
  }
}

/** `higher` wins; what it says for a type also ends what `lower` says for narrower ones. */
export function mergeFormats(lower: FormatMap, higher: FormatMap): FormatMap {
  const kept = lower.filter(([type]) => !higher.some(([h]) => !typeEquals(h, type) && isAssignable(h, type)))
  const merged: [PuppetType, FormatSpec][] = kept.map(([type, spec]) => {
    const over = higher.find(([h]) => typeEquals(h, type))
    return [type, over ? mergeSpecs(spec, over[1]) : spec]
  })
  for (const [type, spec] of higher) if (!kept.some(([k]) => typeEquals(k, type))) merged.push([type, spec])
  return sortFormats(merged)
}

function mergeSpecs(lower: FormatSpec, higher: FormatSpec): FormatSpec {
  const separator = higher.separator ?? lower.separator
  const separator2 = higher.separator2 ?? lower.separator2
  const elements =
    lower.elements && higher.elements
      ? mergeFormats(lower.elements, higher.elements)
      : (higher.elements ?? lower.elements)
  return {
    ...higher,
    ...(separator === undefined ? {} : { separator }),
    ...(separator2 === undefined ? {} : { separator2 }),
    ...(elements ? { elements } : {}),
  }
}

const ranks: Partial<Record<PuppetType['kind'], number>> = {
  Struct: 1,
  Hash: 2,
  Tuple: 3,
  Array: 4,
  Pattern: 10,
  Enum: 11,
  String: 12,
}

/** Narrow types first. */
function sortFormats(formats: readonly (readonly [PuppetType, FormatSpec])[]): FormatMap {
  return [...formats].sort(([a], [b]) => {
    if (typeEquals(a, b)) return 0
    const narrower = isAssignable(b, a)
    const wider = isAssignable(a, b)
    if (narrower !== wider) return narrower ? -1 : 1
    const [x, y] = [ranks[a.kind] ?? 0, ranks[b.kind] ?? 0]
    if (x !== 0 && y !== 0) return x - y
    return typeText(a) < typeText(b) ? -1 : 1
  })
}
