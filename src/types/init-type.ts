import type { InitType, PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { isAssignable } from './assignable.ts'
import { tupleOf, variantOf } from './construct.ts'
import { generalize } from './generalize.ts'
import { inferSet } from './infer.ts'
import { constructorOf } from './new/constructors.ts'
import { printValue, typeText } from './print.ts'

/** `Init[type, arguments…]`: what it accepts is worked out at the first need, since an alias may not be known before. */
export function initType(type: PuppetType, args: readonly Value[], complain: (message: string) => never): InitType {
  let found: ReturnType<NonNullable<InitType['accepted']>> | undefined
  return {
    kind: 'Init',
    type,
    arguments: args,
    accepted: () => {
      found ??= alternatives(type, args, complain)
      return found
    },
  }
}

type Tuple = PuppetType & { kind: 'Tuple' }

function alternatives(
  type: PuppetType,
  args: readonly Value[],
  complain: (message: string) => never,
): { single: PuppetType; several: readonly PuppetType[] } {
  const nested = type.kind === 'Init' || type.kind === 'Optional' || type.kind === 'NotUndef'
  const maker = nested ? undefined : constructorOf(type)
  if (!maker) return complain(`Creation of new instance of type '${typeText(type)}' is not supported`)
  const tuples = maker.dispatches
    .filter((d) => !d.mismatch)
    .map((d) => tupleOf(d.signature.type.parameters ?? [], d.signature.type.size))
  if (args.length > 0) {
    const given = args.map(inferSet)
    const fitting = tuples.filter((t) => takesMore(t, given))
    if (fitting.length === 0) {
      const text = [typeText(type), ...args.map((a) => printValue(a))].join(', ')
      complain(
        `The type 'Init[${text}]' does not represent a valid set of parameters for ${generalize(type).kind}.new()`,
      )
    }
    return { single: variantOf([type, ...fitting.map((t) => t.types[0] as PuppetType)]), several: [] }
  }
  const takesJustOne = (t: Tuple) => (t.size ? t.size.min === 1 && t.size.max === 1 : t.types.length === 1)
  return {
    single: variantOf([type, ...tuples.filter(takesJustOne).map((t) => t.types[0] as PuppetType)]),
    several: tuples.filter((t) => !takesJustOne(t)),
  }
}

/** Whether the arguments can follow a first one. */
function takesMore(tuple: Tuple, given: readonly PuppetType[]): boolean {
  const size = tuple.size ?? { min: tuple.types.length, max: tuple.types.length }
  const count = 1 + given.length
  if (count < size.min || count > (size.max ?? Infinity)) return false
  return isAssignable(tuple, tupleOf([...tuple.types.slice(0, 1), ...given]))
}
