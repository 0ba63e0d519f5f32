/** What a text said of a moment; parts that it did not name are left out. */
export interface ParsedTime {
  readonly year?: number
  /** From 1. */
  readonly month?: number
  readonly day?: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
  readonly nanoseconds?: bigint
  readonly zone?: string
}

type Field = keyof ParsedTime | 'meridian' | 'hour12' | 'century' | 'yearDay'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const compounds: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  v: '%e-%b-%Y',
}

interface Reader {
  readonly pattern: string
  readonly field?: Field
  readonly read?: (text: string) => number | bigint | string
}

const number = (text: string) => Number(text)
const fraction = (text: string) => BigInt(text.slice(0, 9).padEnd(9, '0'))

const readers: Readonly<Record<string, Reader>> = {
  Y: { pattern: '([+-]?\\d+)', field: 'year', read: number },
  C: { pattern: '([+-]?\\d{1,2})', field: 'century', read: number },
  y: { pattern: '(\\d{1,2})', field: 'year', read: (t) => (Number(t) < 69 ? 2000 : 1900) + Number(t) },
  m: { pattern: '(1[0-2]|0?[1-9])', field: 'month', read: number },
  d: { pattern: '\\s?(3[01]|[12]\\d|0?[1-9])', field: 'day', read: number },
  e: { pattern: '\\s?(3[01]|[12]\\d|0?[1-9])', field: 'day', read: number },
  j: { pattern: '(36[0-6]|3[0-5]\\d|[12]\\d\\d|0?[1-9]\\d|0{0,2}[1-9])', field: 'yearDay', read: number },
  H: { pattern: '\\s?(2[0-4]|[01]?\\d)', field: 'hour', read: number },
  k: { pattern: '\\s?(2[0-4]|[01]?\\d)', field: 'hour', read: number },
  I: { pattern: '\\s?(1[0-2]|0?[1-9])', field: 'hour12', read: number },
  l: { pattern: '\\s?(1[0-2]|0?[1-9])', field: 'hour12', read: number },
  M: { pattern: '([0-5]?\\d)', field: 'minute', read: number },
  S: { pattern: '(60|[0-5]?\\d)', field: 'second', read: number },
  L: { pattern: '(\\d+)', field: 'nanoseconds', read: fraction },
  N: { pattern: '(\\d+)', field: 'nanoseconds', read: fraction },
  p: { pattern: '([ap]\\.?m\\.?)', field: 'meridian', read: (t) => t.charAt(0).toLowerCase() },
  P: { pattern: '([ap]\\.?m\\.?)', field: 'meridian', read: (t) => t.charAt(0).toLowerCase() },
  // Seconds since 1970 name no year, and Puppet asks for one.
  s: { pattern: '[+-]?\\d+' },
  b: monthReader(),
  B: monthReader(),
  h: monthReader(),
  a: { pattern: `(?:${days.map((d) => `${d}[a-z]*`).join('|')})` },
  A: { pattern: `(?:${days.map((d) => `${d}[a-z]*`).join('|')})` },
  Z: { pattern: zonePattern(), field: 'zone', read: (t) => t },
  z: { pattern: zonePattern(), field: 'zone', read: (t) => t },
  n: { pattern: '\\s*' },
  t: { pattern: '\\s*' },
  '%': { pattern: '%' },
}

function monthReader(): Reader {
  return {
    pattern: `(${months.map((m) => `${m}[a-z]*`).join('|')})`,
    field: 'month',
    read: (text) => months.indexOf(text.slice(0, 3).toLowerCase()) + 1,
  }
}

function zonePattern(): string {
  return '((?:gmt|utc?)?[-+]\\d+(?:[,.:]\\d+(?::\\d+)?)?|(?:[a-z.\\s]+(?:standard|daylight)\\stime\\b)|[a-z]+(?:\\sdst)?\\b)'
}

