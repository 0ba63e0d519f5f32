import type { Block } from '../value/function.ts'
import { builtin, isTrue, toBoolean } from './definition.ts'
import { iterationOverloads } from './iteration.ts'

export const any = builtin(
  'any',
  iterationOverloads(
    (call, steps) => {
      for (const step of steps) if (isTrue(step.give(call.block as Block))) return toBoolean(call, true)
      return toBoolean(call, false)
    },
    'all',
    'any?',
  ),
)
