import type { Block } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { builtin } from './definition.ts'
import { iterationOverloads, untilBreak } from './iteration.ts'

export const each = builtin(
  'each',
  iterationOverloads((call, steps) => {
    untilBreak(() => {
      for (const step of steps) step.give(call.block as Block)
    })
    return call.args[0] as Value
  }, 'next'),
)
