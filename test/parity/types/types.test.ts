import { describe, expect, test } from 'vitest'
import { isAssignable } from '../../../src/types/assignable.ts'
import { commonType } from '../../../src/types/common.ts'
import { generalize } from '../../../src/types/generalize.ts'
import { infer, inferSet } from '../../../src/types/infer.ts'
import { isInstance } from '../../../src/types/instance.ts'
import { describeMismatch } from '../../../src/types/mismatch/describe.ts'
import { normalize } from '../../../src/types/normalize.ts'
import { expandedTypeToString, typeText, typeToString } from '../../../src/types/print.ts'
import { valueToText } from '../../../src/types/text.ts'
import { ask, requests, type TypeRequest } from '../../oracles/type-requests.mjs'
import { typeOf, valueFrom } from '../../types/kinds.ts'
import { randomSources } from '../../types/random-sources.ts'
import { recorded } from '../../types/recorded.ts'
import { available, puppet } from '../reference.ts'

describe.skipIf(!available('types and values', puppet))('types', () => {
  test('the recorded answers are those of Puppet here', () => {
    const groups = requests()
    const answers = ask(Object.values(groups).flat())
    let at = 0
    for (const [group, list] of Object.entries(groups)) {
      const now = answers.slice(at, at + list.length)
      at += list.length
      const before = recorded<TypeRequest, object>(group)
      // Mismatches that are none are not recorded.
      const kept = now.filter((answer) => group !== 'describe' || answer.text !== '')
      expect(before.map((b) => b.answer)).toEqual(kept)
    }
  })

  test('random types and values meet the same verdicts', { timeout: 120_000 }, () => {
    const random = randomSources(Number(process.env.SEED ?? 20))
    const list: TypeRequest[] = []
    for (let i = 0; i < Number(process.env.COUNT ?? 500); i++) {
      const [type, other, value] = [random.type(), random.type(), random.value()]
      list.push({ op: 'print', type })
      list.push({ op: 'instance', type, values: [value] })
      list.push({ op: 'assignable', type, others: [other] })
      list.push({ op: 'common', type, others: [other] })
      list.push({ op: 'describe', type, value })
      list.push({ op: 'infer', value })
    }
    const answers = ask(list)
    const compared = list.flatMap((request, i) => {
      const answer = answers[i]
      // Puppet trips over its own code where it joins ranges of floats without bounds.
      if (answer?.error?.startsWith('comparison of Float with nil')) return []
      return [{ request, ours: answerOf(request), puppet: answer }]
    })
    expect(compared.filter((c) => !equal(c.ours, c.puppet))).toEqual([])
    expect(compared.length).toBeGreaterThan(list.length * 0.95)
  })
})

function equal(ours: object, theirs: object | undefined): boolean {
  const sorted = (answer: object) => JSON.stringify(Object.entries(answer).sort())
  return theirs !== undefined && sorted(ours) === sorted(theirs)
}

function answerOf(request: TypeRequest): object {
  const type = typeof request.type === 'string' ? typeOf(request.type) : ({ kind: 'Any' } as const)
  const other = () => typeOf((request.others as string[])[0] as string)
  switch (request.op) {
    case 'print':
      return {
        text: typeToString(type),
        expanded: expandedTypeToString(type),
        normal: expandedTypeToString(normalize(type)),
      }
    case 'instance':
      return { bits: isInstance(type, valueFrom((request.values as string[])[0] as string)) ? '1' : '0' }
    case 'assignable':
      return { bits: isAssignable(type, other()) ? '1' : '0' }
    case 'common':
      return { types: [typeToString(commonType(type, other()))] }
    case 'describe':
      return { text: describeMismatch('x', type, inferSet(valueFrom(request.value as string))) }
    default: {
      const value = valueFrom(request.value as string)
      const inferred = infer(value)
      return {
        infer: typeText(inferred),
        set: typeText(inferSet(value)),
        general: typeText(generalize(inferred)),
        text: valueToText(value),
      }
    }
  }
}
