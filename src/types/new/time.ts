import type { HashValue, Value } from '../../value/value.ts'
import { arrayOf, booleanType, integerType, nonEmptyString } from '../construct.ts'
import { timespanOfFields, timespanOfHash, timespanOfNumber } from '../timespan.ts'
import { parseTimespan } from '../timespan-format.ts'
import { parseTimestamp } from '../timestamp.ts'
import { type Constructor, entry, failConversion, localType, signature, struct, variant } from './constructor.ts'

const twoOrMore = { kind: 'String', size: { min: 2 } } as const
const formats = localType('Formats', variant(twoOrMore, arrayOf(twoOrMore, { min: 1 })))
const secondsType = variant(integerType, { kind: 'Float' })

function formatsOf(value: Value | undefined): string | readonly string[] | undefined {
  if (value?.kind === 'string') return value.value
  return value?.kind === 'array' ? value.values.flatMap((v) => (v.kind === 'string' ? [v.value] : [])) : undefined
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined
}

function secondsOf(value: Value | undefined): bigint {
  return timespanOfNumber((value as Value & { kind: 'integer' | 'float' }).value)
}

function integerOf(value: Value | undefined): bigint {
  return value?.kind === 'integer' ? value.value : 0n
}

export const newTimespan: Constructor = {
  name: 'new_timespan',
  dispatches: [
    {
      signature: signature(['seconds', secondsType]),
      call: ([seconds], { origin }) => ({ kind: 'timespan', nanoseconds: secondsOf(seconds), origin }),
    },
    {
      signature: signature(['string', nonEmptyString], ['format', formats, 'optional']),
      call: ([text, format], { origin }) => ({
        kind: 'timespan',
        nanoseconds: parseTimespan(textOf(text) ?? '', formatsOf(format)),
        origin,
      }),
    },
    {
      signature: signature(
        ['days', integerType],
        ['hours', integerType],
        ['minutes', integerType],
        ['seconds', integerType],
        ['milliseconds', integerType, 'optional'],
        ['microseconds', integerType, 'optional'],
        ['nanoseconds', integerType, 'optional'],
      ),
      call: (args, { origin }) => {
        const [days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds] = Array.from(
          { length: 7 },
          (_, i) => integerOf(args[i]),
        ) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint]
        const fields = { days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds, negative: false }
        return { kind: 'timespan', nanoseconds: timespanOfFields(fields), origin }
      },
    },
    {
      signature: signature(['hash_arg', struct({ string: nonEmptyString, 'format?': formats })]),
      call: ([given], { origin }) => ({ kind: 'timespan', nanoseconds: timespanOfHash(given as HashValue), origin }),
    },
    {
      signature: signature([
        'hash_arg',
        struct({
          'negative?': booleanType,
          'days?': integerType,
          'hours?': integerType,
          'minutes?': integerType,
          'seconds?': integerType,
          'milliseconds?': integerType,
          'microseconds?': integerType,
          'nanoseconds?': integerType,
        }),
      ]),
      call: ([given], { origin }) => ({ kind: 'timespan', nanoseconds: timespanOfHash(given as HashValue), origin }),
    },
  ],
}

export const newTimestamp: Constructor = {
  name: 'new_timestamp',
  dispatches: [
    {
      signature: signature(),
      call: (_, making) => {
        if (making.now === undefined) return failConversion('The current time is not known here', making)
        return { kind: 'timestamp', nanoseconds: making.now, origin: making.origin }
      },
    },
    {
      signature: signature(['seconds', secondsType]),
      call: ([seconds], { origin }) => ({ kind: 'timestamp', nanoseconds: secondsOf(seconds), origin }),
    },
    {
      signature: signature(
        ['string', nonEmptyString],
        ['format', formats, 'optional'],
        ['timezone', nonEmptyString, 'optional'],
      ),
      call: ([text, format, timezone], { origin }) => ({
        kind: 'timestamp',
        nanoseconds: parseTimestamp(textOf(text) ?? '', formatsOf(format), textOf(timezone)),
        origin,
      }),
    },
    {
      signature: signature([
        'hash_arg',
        struct({ string: nonEmptyString, 'format?': formats, 'timezone?': nonEmptyString }),
      ]),
      call: ([given], { origin }) => {
        const hash = given as HashValue
        const text = textOf(entry(hash, 'string')) ?? ''
        const nanoseconds = parseTimestamp(text, formatsOf(entry(hash, 'format')), textOf(entry(hash, 'timezone')))
        return { kind: 'timestamp', nanoseconds, origin }
      },
    },
  ],
}
