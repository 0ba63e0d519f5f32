/** A directive of a format: `%-08.3f` without its letter. */
export interface Directive {
  left: boolean
  plus: boolean
  space: boolean
  zero: boolean
  alternate: boolean
  width?: number
  precision?: number
}

/** The first characters, as many as the precision says. */
export function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('')
}

/** A text filled up to the width. */
export function justify(text: string, { left, width = 0 }: Directive): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  return left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

/** `%d`, `%x`, `%o` and `%b`; a negative number without sign is shown in two's complement with dots in front. */
export function formatInteger(given: bigint | number, base: number, character: string, directive: Directive): string {
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

/** `%f`, `%e`, `%g` and `%a`; an integer with `%f` stays exact. */
export function formatFloat(given: number | bigint, character: string, directive: Directive): string {
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
function fixed(value: number, precision: number, keepPoint = false): string {
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
