import type { CallableType, PuppetType, Size } from '../../value/type.ts'
import { resolveAlias } from '../alias.ts'
import { isAssignable, tupleSize } from '../assignable.ts'
import { anyType, exactly, undefType } from '../construct.ts'
import { typeText } from '../print.ts'
import { sizeWithin } from '../strings.ts'
import { describe } from './describe.ts'
import { mismatchText } from './message.ts'
import { chopPath, type Mismatch, mergeMismatches, type Path, path } from './mismatch.ts'

/** One way to call a function. */
export interface Signature {
  readonly type: CallableType
  readonly names: readonly string[]
  readonly blockName?: string
}

/**
 * Why no signature takes the arguments, in Puppet's words: `'each' expects at least 1 argument, got none`,
 * or a list of the signatures with the reason below each.
 *
 * `args` are the types of the arguments, that of the block (a Callable) last.
 */
export function describeSignatures(
  name: string,
  signatures: readonly Signature[],
  args: readonly PuppetType[],
): string {
  let complaints: (readonly Mismatch[])[] = signatures.map((s, i) => describeArguments(s, args, [path.signature(i)]))
  if (complaints.some((c) => c.length === 0)) {
    const blocks = signatures.map((s, i) => describeBlock(s, args, [path.signature(i)]))
    complaints = blocks.every((b) => b.length > 0)
      ? blocks
      : complaints.map((c, i) => (c.length === 0 ? (blocks[i] as readonly Mismatch[]) : c))
  }
  const label = name === 'lambda' ? 'block' : `'${name}'`
  const merged = mergeMismatches(0, 'count', complaints)
  const single = merged[0]
  if (merged.length === 1 && single) return `${label}${mismatchText(single)}`
  const rejections = (index: number, indent: string) =>
    (complaints[index] ?? []).map((m) => `${indent}rejected:${mismatchText(chopPath(m, 0))}`)
  const first = signatures[0]
  if (signatures.length === 1 && first)
    return [`${label} expects (${signatureText(first)})`, ...rejections(0, '  ')].join('\n')
  return [
    `The function ${label} was called with arguments it does not accept. It expects one of:`,
    ...signatures.flatMap((s, i) => [`  (${signatureText(s)})`, ...rejections(i, '    ')]),
  ].join('\n')
}

function describeArguments(signature: Signature, args: readonly PuppetType[], at: Path): readonly Mismatch[] {
  const types = signature.type.parameters ?? []
  const wanted = tupleSize(types, signature.type.size)
  const last = args.at(-1)
  const plain = last && isKindOfCallable(last) ? args.slice(0, -1) : args
  const given = exactly(plain.length)
  if (!sizeWithin(wanted, given)) return [{ kind: 'count', path: at, expected: wanted, actual: given }]
  for (const [i, type] of plain.entries()) {
    const index = Math.min(i, types.length - 1)
    const expected = types[index] ?? anyType
    if (isAssignable(expected, type)) continue
    const found = describe(expected, type, [...at, path.parameter(signature.names[index] ?? '')])
    if (found.length > 0) return found
  }
  return []
}

function describeBlock(signature: Signature, args: readonly PuppetType[], at: Path): readonly Mismatch[] {
  const wanted = signature.type.block
  const given = args.at(-1)
  if (given && isKindOfCallable(given))
    return wanted ? describe(wanted, given, [...at, path.block]) : [{ kind: 'unexpected-block', path: at }]
  return !wanted || isAssignable(wanted, undefType) ? [] : [{ kind: 'missing-block', path: at }]
}

/** Callables, and Variants and Optionals of nothing else. */
export function isKindOfCallable(type: PuppetType): boolean {
  const resolved = resolveAlias(type)
  switch (resolved.kind) {
    case 'Callable':
      return true
    case 'Variant':
      return resolved.types.every(isKindOfCallable)
    case 'Optional':
      return resolved.type !== undefined && isKindOfCallable(resolved.type)
    default:
      return false
  }
}

/** The parameters as messages list them: `Integer x, String y?, Any z*`. */
function signatureText(signature: Signature): string {
  const types = signature.type.parameters ?? []
  const size: Size = tupleSize(types, signature.type.size)
  if (size.min === 0 && size.max === 0) return ''
  const names = signature.names.length === 0 ? types.map(() => '') : signature.names
  const parts = names.map((name, i) => {
    let type = types[i] ?? (types.at(-1) as PuppetType)
    let mark = ''
    if (size.max === undefined && i === names.length - 1) mark = size.min === names.length ? '+' : '*'
    else if (i + 1 > size.min) {
      mark = '?'
      if (type.kind === 'Optional' && type.type) type = type.type
    }
    return `${typeText(type)} ${name}${mark}`
  })
  const { block } = signature.type
  if (block?.kind === 'Optional' && block.type) parts.push(`${typeText(block.type)} ${signature.blockName ?? 'block'}?`)
  else if (block?.kind === 'Callable') parts.push(`${typeText(block)} ${signature.blockName ?? 'block'}`)
  return parts.join(', ')
}
