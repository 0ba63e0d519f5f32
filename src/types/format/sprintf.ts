import { define, fail } from '../../source/diagnostic.ts'

/** One directive of Ruby's `format`: `%-08.3f` in parts. */
export interface Directive {
  readonly flags: ReadonlySet<string>
  readonly width?: number
  readonly precision?: number
  readonly letter: string
}

const malformed = define('error', 'puppet/bad-format', (character: string) => `malformed format string - %${character}`)

/** A text with `s`, cut to the precision and filled up to the width. */
export function formatText(directive: Directive, text: string): string {
  refuseDelimiters(directive)
  const cut = directive.precision === undefined ? text : [...text].slice(0, directive.precision).join('')
  return pad(directive, cut)
}

/** An integer with `d`, `x`, `X`, `o`, `b` or `B`. */
export function formatInteger(directive: Directive, value: bigint): string {
  refuseDelimiters(directive)
  const { letter, flags } = directive
  if (letter === 'd' || letter === 'i' || letter === 'u')
    return assemble(directive, sign(flags, value < 0n), '', String(value < 0n ? -value : value))
  const base = { x: 16, o: 8, b: 2 }[letter.toLowerCase()] ?? 10
  const signed = flags.has('+') || flags.has(' ')
  const prefix = flags.has('#') ? ({ x: '0x', X: '0X', o: '0', b: '0b', B: '0B' }[letter] ?? '') : ''
  const upper = (text: string) => (letter === 'X' ? text.toUpperCase() : text)
  if (value < 0n && !signed) return complement(directive, upper(complementDigits(value, base)), prefix)
  const digits = upper((value < 0n ? -value : value).toString(base))
  const isOctal = letter === 'o' && prefix !== ''
  return assemble(directive, sign(flags, value < 0n), value === 0n || isOctal ? '' : prefix, digits, isOctal)
}

/** Two's complement without end: the repeated digit once, then the rest. */
function complementDigits(value: bigint, base: number): string {
  const highest = (base - 1).toString(base)
  let modulus = BigInt(base)
  while (modulus < -value) modulus *= BigInt(base)
  const digits = (modulus + value).toString(base).padStart(modulus.toString(base).length - 1, '0')
  return highest + digits.replace(new RegExp(`^${highest}+`), '')
}

function complement(directive: Directive, digits: string, prefix: string): string {
  const { flags, width, precision } = directive
  const before = directive.letter === 'o' ? '..' : `${prefix}..`
  const filler = digits.charAt(0)
  if (precision !== undefined) return pad(directive, before + digits.padStart(precision - 2, filler))
  if (flags.has('0') && !flags.has('-') && width !== undefined)
    return before + digits.padStart(width - before.length, filler)
  return pad(directive, before + digits)
}

function sign(flags: ReadonlySet<string>, negative: boolean): string {
  if (negative) return '-'
  return flags.has('+') ? '+' : flags.has(' ') ? ' ' : ''
}

function assemble(directive: Directive, before: string, prefix: string, digits: string, leadingZero = false): string {
  const { flags, width, precision } = directive
  let body = digits
  if (precision !== undefined) body = precision === 0 && body === '0' ? '' : body.padStart(precision, '0')
  if (leadingZero && !body.startsWith('0')) body = `0${body}`
  if (precision === undefined && flags.has('0') && !flags.has('-') && width !== undefined)
    body = body.padStart(width - before.length - prefix.length, '0')
  return pad(directive, before + prefix + body)
}

