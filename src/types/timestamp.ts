import { define, fail } from '../source/diagnostic.ts'
import { type ParsedTime, parseTime, zoneOffset } from './strptime.ts'

const unparsable = define(
  'error',
  'puppet/bad-timestamp',
  (text: string, format: string) => `Unable to parse '${text}' using format '${format}'`,
)
const unparsableByAll = define(
  'error',
  'puppet/bad-timestamp',
  (text: string, formats: string) => `Unable to parse '${text}' using any of the formats ${formats}`,
)
const twoZones = define(
  'error',
  'puppet/bad-timestamp',
  () =>
    'Using a Timezone designator in format specification is mutually exclusive to providing an explicit timezone argument',
)
/** Ruby's own words: Puppet hands the missing year on to it. */
const noYear = define('error', 'puppet/bad-timestamp', () => 'no implicit conversion of nil into Integer')
const badZone = define('error', 'puppet/bad-timezone', (zone: string) => `Illegal timezone '${zone}'`)

const formatsWithoutZone = ['%FT%T.%N', '%FT%T', '%F %T.%N', '%F %T', '%F']
const formats = [...formatsWithoutZone.map((f) => `${f} %Z`), ...formatsWithoutZone]

/** Nanoseconds since 1970 out of a text; without zone it is UTC. Formats are those of `strptime`. */
export function parseTimestamp(text: string, format?: string | readonly string[], timezone?: string): bigint {
  const zone = timezone === '' ? undefined : timezone
  const wanted = format ?? (zone === undefined ? formats : formatsWithoutZone)
  const parsed = typeof wanted === 'string' ? parseByOne(text, wanted, zone) : parseByFirst(text, wanted, zone)
  const offset = zone ?? parsed.zone
  const seconds = offset === undefined ? 0 : utcOffset(offset)
  return nanosecondsOf(parsed) - BigInt(seconds) * 1_000_000_000n
}

function parseByOne(text: string, format: string, zone: string | undefined): ParsedTime {
  const parsed = parseTime(text, format)
  if (!parsed) return fail(unparsable([text, format]))
  if (zone !== undefined && parsed.zone !== undefined) fail(twoZones([]))
  return parsed
}

function parseByFirst(text: string, wanted: readonly string[], zone: string | undefined): ParsedTime {
  for (const format of wanted) {
    const parsed = parseTime(text, format)
    if (parsed && (zone === undefined || parsed.zone === undefined)) return parsed
  }
  return fail(unparsableByAll([text, wanted.join(', ')]))
}

function nanosecondsOf(time: ParsedTime): bigint {
  if (time.year === undefined) fail(noYear([]))
  const date = new Date(0)
  date.setUTCFullYear(time.year ?? 0, (time.month ?? 1) - 1, time.day ?? 1)
  date.setUTCHours(time.hour ?? 0, time.minute ?? 0, time.second ?? 0)
  return BigInt(date.getTime()) * 1_000_000n + (time.nanoseconds ?? 0n)
}

/** Seconds east of UTC of `+02:00`, `CEST`, `UTC+1` or `current` (which is UTC here, as on most servers). */
export function utcOffset(zone: string): number {
  if (zone.toLowerCase() === 'current') return 0
  return zoneOffset(zone) ?? fail(badZone([zone]))
}
