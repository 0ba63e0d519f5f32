import { type HashValue, hashGet } from '../value/value.ts'
import { parseTimespan } from './timespan-format.ts'

const second = 1_000_000_000n

/** Nanoseconds of a number of seconds, cut towards zero. */
export function timespanOfNumber(seconds: bigint | number): bigint {
  return typeof seconds === 'bigint' ? seconds * second : BigInt(Math.trunc(seconds * 1e9))
}

export interface TimespanFields {
  readonly negative: boolean
  readonly days: bigint
  readonly hours: bigint
  readonly minutes: bigint
  readonly seconds: bigint
  readonly milliseconds: bigint
  readonly microseconds: bigint
  readonly nanoseconds: bigint
}

export function timespanOfFields(fields: TimespanFields): bigint {
  const seconds = ((fields.days * 24n + fields.hours) * 60n + fields.minutes) * 60n + fields.seconds
  const sum = ((seconds * 1000n + fields.milliseconds) * 1000n + fields.microseconds) * 1000n + fields.nanoseconds
  return fields.negative ? -sum : sum
}

/** `{string => …, format => …}`, or fields by name. */
export function timespanOfHash(hash: HashValue): bigint {
  const text = hashGet(hash, 'string')
  if (text?.kind === 'string') {
    const format = hashGet(hash, 'format')
    if (format?.kind === 'string') return parseTimespan(text.value, format.value)
    if (format?.kind !== 'array') return parseTimespan(text.value)
    return parseTimespan(
      text.value,
      format.values.flatMap((v) => (v.kind === 'string' ? [v.value] : [])),
    )
  }
  const field = (name: string) => {
    const found = hashGet(hash, name)
    return found?.kind === 'integer' ? found.value : 0n
  }
  const negative = hashGet(hash, 'negative')
  return timespanOfFields({
    negative: negative?.kind === 'boolean' && negative.value,
    days: field('days'),
    hours: field('hours'),
    minutes: field('minutes'),
    seconds: field('seconds'),
    milliseconds: field('milliseconds'),
    microseconds: field('microseconds'),
    nanoseconds: field('nanoseconds'),
  })
}
