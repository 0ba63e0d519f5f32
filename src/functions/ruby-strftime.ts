import { floorDivide } from '../types/time-text.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

interface Moment {
  /** Its fields are those of the local time. */
  readonly local: Date
  readonly nanoseconds: bigint
  readonly epoch: bigint
  readonly year: number
  readonly offset: number
  readonly zone: string
}

/**
 * Ruby's Time#strftime of a moment in nanoseconds since 1970. `offset`: seconds east of UTC; left out, the time is UTC
 * and its zone has a name.
 */
export function rubyStrftime(format: string, nanoseconds: bigint, offset?: number): string {
  const epoch = floorDivide(nanoseconds, 1_000_000_000n)
  const local = new Date(Number(epoch) * 1000 + (offset ?? 0) * 1000)
  return expand(format, {
    local,
    nanoseconds: nanoseconds - epoch * 1_000_000_000n,
    epoch,
    year: local.getUTCFullYear(),
    offset: offset ?? 0,
    zone: offset === undefined ? 'UTC' : '',
  })
}

function expand(format: string, moment: Moment): string {
  return format.replace(
    /%([-0^#_]*)(\d*)(:{0,3})([EO]?)([\s\S])/gu,
    (written, flags: string, width: string, colons: string, _modifier: string, letter: string) => {
      if (colons !== '' && letter !== 'z') return written
      return (
        directive(letter, { flags, width: width === '' ? undefined : Number(width), colons: colons.length }, moment) ??
        written
      )
    },
  )
}

interface Options {
  readonly flags: string
  readonly width: number | undefined
  readonly colons: number
}

function directive(letter: string, options: Options, moment: Moment): string | undefined {
  const { local, year } = moment
  const number = (value: number | bigint, width: number, fill = '0') => pad(value, width, fill, options)
  const text = (value: string, swapped = false) => padText(value, options, swapped)
  const hour = local.getUTCHours()
  const hour12 = hour % 12 === 0 ? 12 : hour % 12
  switch (letter) {
    case 'Y':
      return number(year, year < 0 ? 5 : 4)
    case 'C':
      return number(Math.floor(year / 100), 2)
    case 'y':
      return number(((year % 100) + 100) % 100, 2)
    case 'm':
      return number(local.getUTCMonth() + 1, 2)
    case 'B':
      return text(months[local.getUTCMonth()] as string)
    case 'b':
    case 'h':
      return text((months[local.getUTCMonth()] as string).slice(0, 3))
    case 'd':
      return number(local.getUTCDate(), 2)
    case 'e':
      return number(local.getUTCDate(), 2, ' ')
    case 'j':
      return number(dayOfYear(local), 3)
    case 'H':
      return number(hour, 2)
    case 'k':
      return number(hour, 2, ' ')
    case 'I':
      return number(hour12, 2)
    case 'l':
      return number(hour12, 2, ' ')
    case 'P':
      return text(hour < 12 ? 'am' : 'pm')
    case 'p':
      return text(hour < 12 ? 'AM' : 'PM', true)
    case 'M':
      return number(local.getUTCMinutes(), 2)
    case 'S':
      return number(local.getUTCSeconds(), 2)
    case 'L':
      return fraction(moment, options.width ?? 3)
    case 'N':
      return fraction(moment, options.width ?? 9)
    case 'z':
      return zone(moment, options)
    case 'Z':
      return text(moment.zone, true)
    case 'A':
      return text(days[local.getUTCDay()] as string)
    case 'a':
      return text((days[local.getUTCDay()] as string).slice(0, 3))
    case 'u':
      return number(local.getUTCDay() || 7, 1)
    case 'w':
      return number(local.getUTCDay(), 1)
    case 'G':
      return number(isoWeek(local).year, 4)
    case 'g':
      return number(isoWeek(local).year % 100, 2)
    case 'V':
      return number(isoWeek(local).week, 2)
    case 'U':
      return number(Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7), 2)
    case 'W':
      return number(Math.floor((dayOfYear(local) + 6 - ((local.getUTCDay() + 6) % 7)) / 7), 2)
    case 's':
      return number(moment.epoch, 1)
    case 'n':
      return text('\n')
    case 't':
      return text('\t')
    case '%':
      return text('%')
    default: {
      const composed = compositions[letter]
      return composed === undefined ? undefined : padComposed(expand(composed, moment), options)
    }
  }
}

const compositions: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  v: '%e-%^b-%4Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
}

/** The last of the flags that say how to fill up; `-` forbids it for numbers and texts. */
function filler(flags: string): string | undefined {
  return [...flags].findLast((flag) => flag === '-' || flag === '0' || flag === '_')
}

function pad(value: number | bigint, width: number, fill: string, { flags, width: given }: Options): string {
  const negative = value < 0
  const digits = String(negative ? -value : value)
  const sign = negative ? '-' : ''
  if (flags.includes('-')) return sign + digits
  const last = filler(flags)
  const character = last === '_' ? ' ' : last === '0' ? '0' : fill
  const length = given ?? width
  if (character === ' ') return (sign + digits).padStart(length, ' ')
  return sign + digits.padStart(length - sign.length, '0')
}

/** `#` changes the case: to lower case for what is written in capitals, else to upper case. */
function padText(value: string, { flags, width }: Options, capitals: boolean): string {
  let text = value
  if (flags.includes('#')) text = capitals ? value.toLowerCase() : value.toUpperCase()
  else if (flags.includes('^')) text = value.toUpperCase()
  if (flags.includes('-') || width === undefined || text === '') return text
  return text.padStart(width, filler(flags) === '0' ? '0' : ' ')
}

/** A format that stands for others is filled up in any case, and `#` does nothing to it. */
function padComposed(value: string, { flags, width }: Options): string {
  const text = flags.includes('^') ? value.toUpperCase() : value
  return width === undefined ? text : text.padStart(width, filler(flags) === '0' ? '0' : ' ')
}

function fraction({ nanoseconds }: Moment, digits: number): string {
  return String(nanoseconds).padStart(9, '0').padEnd(digits, '0').slice(0, digits)
}

function zone({ offset, zone }: Moment, { flags, width, colons }: Options): string {
  // `%-z` of a time in UTC says that nothing is known of the place.
  const sign = offset < 0 || (zone === 'UTC' && flags.includes('-')) ? '-' : '+'
  const total = Math.abs(offset)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = two(Math.floor(total / 60) % 60)
  const seconds = two(total % 60)
  let rest: string
  if (colons === 0) rest = minutes
  else if (colons === 1) rest = `:${minutes}`
  else if (colons === 2) rest = `:${minutes}:${seconds}`
  else rest = total % 60 !== 0 ? `:${minutes}:${seconds}` : minutes === '00' ? '' : `:${minutes}`
  const room = Math.max(width ?? 0, 0) - rest.length
  if (flags.includes('_')) return `${sign}${hours}`.padStart(Math.max(room, 3), ' ') + rest
  return sign + String(hours).padStart(Math.max(room - 1, 2), '0') + rest
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - yearStart(date.getUTCFullYear())) / 86_400_000) + 1
}

function yearStart(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}

function isoWeek(date: Date): { year: number; week: number } {
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(date.getTime() - (weekday - 3) * 86_400_000)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}