/** A text by a format of `strptime`; the whole text must fit. `undefined`: it does not. */
export function parseTime(text: string, format: string): ParsedTime | undefined {
  const used: Reader[] = []
  const pattern = patternOf(format, used)
  const match = pattern === undefined ? null : new RegExp(`^${pattern}$`, 'i').exec(text)
  if (!match) return undefined
  const found = new Map<Field, number | bigint | string>()
  for (const [i, reader] of used.entries())
    if (reader.field && reader.read) found.set(reader.field, reader.read(match[i + 1] as string))
  return assemble(found)
}

function patternOf(format: string, used: Reader[]): string | undefined {
  let pattern = ''
  for (let i = 0; i < format.length; i++) {
    const character = format.charAt(i)
    if (character !== '%') {
      pattern += /\s/.test(character) ? '\\s*' : character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
      continue
    }
    i++
    while (/[-0^#_:EO]/.test(format.charAt(i))) i++
    const letter = format.charAt(i)
    const compound = compounds[letter]
    if (compound !== undefined) {
      pattern += patternOf(compound, used) ?? ''
      continue
    }
    const reader = readers[letter]
    if (!reader) return undefined
    if (reader.field) used.push(reader)
    pattern += nextIsDigits(format, i + 1) && letter === 'Y' ? '([+-]?\\d{4})' : reader.pattern
  }
  return pattern
}

/** `%Y%m%d`: the year takes just four digits where more follow at once. */
function nextIsDigits(format: string, at: number): boolean {
  return /^(?:\d|%[-0]?[mdHMSyjLNIkl])/.test(format.slice(at))
}

function assemble(found: ReadonlyMap<Field, number | bigint | string>): ParsedTime {
  const numberOf = (field: Field) => found.get(field) as number | undefined
  const hour12 = numberOf('hour12')
  const hour = hour12 === undefined ? numberOf('hour') : (hour12 % 12) + (found.get('meridian') === 'p' ? 12 : 0)
  const zone = found.get('zone') as string | undefined
  const nanoseconds = found.get('nanoseconds') as bigint | undefined
  const [year, month, minute, second] = [numberOf('year'), numberOf('month'), numberOf('minute'), numberOf('second')]
  const day = numberOf('day') ?? numberOf('yearDay')
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
    ...(hour === undefined ? {} : { hour }),
    ...(minute === undefined ? {} : { minute }),
    ...(second === undefined ? {} : { second }),
    ...(nanoseconds === undefined ? {} : { nanoseconds }),
    ...(zone === undefined ? {} : { zone }),
  }
}

/** Hours east of UTC of zones with a name. */
const zones: Readonly<Record<string, number>> = {
  utc: 0,
  ut: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  met: 1,
  mez: 1,
  cest: 2,
  mest: 2,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  msd: 4,
  ist: 5.5,
  jst: 9,
  kst: 9,
  hst: -10,
  akst: -9,
  akdt: -8,
  pst: -8,
  pdt: -7,
  mst: -7,
  mdt: -6,
  cst: -6,
  cdt: -5,
  est: -5,
  edt: -4,
  ast: -4,
  adt: -3,
  nst: -3.5,
  ndt: -2.5,
}

/** Seconds east of UTC; `undefined` for what is no zone. */
export function zoneOffset(zone: string): number | undefined {
  const named = zones[zone.toLowerCase()]
  if (named !== undefined) return named * 3600
  const match = /^(?:gmt|utc?)?([-+])(\d+)(?:[:,.](\d+)(?::(\d+))?)?$/i.exec(zone)
  if (!match) return undefined
  const [, sign, digits = '', minutes, seconds] = match
  const hour = minutes === undefined && digits.length > 2 ? digits.slice(0, -2) : digits
  const minute = minutes ?? (digits.length > 2 ? digits.slice(-2) : '0')
  const total = Number(hour) * 3600 + Number(minute) * 60 + Number(seconds ?? 0)
  return sign === '-' ? -total : total
}
