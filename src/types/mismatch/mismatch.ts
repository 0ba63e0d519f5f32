import type { PuppetType, Size } from '../../value/type.ts'
import { variantOf } from '../construct.ts'
import { normalize } from '../normalize.ts'

/** A step on the way from the whole value to the part that does not fit. */
export interface PathElement {
  readonly kind:
    | 'subject'
    | 'entry'
    | 'entry-key'
    | 'parameter'
    | 'return'
    | 'block'
    | 'index'
    | 'variant'
    | 'signature'
  readonly text: string
}

export const path = {
  subject: (name: string): PathElement => ({ kind: 'subject', text: name }),
  entry: (key: string): PathElement => ({ kind: 'entry', text: `entry '${key}'` }),
  entryKey: (key: string): PathElement => ({ kind: 'entry-key', text: `key of entry '${key}'` }),
  parameter: (name: string): PathElement => ({ kind: 'parameter', text: `parameter '${name}'` }),
  returned: { kind: 'return', text: 'return' } as PathElement,
  block: { kind: 'block', text: 'block' } as PathElement,
  index: (index: number): PathElement => ({ kind: 'index', text: `index ${index}` }),
  variant: (index: number): PathElement => ({ kind: 'variant', text: `variant ${index}` }),
  signature: (index: number): PathElement => ({ kind: 'signature', text: `${index + 1}.` }),
}

/** One thing that does not fit (Puppet's TypeMismatchDescriber, class Mismatch). */
export type Mismatch =
  | {
      readonly kind: 'missing-key' | 'missing-parameter' | 'extraneous-key' | 'invalid-parameter'
      readonly path: Path
      readonly key: string
    }
  | { readonly kind: 'unexpected-block' | 'missing-block'; readonly path: Path }
  | { readonly kind: 'unresolved'; readonly path: Path; readonly reference: string }
  | {
      readonly kind: 'type' | 'pattern'
      readonly path: Path
      readonly expected: PuppetType
      readonly actual: PuppetType
    }
  | { readonly kind: 'size' | 'count'; readonly path: Path; readonly expected: Size; readonly actual: Size }

export type Path = readonly PathElement[]

export function typeMismatch(
  at: Path,
  expected: PuppetType | readonly PuppetType[],
  actual: PuppetType,
  kind: 'type' | 'pattern' = 'type',
): Mismatch {
  const wanted = 'kind' in expected ? expected : variantOf(expected)
  return { kind, path: at, expected: normalize(wanted), actual: normalize(actual) }
}

/** Without the element at an index; as it is where there is none. */
export function chopPath(mismatch: Mismatch, index: number): Mismatch {
  return index >= mismatch.path.length ? mismatch : { ...mismatch, path: mismatch.path.filter((_, i) => i !== index) }
}

/**
 * One list out of what each alternative says: where they all complain of the same kind of thing at the same place,
 * that becomes one complaint with the widest bounds; with a single one left, the alternative's number goes.
 */
export function mergeMismatches(
  varyingIndex: number,
  sizeKind: 'size' | 'count',
  alternatives: readonly (readonly Mismatch[])[],
): readonly Mismatch[] {
  let found: readonly Mismatch[] = alternatives.flat()
  const groups: ((m: Mismatch) => boolean)[] = [
    (m) => m.kind === sizeKind || (sizeKind === 'size' && m.kind === 'count'),
    (m) => m.kind === 'missing-block',
    (m) => m.kind === 'unexpected-block',
    (m) => m.kind === 'type' || m.kind === 'pattern',
  ]
  for (const belongs of groups) {
    const members = found.filter(belongs)
    if (members.length !== alternatives.length) continue
    const merged = mergeAll(members)
    if (!merged) continue
    found = [merged]
    break
  }
  const different = withoutRepetition(found)
  return different.length === 1 ? different.map((m) => chopPath(m, varyingIndex)) : different
}

function mergeAll(members: readonly Mismatch[]): Mismatch | undefined {
  let merged = members[0]
  for (const next of members.slice(1)) {
    if (!merged || !samePlace(merged, next)) return undefined
    merged = mergeTwo(merged, next)
  }
  return merged
}

function mergeTwo(a: Mismatch, b: Mismatch): Mismatch {
  if ((a.kind === 'type' || a.kind === 'pattern') && (b.kind === 'type' || b.kind === 'pattern'))
    return typeMismatch(a.path, [a.expected, b.expected], a.actual, a.kind)
  if ((a.kind === 'size' || a.kind === 'count') && (b.kind === 'size' || b.kind === 'count')) {
    const min = Math.min(a.expected.min, b.expected.min)
    const max = Math.max(a.expected.max ?? Infinity, b.expected.max ?? Infinity)
    return { ...a, expected: max === Infinity ? { min } : { min, max } }
  }
  return a
}

function samePlace(a: Mismatch, b: Mismatch): boolean {
  const [x, y] = [canonical(a.path), canonical(b.path)]
  return x.length === y.length && x.every((e, i) => e.kind === y[i]?.kind && e.text === y[i]?.text)
}

function canonical(at: Path): Path {
  return at.filter((e) => e.kind !== 'variant' && e.kind !== 'signature')
}

/** Puppet calls only complaints about blocks equal. */
function withoutRepetition(mismatches: readonly Mismatch[]): readonly Mismatch[] {
  return mismatches.filter(
    (m, i) =>
      (m.kind !== 'unexpected-block' && m.kind !== 'missing-block') ||
      !mismatches.slice(0, i).some((o) => o.kind === m.kind && samePlace(o, m)),
  )
}
