import type { Block } from '../value/function.ts'
import { hash, type Value } from '../value/value.ts'
import { builtin, isTrue, originOf, toArray } from './definition.ts'
import { iterationOverloads, untilBreak } from './iteration.ts'

export const filter = builtin(
  'filter',
  iterationOverloads((call, steps, form) => {
    const block = call.block as Block
    if (form.startsWith('hash')) {
      // A break() here is not ended by Puppet's filter: it reaches the iteration around it.
      const kept: [Value, Value][] = []
      for (const step of steps) if (isTrue(step.give(block))) kept.push([step.key, step.value])
      return hash(kept, originOf(call))
    }
    const kept: Value[] = []
    untilBreak(() => {
      for (const step of steps) if (isTrue(step.give(block))) kept.push(step.value)
    })
    return toArray(call, kept)
  }, 'next'),
)
