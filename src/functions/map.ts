import type { Block } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { builtin, toArray } from './definition.ts'
import { iterationOverloads, untilBreak } from './iteration.ts'

export const map = builtin(
  'map',
  iterationOverloads((call, steps) => {
    const results: Value[] = []
    untilBreak(() => {
      for (const step of steps) results.push(step.give(call.block as Block))
    })
    return toArray(call, results)
  }, 'next'),
)
