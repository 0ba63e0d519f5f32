import type { PuppetType } from '../../value/type.ts'
import { hashGet, type Value } from '../../value/value.ts'
import { rubyClass } from '../ruby-value.ts'
import { timespanText, timestampText } from '../time-text.ts'
import { timespanOfHash, timespanOfNumber } from '../timespan.ts'
import { parseTimespan } from '../timespan-format.ts'
import { parseTimestamp } from '../timestamp.ts'

/** The range of a Timestamp or Timespan type; bounds may be numbers of seconds, texts, hashes and values. */
export function timeRange(
  kind: 'Timestamp' | 'Timespan',
  keys: readonly Value[],
  complain: (message: string, key?: number) => never,
): PuppetType {
  const [from, to] = keys.map((key) => bound(kind, key, complain))
  if (from !== undefined && to !== undefined && from > to) {
    const text = kind === 'Timestamp' ? timestampText : timespanText
    complain(`'from' must be less or equal to 'to'. Got (${text(from)}, ${text(to)}`)
  }
  return { kind, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

function bound(kind: 'Timestamp' | 'Timespan', key: Value, complain: (message: string) => never): bigint | undefined {
  switch (key.kind) {
    case 'default':
    case 'undef':
      return undefined
    case 'integer':
    case 'float':
      return timespanOfNumber(key.value)
    case 'string':
      return kind === 'Timestamp' ? parseTimestamp(key.value) : parseTimespan(key.value)
    case 'hash':
      return kind === 'Timespan'
        ? timespanOfHash(key)
        : parseTimestamp(textOf(key, 'string'), formatOf(key), zoneOf(key))
    default:
      if (key.kind === kind.toLowerCase()) return (key as Value & { kind: 'timestamp' }).nanoseconds
      return complain(`Unable to create a Puppet::Pops::Time::${kind} from a ${rubyClass(key)}`)
  }
}

function textOf(key: Value & { kind: 'hash' }, name: string): string {
  const found = hashGet(key, name)
  return found?.kind === 'string' ? found.value : ''
}

function formatOf(key: Value & { kind: 'hash' }): string | readonly string[] | undefined {
  const found = hashGet(key, 'format')
  if (found?.kind === 'string') return found.value
  return found?.kind === 'array' ? found.values.flatMap((v) => (v.kind === 'string' ? [v.value] : [])) : undefined
}

function zoneOf(key: Value & { kind: 'hash' }): string | undefined {
  const zone = textOf(key, 'timezone')
  return zone === '' ? undefined : zone
}
