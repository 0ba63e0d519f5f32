import type { PuppetType } from '../value/type.ts'
import { enumOf, variantOf } from './construct.ts'
import { spanBoth } from './ranges.ts'
import { mergeRanges } from './semver-range.ts'

type Ranged = PuppetType & { kind: 'Integer' | 'Float' | 'Timespan' | 'Timestamp' }

/** Joins the members of a Variant that one type can stand for, in Puppet's order. */
export function mergeVariants(
  types: readonly PuppetType[],
  notUndef: (inner: PuppetType) => PuppetType,
): readonly PuppetType[] {
  let merged = joinNotUndefs(types, notUndef)
  merged = joinEnums(merged)
  merged = joinPatterns(merged)
  merged = joinVersions(merged)
  for (const kind of ['Integer', 'Float', 'Timespan', 'Timestamp'] as const) merged = joinNumbers(kind, merged)
  return merged
}

function partition(
  types: readonly PuppetType[],
  belongs: (t: PuppetType) => boolean,
): readonly [PuppetType[], PuppetType[]] {
  return [types.filter(belongs), types.filter((t) => !belongs(t))]
}

function joinNotUndefs(
  types: readonly PuppetType[],
  notUndef: (inner: PuppetType) => PuppetType,
): readonly PuppetType[] {
  const [found, others] = partition(types, (t) => t.kind === 'NotUndef')
  if (found.length < 2) return types
  return [...others, notUndef(variantOf(found.map((t) => (t.kind === 'NotUndef' && t.type) || { kind: 'Any' })))]
}

function joinEnums(types: readonly PuppetType[]): readonly PuppetType[] {
  const sensitive = partition(
    types,
    (t) =>
      (t.kind === 'Enum' && t.values.length > 0 && !t.caseInsensitive) ||
      (t.kind === 'String' && t.value !== undefined),
  )
  const joined = sensitive[0].length > 1 ? [...sensitive[1], enumOf(sensitive[0].flatMap(literalValues))] : types
  const [insensitive, others] = partition(joined, (t) => t.kind === 'Enum' && t.values.length > 0 && t.caseInsensitive)
  if (insensitive.length < 2) return joined
  return [
    ...others,
    enumOf(
      insensitive.flatMap(literalValues).map((v) => v.toLowerCase()),
      true,
    ),
  ]
}

function literalValues(type: PuppetType): readonly string[] {
  if (type.kind === 'Enum') return type.values
  return type.kind === 'String' && type.value !== undefined ? [type.value] : []
}

function joinPatterns(types: readonly PuppetType[]): readonly PuppetType[] {
  const [found, others] = partition(types, (t) => t.kind === 'Pattern')
  if (found.length < 2) return types
  const patterns = found.flatMap((t) => (t.kind === 'Pattern' ? t.patterns : []))
  return [...others, { kind: 'Pattern', patterns: [...new Set(patterns)] }]
}

function joinVersions(types: readonly PuppetType[]): readonly PuppetType[] {
  const [found, others] = partition(types, (t) => t.kind === 'SemVer')
  if (found.length < 2) return types
  const ranges = found.flatMap((t) => (t.kind === 'SemVer' ? t.ranges : []))
  return [{ kind: 'SemVer', ranges: mergeRanges(ranges) }, ...others]
}

function joinNumbers(kind: Ranged['kind'], types: readonly PuppetType[]): readonly PuppetType[] {
  const [found, others] = partition(types, (t) => t.kind === kind)
  if (found.length < 2) return types
  const result: Ranged[] = []
  let open = found as Ranged[]
  while (open.length > 0) {
    const apart: Ranged[] = []
    let joined = open.at(-1) as Ranged
    for (const range of open.slice(0, -1)) {
      if (!touches(joined, range)) apart.push(range)
      else joined = { kind, ...spanBoth<bigint | number>(joined, range) } as Ranged
    }
    result.push(joined)
    open = apart
  }
  return [...result, ...others]
}

function touches(a: Ranged, b: Ranged): boolean {
  const gap = a.kind === 'Integer' ? 1n : 0n
  return startsBefore(a, b, gap) && startsBefore(b, a, gap)
}

function startsBefore(a: Ranged, b: Ranged, gap: bigint): boolean {
  if (a.from === undefined || b.to === undefined) return true
  return typeof b.to === 'bigint' ? (a.from as bigint) <= b.to + gap : a.from <= b.to
}
