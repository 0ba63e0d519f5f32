import { define, fail } from '../source/diagnostic.ts'
import { escapeRegexp } from '../value/regexp.ts'

const badFormat = define(
  'error',
  'puppet/bad-timespan-format',
  (part: string, format: string, position: number) =>
    `Bad format specifier '${part}' in '${format}', at position ${position}`,
)
const unparsable = define(
  'error',
  'puppet/bad-timespan',
  (text: string, format: string) => `Unable to parse '${text}' using format '${format}'`,
)
const unparsableByAll = define(
  'error',
  'puppet/bad-timespan',
  (text: string, formats: string) => `Unable to parse '${text}' using any of the formats ${formats}`,
)
const lonelyFraction = define(
  'error',
  'puppet/bad-timespan-format',
  () => 'Format specifiers %L and %N denotes fractions and must be used together with a specifier of higher magnitude',
)

type Unit = 'D' | 'H' | 'M' | 'S' | 'L' | 'N'

interface Segment {
  readonly unit: Unit
  /** `0`, a blank, or nothing. */
  readonly pad: '0' | ' ' | ''
  readonly width: number | undefined
  /** The largest unit of the format: it counts all that the span holds. */
  readonly total: boolean
}

/** Largest first. */
const units: readonly Unit[] = ['D', 'H', 'M', 'S', 'L', 'N']
const nanoseconds: Readonly<Record<Unit, bigint>> = {
  D: 86_400_000_000_000n,
  H: 3_600_000_000_000n,
  M: 60_000_000_000n,
  S: 1_000_000_000n,
  L: 1_000_000n,
  N: 1n,
}
const defaultWidth: Readonly<Record<Unit, number>> = { D: 1, H: 2, M: 2, S: 2, L: 3, N: 9 }

const timespanFormats: readonly string[] = [
  '%D-%H:%M:%S.%-N',
  '%H:%M:%S.%-N',
  '%M:%S.%-N',
  '%S.%-N',
  '%D-%H:%M:%S',
  '%H:%M:%S',
  '%D-%H:%M',
  '%S',
]

type Parts = readonly (string | Segment)[]
const known = new Map<string, Parts>()

function partsOf(format: string): Parts {
  const found = known.get(format)
  if (found) return found
  const parts = parseFormat(format)
  known.set(format, parts)
  return parts
}

function parseFormat(format: string): Parts {
  const parts: (string | Segment)[] = []
  const literal = (text: string) => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
  const characters = [...format]
  for (let i = 0; i < characters.length; i++) {
    if (characters[i] !== '%') {
      literal(characters[i] as string)
      continue
    }
    const start = i++
    let pad: Segment['pad'] = '0'
    let width: number | undefined
    let isFirst = true
    for (; ; i++) {
      const character = characters[i]
      const bad = (): never => {
        const position = Math.min(i, characters.length - 1)
        return fail(badFormat([characters.slice(start, position).join(''), format, position]))
      }
      if (character === undefined) bad()
      else if (character === '%') {
        literal('%')
        break
      } else if (units.includes(character as Unit)) {
        parts.push({ unit: character as Unit, pad, width, total: false })
        break
      } else if (character === '-' || character === '_') {
        if (!isFirst) bad()
        pad = character === '-' ? '' : ' '
      } else if (/[0-9]/.test(character)) {
        if (isFirst && character === '0') pad = '0'
        else width = (width ?? 0) * 10 + Number(character)
      } else bad()
      isFirst = false
    }
  }
  const largest = units.find((u) => parts.some((p) => typeof p !== 'string' && p.unit === u))
  const index = parts.findIndex((p) => typeof p !== 'string' && p.unit === largest)
  return parts.map((p, i) => (i === index && typeof p !== 'string' ? { ...p, total: true } : p))
}

/** A span's text by a format of `%D %H %M %S %L %N`, each with `-`, `_` or `0` and a width. */
export function formatTimespan(span: bigint, format: string): string {
  const total = span < 0n ? -span : span
  const body = partsOf(format).map((p) => (typeof p === 'string' ? p : segmentText(p, total)))
  return `${span < 0n ? '-' : ''}${body.join('')}`
}

function segmentText(segment: Segment, total: bigint): string {
  const width = segment.width ?? defaultWidth[segment.unit]
  if (segment.unit === 'L' || segment.unit === 'N') return fractionText(segment, width, total)
  const count = total / nanoseconds[segment.unit]
  const limit = { D: 0n, H: 24n, M: 60n, S: 60n }[segment.unit]
  const shown = String(segment.total || limit === 0n ? count : count % limit)
  return segment.pad === '' ? shown : shown.padStart(width, segment.pad)
}

function fractionText(segment: Segment, width: number, total: bigint): string {
  let count: bigint
  if (segment.unit === 'L') count = total / nanoseconds.L
  else count = width < 9 ? total / 10n ** BigInt(9 - width) : total
  const limit = segment.unit === 'L' ? 1000n : width < 9 ? 10n ** BigInt(width) : nanoseconds.S
  if (!segment.total) count %= limit
  let text = String(count)
  if (!segment.total && segment.pad !== '0') text = text.replace(/^([0-9]+?)0*$/, '$1')
  return segment.pad === '' ? text : text.padEnd(width, ' ')
}

/** Nanoseconds out of a text by the first format that fits. */
export function parseTimespan(text: string, formats: string | readonly string[] = timespanFormats): bigint {
  if (typeof formats === 'string') return parseBy(text, formats) ?? fail(unparsable([text, formats]))
  for (const format of formats) {
    const found = parseBy(text, format)
    if (found !== undefined) return found
  }
  return fail(unparsableByAll([text, formats.join(', ')]))
}

function parseBy(text: string, format: string): bigint | undefined {
  const parts = partsOf(format)
  const match = new RegExp(`^-?${parts.map(partPattern).join('')}$`).exec(text)
  if (!match) return undefined
  let sum = 0n
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') continue
    const digits = (match[i + 1] as string).trimStart()
    if (!/^[0-9]+$/.test(digits)) return undefined
    sum += segmentValue(part, digits)
  }
  return text.startsWith('-') ? -sum : sum
}

function partPattern(part: string | Segment): string {
  if (typeof part === 'string') return `(${escapeRegexp(part).replaceAll('\\ ', ' ').replaceAll('\\#', '#')})`
  if (part.width !== undefined) {
    if (part.pad === '') return `([0-9]{1,${part.width}})`
    return part.pad === '0' ? `([0-9]{${part.width}})` : `([0-9\\s]{${part.width}})`
  }
  const width = defaultWidth[part.unit]
  if (part.pad === ' ') return part.total ? '\\s*([0-9]+)' : `([0-9\\s]{1,${width}})`
  return part.total ? '([0-9]+)' : `([0-9]{1,${width}})`
}

function segmentValue(segment: Segment, digits: string): bigint {
  if (segment.unit !== 'L' && segment.unit !== 'N') return BigInt(digits) * nanoseconds[segment.unit]
  if (segment.total) fail(lonelyFraction([]))
  const missing = 9 - digits.length
  return missing <= 0 ? BigInt(digits) : BigInt(digits) * 10n ** BigInt(missing)
}