function pad({ flags, width }: Directive, text: string): string {
  const missing = (width ?? 0) - [...text].length
  if (missing <= 0) return text
  return flags.has('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

/** A float with `f`, `e`, `E`, `g`, `G`, `a` or `A`; rounded exactly, halves to even. */
export function formatFloat(directive: Directive, value: number): string {
  refuseDelimiters(directive)
  const { flags, letter } = directive
  const before = sign(flags, value < 0 || Object.is(value, -0))
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : 'Inf'
    return pad(directive, (Number.isNaN(value) ? sign(flags, false) : before) + name)
  }
  const body = floatBody(letter.toLowerCase(), Math.abs(value), directive.precision, flags.has('#'))
  const shown = letter === letter.toUpperCase() ? body.toUpperCase() : body
  const { width } = directive
  if (!flags.has('0') || flags.has('-') || width === undefined) return pad(directive, before + shown)
  const prefix = /^0x/i.exec(shown)?.[0] ?? ''
  return before + prefix + shown.slice(prefix.length).padStart(width - before.length - prefix.length, '0')
}

function floatBody(letter: string, value: number, precision: number | undefined, keepPoint: boolean): string {
  switch (letter) {
    case 'f':
      return fixed(value, precision ?? 6, keepPoint)
    case 'e':
      return exponential(value, precision ?? 6, keepPoint)
    case 'g':
      return shortest(value, precision === 0 ? 1 : (precision ?? 6), keepPoint)
    default:
      return hexadecimal(value, precision, keepPoint)
  }
}

/** The value as a fraction of integers, exactly. */
function fraction(value: number): readonly [bigint, bigint] {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const stored = Number((bits >> 52n) & 0x7ffn)
  const mantissa = stored === 0 ? bits & 0xfffffffffffffn : (bits & 0xfffffffffffffn) | 0x10000000000000n
  const power = (stored === 0 ? 1 : stored) - 1075
  return power >= 0 ? [mantissa << BigInt(power), 1n] : [mantissa, 1n << BigInt(-power)]
}

function divideToEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom
  const rest = (top % bottom) * 2n
  return rest > bottom || (rest === bottom && quotient % 2n === 1n) ? quotient + 1n : quotient
}

function fixed(value: number, precision: number, keepPoint: boolean): string {
  const [top, bottom] = fraction(value)
  const digits = String(divideToEven(top * 10n ** BigInt(precision), bottom)).padStart(precision + 1, '0')
  if (precision === 0) return keepPoint ? `${digits}.` : digits
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
}

/** Digits before and after the point together, and the power of ten of the first. */
function scientific(value: number, precision: number): readonly [string, number] {
  if (value === 0) return ['0'.repeat(precision + 1), 0]
  const [top, bottom] = fraction(value)
  let power = Number(value.toExponential().split('e')[1])
  for (;;) {
    const scale = precision - power
    const digits = String(
      scale >= 0 ? divideToEven(top * 10n ** BigInt(scale), bottom) : divideToEven(top, bottom * 10n ** BigInt(-scale)),
    )
    if (digits.length === precision + 1) return [digits, power]
    power += digits.length > precision + 1 ? 1 : -1
  }
}

function exponential(value: number, precision: number, keepPoint: boolean): string {
  const [digits, power] = scientific(value, precision)
  const rest = digits.slice(1)
  return `${digits.charAt(0)}${rest === '' ? (keepPoint ? '.' : '') : `.${rest}`}${exponent(power)}`
}

function exponent(power: number): string {
  return `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function shortest(value: number, precision: number, keepZeros: boolean): string {
  const [, power] = scientific(value, precision - 1)
  const strip = (text: string) => (keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, ''))
  if (power >= -4 && power < precision) return strip(fixed(value, precision - 1 - power, keepZeros))
  const [mantissa = '', rest = ''] = exponential(value, precision - 1, keepZeros).split('e')
  return `${strip(mantissa)}e${rest}`
}

function hexadecimal(value: number, precision: number | undefined, keepPoint: boolean): string {
  if (value === 0) return `0x0${precision ? `.${'0'.repeat(precision)}` : keepPoint ? '.' : ''}p+0`
  let power = 0
  let mantissa = value
  while (mantissa >= 2) {
    mantissa /= 2
    power++
  }
  while (mantissa < 1) {
    mantissa *= 2
    power--
  }
  const [top, bottom] = fraction(mantissa)
  const places = precision ?? 13
  const rounded = divideToEven(top * 16n ** BigInt(places), bottom)
  const carried = rounded >= 2n * 16n ** BigInt(places)
  if (carried) power++
  const digits = (carried ? rounded / 2n : rounded).toString(16)
  const lead = digits.slice(0, digits.length - places)
  const rest =
    precision === undefined
      ? digits.slice(digits.length - places).replace(/0+$/, '')
      : digits.slice(digits.length - places)
  return `0x${lead}${rest === '' ? (keepPoint ? '.' : '') : `.${rest}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

/** The flags that only containers know are no flags to Ruby. */
function refuseDelimiters({ flags }: Directive): void {
  for (const flag of flags) if ('[{(<|'.includes(flag)) fail(malformed([flag]))
}
