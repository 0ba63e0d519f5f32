import type { Block } from '../value/function.ts'
import { builtin, isTrue, toBoolean } from './definition.ts'
import { iterationOverloads } from './iteration.ts'

export const all = builtin(
  'all',
  iterationOverloads(
    (call, steps) => {
      for (const step of steps) if (!isTrue(step.give(call.block as Block))) return toBoolean(call, false)
      return toBoolean(call, true)
    },
    'all',
    'all?',
  ),
)
