import type { InitType } from '../../value/type.ts'
import type { Value } from '../../value/value.ts'
import { anyType, arrayOfAny } from '../construct.ts'
import { isInstance } from '../instance.ts'
import { type Constructor, signature } from './constructor.ts'

/** Makes a value of the type that the Init is for; an array gives the arguments, unless it is itself what is wanted. */
export function newInit(init: InitType): Constructor {
  const { type } = init
  if (!type) return { name: 'new_Init', dispatches: [] }
  const create = {
    signature: signature(['value', anyType]),
    call: ([value], { newInstance }) => newInstance(type, [value as Value, ...init.arguments]),
  } satisfies Constructor['dispatches'][number]
  if (init.arguments.length > 0) return { name: 'new_Init', dispatches: [create] }
  return {
    name: 'new_Init',
    dispatches: [
      {
        signature: signature(['value', arrayOfAny]),
        call: ([value], { newInstance }) => {
          const list = value as Value & { kind: 'array' }
          const single = init.accepted?.().single
          return single && isInstance(single, list) ? newInstance(type, [list]) : newInstance(type, list.values)
        },
      },
      create,
    ],
  }
}
