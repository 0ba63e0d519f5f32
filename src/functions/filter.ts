import type { Block } from '../value/function.ts'
import { isFixed } from '../value/origin.ts'
import { hash, type Value, withOrigin } from '../value/value.ts'
import { builtin, isTrue, originOf, toArray } from './definition.ts'
import { iterationOverloads, untilBreak } from './iteration.ts'

export const filter = builtin(
  'filter',
  iterationOverloads((call, steps, form) => {
    const block = call.block as Block
    if (form.startsWith('hash')) {
      // A break() here is not ended by Puppet's filter: it reaches the iteration around it.
      const kept: [Value, Value][] = []
      for (const step of steps) {
        const answer = step.give(block)
        if (isTrue(answer)) kept.push([step.key, keptBy(step.value, answer, block)])
      }
      return hash(kept, originOf(call))
    }
    const kept: Value[] = []
    untilBreak(() => {
      for (const step of steps) {
        const answer = step.give(block)
        if (isTrue(answer)) kept.push(keptBy(step.value, answer, block))
      }
    })
    return toArray(call, kept)
  }, 'next'),
)

/** The element is there because of what the block said of it. */
function keptBy(value: Value, answer: Value, block: Block): Value {
  const by = { span: block.span, origin: answer.origin, reads: [] }
  return isFixed(answer.origin) ? value : withOrigin(value, { kind: 'chosen', from: value.origin, by })
}
