import { floatText } from '../types/quote.ts'

/** What a format asks of an argument; conversions throw `FormatError` with Ruby's wording. */
export interface FormatArgument {
  readonly toInteger: () => bigint | number
  readonly toFloat: () => number | bigint
  readonly toText: () => string
  readonly inspect: () => string
  /** For `%c`: a string's first character or the character of a code. */
  readonly toCharacter: () => string
}

export interface FormatArguments {
  readonly count: number
  readonly at: (index: number) => FormatArgument
  /** By name, for `%<name>d` and `%{name}`. */
  readonly named: (name: string, written: string) => FormatArgument
}

export class FormatError extends Error {
  readonly missingKey: boolean
  constructor(message: string, missingKey = false) {
    super(message)
    this.missingKey = missingKey
  }
}

interface Directive {
  left: boolean
  plus: boolean
  space: boolean
  zero: boolean
  alternate: boolean
  width?: number
  precision?: number
}

/** Ruby's Kernel#sprintf. */
export function rubySprintf(format: string, args: FormatArguments): string {
  let result = ''
  let next = 0
  let style: 'unnumbered' | 'numbered' | 'named' | undefined
  let at = 0

  const sequential = (): FormatArgument => {
    if (style === 'numbered') throw new FormatError(`unnumbered(${next + 1}) mixed with numbered`)
    if (style === 'named') throw new FormatError(`unnumbered(${next + 1}) mixed with named`)
    style = 'unnumbered'
    if (next >= args.count) throw new FormatError('too few arguments')
    return args.at(next++)
  }
  const numbered = (index: number): FormatArgument => {
    if (style === 'unnumbered') throw new FormatError(`numbered(${index}) after unnumbered(${next})`)
    if (style === 'named') throw new FormatError(`numbered(${index}) after named`)
    if (index < 1) throw new FormatError(`invalid index - ${index}$`)
    style = 'numbered'
    if (index > args.count) throw new FormatError('too few arguments')
    return args.at(index - 1)
  }
  const named = (name: string, written: string): FormatArgument => {
    if (style === 'unnumbered') throw new FormatError(`named${written} after unnumbered(${next})`)
    if (style === 'numbered') throw new FormatError(`named${written} after numbered`)
    style = 'named'
    return args.named(name, written)
  }

  while (at < format.length) {
    const percent = format.indexOf('%', at)
    if (percent < 0) return result + format.slice(at)
    result += format.slice(at, percent)
    at = percent + 1
    const directive: Directive = { left: false, plus: false, space: false, zero: false, alternate: false }
    let chosen: FormatArgument | undefined
    for (let done = false; !done; ) {
      const character = format[at]
      if (character === undefined) throw new FormatError('incomplete format specifier; use %% (double %) instead')
      const flag = flags.get(character)
      if (flag) {
        if (directive.width !== undefined) throw new FormatError('flag after width')
        if (directive.precision !== undefined) throw new FormatError('flag after precision')
        directive[flag] = true
        at++
        continue
      }
      switch (character) {
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9': {
          const digits = readDigits(format, at)
          at += digits.length
          if (format[at] === '$') {
            if (chosen) throw new FormatError(`value given twice - ${digits}$`)
            chosen = numbered(Number(digits))
            at++
          } else {
            checkWidth(directive)
            directive.width = Number(digits)
          }
          break
        }
        case '*': {
          checkWidth(directive)
          at++
          const reference = /^(\d+)\$/.exec(format.slice(at))
          if (reference) at += reference[0].length
          const width = Number((reference ? numbered(Number(reference[1])) : sequential()).toInteger())
          if (width < 0) directive.left = true
          directive.width = Math.abs(width)
          break
        }
        case '.': {
          if (directive.precision !== undefined) throw new FormatError('precision given twice')
          at++
          if (format[at] === '*') {
            at++
            const reference = /^(\d+)\$/.exec(format.slice(at))
            if (reference) at += reference[0].length
            const precision = Number((reference ? numbered(Number(reference[1])) : sequential()).toInteger())
            if (precision >= 0) directive.precision = precision
          } else {
            const digits = readDigits(format, at)
            at += digits.length
            directive.precision = Number(digits || '0')
          }
          break
        }
        case '<':
        case '{': {
          const close = format.indexOf(character === '<' ? '>' : '}', at)
          if (close < 0) throw new FormatError('malformed name - unmatched parenthesis')
          const written = format.slice(at, close + 1)
          const name = format.slice(at + 1, close)
          if (chosen) throw new FormatError(`named${written} after <${name}>`)
          chosen = named(name, written)
          at = close + 1
          if (character === '{') {
            result += justify(cut(chosen.toText(), directive.precision), directive)
            done = true
          }
          break
        }
        case '%':
          if (hasFlags(directive) || chosen) throw new FormatError('invalid format character - %')
          result += '%'
          at++
          done = true
          break
        case '\n':
        case '\0':
          if (hasFlags(directive)) throw new FormatError(`malformed format string - %${character}`)
          result += `%${character}`
          at++
          done = true
          break
        default:
          at += character.length
          result += convert(character, directive, chosen ?? (conversions.has(character) ? sequential() : undefined))
          done = true
      }
    }
  }
  return result
}

