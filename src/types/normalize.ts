import type { CallableType, PuppetType } from '../value/type.ts'
import { isAssignable } from './assignable.ts'
import { arrayOfAny, collectionType, flattenVariants, undefType, variantOf } from './construct.ts'
import { mergeVariants } from './merge-variants.ts'

/**
 * The same set of values in Puppet's shortest form: no `NotUndef` around what is never undef, no `Optional` within
 * another, the Enums, Patterns and ranges of a Variant joined. Puppet does so with every alias and in every message.
 */
export function normalize(type: PuppetType): PuppetType {
  switch (type.kind) {
    case 'Type':
    case 'Sensitive':
    case 'Iterable':
    case 'Iterator':
    case 'Init':
      return type.type ? changed(type, type.type, (t) => ({ ...type, type: t })) : type
    case 'NotUndef':
      return type.type ? normalizeNotUndef(type, type.type) : type
    case 'Optional':
      return type.type ? normalizeOptional(type, type.type) : type
    case 'Collection':
      return collectionType
    case 'Array':
      if (type.element.kind === 'Any') return arrayOfAny
      return changed(type, type.element, (element) => ({ ...type, element }))
    case 'Hash':
      return changed(
        type,
        type.key,
        (key) => ({ ...type, key }),
        (t) => (t.kind === 'Hash' ? changed(t, t.value, (value) => ({ ...t, value })) : t),
      )
    case 'Tuple':
      return changedList(type, type.types, (types) => ({ ...type, types }))
    case 'Struct':
      return changedList(
        type,
        type.elements.map((e) => e.value),
        (values) => ({ ...type, elements: type.elements.map((e, i) => ({ ...e, value: values[i] as PuppetType })) }),
      )
    case 'Callable':
      return normalizeCallable(type)
    case 'Variant':
      return normalizeVariant(type)
    default:
      return type
  }
}

function changed(
  type: PuppetType,
  part: PuppetType,
  withPart: (part: PuppetType) => PuppetType,
  then: (type: PuppetType) => PuppetType = (t) => t,
): PuppetType {
  const normal = normalize(part)
  return then(normal === part ? type : withPart(normal))
}

function normalizeNotUndef(type: PuppetType, contained: PuppetType): PuppetType {
  const inner = normalize(contained)
  if (inner.kind === 'Any') return { kind: 'NotUndef' }
  if (inner.kind === 'Optional')
    return normalize(inner.type ? { kind: 'NotUndef', type: inner.type } : { kind: 'NotUndef' })
  if (!isAssignable(inner, undefType)) return inner
  return inner === contained ? type : { kind: 'NotUndef', type: inner }
}

function normalizeOptional(type: PuppetType, contained: PuppetType): PuppetType {
  const inner = normalize(contained)
  if (inner.kind === 'NotUndef')
    return normalize(inner.type ? { kind: 'Optional', type: inner.type } : { kind: 'Optional' })
  if (isAssignable(inner, undefType)) return inner
  return inner === contained ? type : { kind: 'Optional', type: inner }
}

function changedList(
  type: PuppetType,
  parts: readonly PuppetType[],
  withParts: (parts: readonly PuppetType[]) => PuppetType,
): PuppetType {
  const normal = parts.map(normalize)
  return normal.every((t, i) => t === parts[i]) ? type : withParts(normal)
}

function normalizeCallable(type: CallableType): CallableType {
  const parameters = type.parameters?.map(normalize)
  const block = type.block && normalize(type.block)
  const returns = type.returns && normalize(type.returns)
  const isSame = (parameters ?? []).every((t, i) => t === type.parameters?.[i])
  if (isSame && block === type.block && returns === type.returns) return type
  return {
    ...type,
    ...(parameters ? { parameters } : {}),
    ...(block ? { block } : {}),
    ...(returns ? { returns } : {}),
  }
}

function normalizeVariant(type: PuppetType & { kind: 'Variant' }): PuppetType {
  if (type.types.length === 0) return type
  const types = type.types.map(normalize)
  const modified = types.some((t, i) => t !== type.types[i])
  if (types.length === 1) return types[0] as PuppetType
  if (types.some((t) => t.kind === 'Undef' || t.kind === 'Optional')) {
    const inner = types
      .filter((t) => t.kind !== 'Undef')
      .map((t) => (t.kind === 'Optional' ? (t.type ?? ({ kind: 'Any' } as const)) : t))
    return normalize({ kind: 'Optional', type: variantOf(inner) })
  }
  const flat = flattenVariants(types)
  const merged = mergeVariants(flat, (t) => normalize({ kind: 'NotUndef', type: normalize(t) }))
  if (merged.length === 1) return merged[0] as PuppetType
  return modified || merged.length !== flat.length ? variantOf(merged) : type
}
