import type { CallableType, PuppetType, Size } from '../../value/type.ts'
import type { Value } from '../../value/value.ts'
import { sizeOf, unitType } from '../construct.ts'
import { generalize } from '../generalize.ts'
import { infer } from '../infer.ts'
import { isKindOfCallable } from '../mismatch/signatures.ts'

/**
 * `Callable[types…, min, max, block]`, and `Callable[[…], returned]` with the type of what it gives.
 */
export function callableOf(
  base: CallableType,
  keys: readonly Value[],
  complain: (message: string, key?: number) => never,
): PuppetType {
  const first = keys[0]
  if (first?.kind !== 'array') return withParameters(keys)
  if (keys.length !== 2) return complain(`A Callable-Type[] accepts 2 arguments. Got ${keys.length}`)
  const returned = keys[1] as Value
  if (returned.kind !== 'type') return complain('Callable-Type[] arguments must be types.', 1)
  const type = first.values.length === 0 ? noParameters() : withParameters(first.values)
  return returned.type.kind === 'Any' ? type : { ...base, ...type, returns: returned.type }
}

function noParameters(): CallableType {
  return { kind: 'Callable', parameters: [] }
}

function withParameters(keys: readonly Value[]): CallableType {
  let rest = keys
  let block: PuppetType | undefined
  const last = rest.at(-1)
  if (last?.kind === 'type' && isKindOfCallable(last.type)) {
    block = last.type
    rest = rest.slice(0, -1)
  }
  const bounds = isBound(rest.at(-1)) ? (isBound(rest.at(-2)) ? 2 : 1) : 0
  const size = bounds === 0 ? undefined : sizeFrom(rest.slice(-bounds))
  const types = rest.slice(0, rest.length - bounds).map(typeOf)
  if (types.length === 0 && size && size.max !== 0) types.push(unitType)
  return { kind: 'Callable', parameters: types, ...(size ? { size } : {}), ...(block ? { block } : {}) }
}

function isBound(key: Value | undefined): boolean {
  return key?.kind === 'integer' || key?.kind === 'default' || (key?.kind === 'string' && key.value === 'default')
}

function sizeFrom(keys: readonly Value[]): Size {
  const [from, to] = keys.map((k) => (k.kind === 'integer' ? k.value : undefined))
  return sizeOf(from, to)
}

function typeOf(key: Value): PuppetType {
  if (key.kind === 'type') return key.type
  if (key.kind === 'string') return { kind: 'Runtime', runtime: 'ruby', name: key.value }
  return generalize(infer(key))
}