const flags = new Map([
  [' ', 'space'],
  ['#', 'alternate'],
  ['+', 'plus'],
  ['-', 'left'],
  ['0', 'zero'],
] as const satisfies [string, keyof Directive][]) as ReadonlyMap<
  string,
  'space' | 'alternate' | 'plus' | 'left' | 'zero'
>

function readDigits(format: string, at: number): string {
  const digits = (/^\d*/.exec(format.slice(at)) as RegExpExecArray)[0]
  if (at + digits.length >= format.length) throw new FormatError('malformed format string - %*[0-9]')
  return digits
}

function checkWidth(directive: Directive): void {
  if (directive.width !== undefined) throw new FormatError('width given twice')
  if (directive.precision !== undefined) throw new FormatError('width after precision')
}

const conversions = new Set('cspdiuoxXbBfgGeEaA')

function hasFlags(directive: Directive): boolean {
  const { left, plus, space, zero, alternate, width, precision } = directive
  return left || plus || space || zero || alternate || width !== undefined || precision !== undefined
}

function convert(character: string, directive: Directive, argument: FormatArgument | undefined): string {
  if (!argument || !conversions.has(character)) {
    const printable = character >= ' ' && character <= '~'
    throw new FormatError(`malformed format string${printable ? ` - %${character}` : ''}`)
  }
  switch (character) {
    case 'c':
      return justify(argument.toCharacter(), directive)
    case 's':
      return justify(cut(argument.toText(), directive.precision), directive)
    case 'p':
      return justify(cut(argument.inspect(), directive.precision), directive)
    case 'd':
    case 'i':
    case 'u':
      return formatInteger(argument.toInteger(), 10, character, directive)
    case 'o':
      return formatInteger(argument.toInteger(), 8, character, directive)
    case 'x':
    case 'X':
      return formatInteger(argument.toInteger(), 16, character, directive)
    case 'b':
    case 'B':
      return formatInteger(argument.toInteger(), 2, character, directive)
    default:
      return formatFloat(argument.toFloat(), character, directive)
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('')
}

function justify(text: string, { left, width = 0 }: Directive): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  return left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

function formatInteger(given: bigint | number, base: number, character: string, directive: Directive): string {
  const value = BigInt(given)
  const upper = character === 'X'
  const explicitSign = directive.plus || directive.space
  const complement = value < 0n && base !== 10 && !explicitSign
  let digits = complement ? twosComplement(value, base) : (value < 0n ? -value : value).toString(base)
  const sign = value < 0n && !complement ? '-' : directive.plus ? '+' : directive.space ? ' ' : ''
  let prefix = ''
  if (directive.alternate && (value !== 0n || base === 8))
    prefix = base === 16 ? (upper ? '0X' : '0x') : base === 2 ? `0${character}` : base === 8 ? '0' : ''
  if (base === 8 && (complement || (value === 0n && directive.precision === undefined))) prefix = ''
  const fill = complement ? { 2: '1', 8: '7', 16: 'f' }[base as 2 | 8 | 16] : '0'
  const { width = 0, precision } = directive
  const dots = complement ? '..' : ''
  if (precision !== undefined) {
    if (precision === 0 && value === 0n) digits = ''
    const inDigits = base === 8 && !complement ? prefix.length : dots.length
    digits = dots + digits.padStart(precision - inDigits, fill)
  } else if (directive.zero && !directive.left) {
    digits = dots + digits.padStart(width - sign.length - prefix.length - dots.length, fill)
  } else digits = dots + digits
  const body = sign + prefix + digits
  return justify(upper ? body.toUpperCase() : body, directive)
}

/** The digits of a negative number in two's complement, one leading digit for the endless row of ones. */
function twosComplement(value: bigint, base: number): string {
  const bits = base === 16 ? 4n : base === 8 ? 3n : 1n
  let width = bits
  while (-(1n << (width - 1n)) > value) width += bits
  const digits = ((1n << width) + value).toString(base)
  const all = { 2: '1', 8: '7', 16: 'f' }[base as 2 | 8 | 16]
  const trimmed = digits.replace(new RegExp(`^${all}+`), '')
  return all + trimmed
}

function formatFloat(given: number | bigint, character: string, directive: Directive): string {
  const lower = character.toLowerCase()
  if (typeof given === 'bigint' && lower === 'f') return formatExact(given, directive)
  const value = Number(given)
  const negative = value < 0 || Object.is(value, -0)
  const sign = negative ? '-' : directive.plus ? '+' : directive.space ? ' ' : ''
  if (!Number.isFinite(value)) return justify(sign + (Number.isNaN(value) ? 'NaN' : 'Inf'), directive)
  const magnitude = Math.abs(value)
  let body: string
  if (lower === 'f') body = fixed(magnitude, directive.precision ?? 6, directive.alternate)
  else if (lower === 'e') body = exponential(magnitude, directive.precision ?? 6, directive.alternate)
  else if (lower === 'g') body = general(magnitude, directive.precision ?? 6, directive.alternate)
  else body = hexadecimal(magnitude, directive.precision, directive.alternate)
  return padNumber(sign, character === lower ? body : body.toUpperCase(), directive)
}

function padNumber(sign: string, body: string, directive: Directive): string {
  const { width = 0 } = directive
  if (!directive.zero || directive.left) return justify(sign + body, directive)
  const room = width - sign.length
  if (/^0[xX]/.test(body)) return sign + body.slice(0, 2) + body.slice(2).padStart(room - 2, '0')
  return sign + body.padStart(room, '0')
}

function formatExact(value: bigint, directive: Directive): string {
  const sign = value < 0n ? '-' : directive.plus ? '+' : directive.space ? ' ' : ''
  const precision = directive.precision ?? 6
  const whole = (value < 0n ? -value : value).toString()
  const point = precision > 0 ? '.' : ''
  return padNumber(sign, whole + point + '0'.repeat(precision), directive)
}

/** The exact decimal value of a double, rounded half to even at `precision` places, as C's printf does. */
export function fixed(value: number, precision: number, keepPoint = false): string {
  const { mantissa, exponent } = parts(value)
  const scaled = mantissa * 10n ** BigInt(precision)
  const digits = (exponent >= 0 ? scaled << BigInt(exponent) : roundShift(scaled, BigInt(-exponent)))
    .toString()
    .padStart(precision + 1, '0')
  if (precision === 0) return keepPoint ? `${digits}.` : digits
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
}

function exponential(value: number, precision: number, keepPoint = false): string {
  const { digits, exponent } = significant(value, precision + 1)
  const fraction = precision > 0 ? `.${digits.slice(1)}` : keepPoint ? '.' : ''
  return `${digits[0]}${fraction}${exponentText(exponent)}`
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function general(value: number, given: number, keepZeroes: boolean): string {
  const precision = given === 0 ? 1 : given
  const { exponent } = significant(value, precision)
  const scientific = exponent < -4 || exponent >= precision
  const text = scientific
    ? exponential(value, precision - 1, keepZeroes)
    : fixed(value, precision - 1 - exponent, keepZeroes)
  if (keepZeroes || !text.includes('.')) return text
  const [mantissa = '', power] = text.split('e')
  return mantissa.replace(/\.?0+$/, '') + (power === undefined ? '' : `e${power}`)
}

function hexadecimal(value: number, precision: number | undefined, keepPoint: boolean): string {
  if (value === 0) return hexadecimalText('0'.repeat(precision ?? 0), 0, keepPoint, '0')
  const { mantissa, exponent } = parts(value)
  const bits = mantissa.toString(2)
  let power = bits.length - 1 + exponent
  let whole = BigInt(`0b${bits.padEnd(53, '0')}`)
  const places = precision ?? 13
  if (places < 13) whole = roundShift(whole, BigInt(4 * (13 - places)))
  else whole <<= BigInt(4 * (places - 13))
  if (whole >> BigInt(4 * places) > 1n) {
    whole >>= 1n
    power++
  }
  const fraction = whole.toString(16).slice(1)
  return hexadecimalText(precision === undefined ? fraction.replace(/0+$/, '') : fraction, power, keepPoint, '1')
}

function hexadecimalText(fraction: string, power: number, keepPoint: boolean, lead: string): string {
  const point = fraction !== '' || keepPoint ? '.' : ''
  return `0x${lead}${point}${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

/** A positive double as `mantissa * 2 ** exponent`, exactly. */
function parts(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & ((1n << 52n) - 1n)
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}

/** `value / 2 ** bits`, rounded half to even. */
function roundShift(value: bigint, bits: bigint): bigint {
  if (bits === 0n) return value
  const down = value >> bits
  const rest = value - (down << bits)
  const half = 1n << (bits - 1n)
  return rest > half || (rest === half && (down & 1n) === 1n) ? down + 1n : down
}

/** The first `count` decimal digits of a double's exact value, rounded half to even, and its decimal exponent. */
function significant(value: number, count: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 }
  let exponent = Number((/e([+-]\d+)$/.exec(value.toExponential()) as RegExpExecArray)[1])
  for (;;) {
    const places = count - 1 - exponent
    const { mantissa, exponent: power } = parts(value)
    let numerator = mantissa
    let denominator = 1n
    if (power >= 0) numerator <<= BigInt(power)
    else denominator <<= BigInt(-power)
    if (places >= 0) numerator *= 10n ** BigInt(places)
    else denominator *= 10n ** BigInt(-places)
    let quotient = numerator / denominator
    const rest = (numerator - quotient * denominator) * 2n
    if (rest > denominator || (rest === denominator && (quotient & 1n) === 1n)) quotient += 1n
    const digits = quotient.toString()
    if (digits.length === count) return { digits, exponent }
    exponent += digits.length > count ? 1 : -1
  }
}

/** A float for `%d`: cut towards zero; what is no number has Ruby's error. */
export function floatToInteger(value: number): bigint {
  if (!Number.isFinite(value)) throw new FormatError(floatText(value))
  return BigInt(Math.trunc(value))
}
