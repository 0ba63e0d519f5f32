import { describe, expect, test } from 'vitest'
import { isAssignable } from '../../src/types/assignable.ts'
import { commonType } from '../../src/types/common.ts'
import { generalize } from '../../src/types/generalize.ts'
import { infer, inferSet } from '../../src/types/infer.ts'
import { isInstance } from '../../src/types/instance.ts'
import { describeMismatch } from '../../src/types/mismatch/describe.ts'
import { describeParameters } from '../../src/types/mismatch/parameters.ts'
import { normalize } from '../../src/types/normalize.ts'
import { expandedTypeToString, typeText, typeToString } from '../../src/types/print.ts'
import { valueToText } from '../../src/types/text.ts'
import { evaluate, typeOf, valueFrom } from './kinds.ts'
import { attempt, recorded } from './recorded.ts'

/** Messages of Ruby itself where Puppet trips over its own code: nothing to match. */
const isCrash = (error: string | undefined) => error !== undefined && /undefined method|stack level/.test(error)

describe('Puppet prints types', () => {
  type Answer = { text: string; expanded: string; normal: string }
  for (const { request, answer } of recorded<{ type: string }, Answer>('print'))
    test(request.type, () => {
      const type = typeOf(request.type)
      expect({
        text: typeToString(type),
        expanded: expandedTypeToString(type),
        normal: expandedTypeToString(normalize(type)),
      }).toEqual(answer)
    })
})

describe('values are of types', () => {
  for (const { request, answer } of recorded<{ type: string; values: string[] }, { bits: string }>('instance'))
    test(request.type, () => {
      if (isCrash(answer.error)) return
      const type = typeOf(request.type)
      const wrong = request.values.filter((v, i) => isInstance(type, valueFrom(v)) !== (answer.bits[i] === '1'))
      expect(wrong).toEqual([])
    })
})

describe('types are assignable to types', () => {
  for (const { request, answer } of recorded<{ type: string; others: string[] }, { bits: string }>('assignable'))
    test(request.type, () => {
      if (isCrash(answer.error)) return
      const type = typeOf(request.type)
      const wrong = request.others.filter((o, i) => isAssignable(type, typeOf(o)) !== (answer.bits[i] === '1'))
      expect(wrong).toEqual([])
    })
})

describe('types have a common type', () => {
  for (const { request, answer } of recorded<{ type: string; others: string[] }, { types: string[] }>('common'))
    test(request.type, () => {
      if (isCrash(answer.error)) return
      const type = typeOf(request.type)
      const ours = request.others.map((o) => `${o}: ${typeToString(commonType(type, typeOf(o)))}`)
      expect(ours).toEqual(request.others.map((o, i) => `${o}: ${answer.types[i]}`))
    })
})

describe('values have types and texts', () => {
  type Answer = { infer: string; set: string; general: string; text: string }
  for (const { request, answer } of recorded<{ value: string }, Answer>('infer'))
    test(request.value, () => {
      const value = valueFrom(request.value)
      const type = infer(value)
      expect({
        infer: typeText(type),
        set: typeText(inferSet(value)),
        general: typeText(generalize(type)),
        text: valueToText(value),
      }).toEqual(answer)
    })
})

describe('mismatches are described', () => {
  const byType = new Map<string, { value: string; text: string }[]>()
  for (const { request, answer } of recorded<{ type: string; value: string }, { text: string }>('describe')) {
    if (isCrash(answer.error)) continue
    const list = byType.get(request.type) ?? []
    list.push({ value: request.value, text: answer.text })
    byType.set(request.type, list)
  }
  for (const [source, list] of byType)
    test(source, () => {
      const type = typeOf(source)
      const ours = list.map(({ value }) => `${value}: ${describeMismatch('x', type, inferSet(valueFrom(value)))}`)
      expect(ours).toEqual(list.map(({ value, text }) => `${value}: ${text}`))
    })
})

describe.each(['conversions', 'formats', 'expressions'])('%s', (group) => {
  for (const { request, answer } of recorded<{ code: string }, { text: string; type: string }>(group))
    test(request.code, () => {
      if (isCrash(answer.error)) return
      const ours = attempt(() => {
        const value = evaluate(request.code)
        return { text: valueToText(value), type: typeText(infer(value)) }
      })
      expect(ours).toEqual(answer)
    })
})

describe('parameters are checked', () => {
  type Request = { parameters: Record<string, [string, boolean]>; given: Record<string, string> }
  for (const { request, answer } of recorded<Request, { text: string | null }>('parameters'))
    test(JSON.stringify(request.given), () => {
      const parameters = Object.entries(request.parameters).map(([name, [type, isOptional]]) => ({
        name,
        type: typeOf(type),
        optional: isOptional,
      }))
      const given = new Map(Object.entries(request.given).map(([name, value]) => [name, valueFrom(value)]))
      expect({ text: describeParameters('X', parameters, given) ?? null }).toEqual(answer)
    })
})
