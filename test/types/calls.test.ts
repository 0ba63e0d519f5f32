import { describe, expect, test } from 'vitest'
import { sourceFile, span } from '../../src/source/source-file.ts'
import { dispatch } from '../../src/types/dispatch.ts'
import { infer } from '../../src/types/infer.ts'
import { typeText } from '../../src/types/print.ts'
import { valueToText } from '../../src/types/text.ts'
import type { Block, BlockParameter, CallContext, FunctionDefinition } from '../../src/value/function.ts'
import { unknownOrigin } from '../../src/value/origin.ts'
import { integer, string, type Value } from '../../src/value/value.ts'
import { argumentsOf, kinds, typeOf } from './kinds.ts'
import { attempt, recorded } from './recorded.ts'

const place = span(sourceFile('test.pp', ''), 0, 0)
const context = { span: place, types: kinds } as CallContext
const gives = (text: string) => () => string(text, unknownOrigin)

/** The functions of test/types/modules once more. */
const functions: readonly FunctionDefinition[] = [
  {
    name: 'kinds::one',
    dispatches: [
      {
        parameters: [
          { name: 'name', type: 'String[1]' },
          { name: 'count', type: 'Integer', optional: true },
        ],
        returns: 'String',
        method: 'one',
        call: (_, [name, count]) => {
          const times = count?.kind === 'integer' ? Number(count.value) : 1
          const text = (name as Value & { kind: 'string' }).value
          return times === 0 ? integer(0, unknownOrigin) : string(text.repeat(times), unknownOrigin)
        },
      },
    ],
  },
  {
    name: 'kinds::many',
    dispatches: [
      { parameters: [{ name: 'texts', type: 'String', repeated: true, required: true }], call: gives('strings') },
      {
        parameters: [
          { name: 'first', type: 'Pair' },
          { name: 'rest', type: 'Variant[Pair, Kinds::Port]', repeated: true },
        ],
        localTypes: new Map([['Pair', 'Tuple[String, Integer]']]),
        call: gives('pairs'),
      },
      {
        parameters: [{ name: 'hash', type: 'Hash[String, Any]' }],
        block: { type: 'Callable[2, 2]', name: 'block' },
        call: gives('block'),
      },
    ],
  },
  {
    name: 'kinds::block',
    dispatches: [
      {
        parameters: [{ name: 'n', type: 'Integer' }],
        block: { type: 'Callable[String]', name: 'each', optional: true },
        call: gives('block'),
      },
    ],
  },
  {
    name: 'kinds::strict',
    dispatches: [
      { parameters: [{ name: 'letter', type: 'Enum[a, b]' }], block: { type: 'Callable' }, call: gives('strict') },
      {
        parameters: [{ name: 'letter', type: 'Integer' }],
        mismatch: (_, [letter]) => `takes no number such as ${valueToText(letter as Value)}`,
        call: gives('never'),
      },
    ],
  },
]

/** A lambda's type out of its parameters: `|String $x, $y = 1, *$z|`. */
function blockOf(parameters: string): Block {
  const parts = parameters.split(',').filter((p) => p.trim() !== '')
  const read = parts.map((part): BlockParameter => {
    const [, type, star, name = '', value] = /^\s*(?:([A-Z]\w*)\s+)?(\*?)\$(\w+)\s*(=.*)?$/.exec(part) ?? []
    return {
      name,
      optional: value !== undefined,
      capturesRest: star === '*',
      ...(type === undefined ? {} : { type: typeOf(type) }),
    }
  })
  const min = read.filter((p) => !p.optional && !p.capturesRest).length
  const size = read.some((p) => p.capturesRest) ? { min } : { min, max: read.length }
  const types = read.map((p) => p.type ?? ({ kind: 'Any' } as const))
  return {
    span: place,
    parameters: read,
    type: { kind: 'Callable', parameters: types, size },
    call: () => integer(1, unknownOrigin),
  }
}

describe('functions are called', () => {
  for (const { request, answer } of recorded<{ code: string }, { text: string; type: string }>('calls'))
    test(request.code, () => {
      const [, name, args = '', block] = /^([\w:]+)\((.*?)\)(?: \|(.*)\| \{ 1 \})?$/.exec(request.code) ?? []
      const definition = functions.find((f) => f.name === name) as FunctionDefinition
      const ours = attempt(() => {
        const given = block === undefined ? undefined : blockOf(block)
        const value = dispatch(definition, context, argumentsOf(args), given)
        return { text: valueToText(value), type: typeText(infer(value)) }
      })
      expect(ours).toEqual(answer)
    })
})

test('a function of the old API gets an empty string for undef', () => {
  let seen: readonly Value[] = []
  const definition: FunctionDefinition = {
    name: 'old',
    legacy: true,
    dispatches: [
      {
        parameters: [
          { name: 'p0', type: 'Any' },
          { name: 'p1', type: 'Any' },
        ],
        call: (_, args) => {
          seen = args
          return string('done', unknownOrigin)
        },
      },
    ],
  }
  dispatch(definition, context, argumentsOf('undef, [undef]'), undefined)
  expect(seen.map(valueToText)).toEqual(['', '[]'])
  expect(seen[0]?.kind).toBe('string')
  expect(attempt(() => ({ value: dispatch(definition, context, argumentsOf('1'), undefined) }))).toEqual({
    error: "'old' expects 2 arguments, got 1",
  })
})
