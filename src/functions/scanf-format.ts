/** What one conversion of a format reads. */
interface Conversion {
  readonly kind: 'integer' | 'float' | 'text'
  readonly pattern: string
  readonly base?: number
  readonly skipSpace: boolean
  readonly keep: boolean
}

type Scanned = string | bigint | number

/**
 * Ruby's String#scanf: reads values out of a text by a format of `%d %i %u %x %o %f %s %c %[…]` and literals; whitespace in
 * the format stands for any amount of it. Gives the values up to the first that does not fit.
 */
export function scanText(text: string, format: string): Scanned[] {
  const results: Scanned[] = []
  let at = 0
  for (const item of itemsOf(format)) {
    if (item.kind === 'space') {
      at += leading(/\s*/y, text, at).length
      continue
    }
    if (item.kind === 'literal') {
      if (!text.startsWith(item.text, at)) return results
      at += item.text.length
      continue
    }
    const { conversion } = item
    const space = conversion.skipSpace ? leading(/\s*/y, text, at).length : 0
    const found = leading(new RegExp(conversion.pattern, 'y'), text, at + space)
    if (found === '') return results
    at += space + found.length
    if (conversion.keep) results.push(scannedValue(conversion, found))
  }
  return results
}

type Item =
  | { readonly kind: 'space' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'conversion'; readonly conversion: Conversion }

function* itemsOf(format: string): Iterable<Item> {
  const directive = /%(\*?)(\d*)(?:[hlL]?([diuxXoeEfFgGaAsc])|(\[\^?\]?[^\]]*\]))|%%|\s+|[\s\S]/g
  for (const match of format.matchAll(directive)) {
    const [whole, star, width = '', letter, set] = match
    if (letter === undefined && set === undefined) {
      if (/^\s/.test(whole)) yield { kind: 'space' }
      else yield { kind: 'literal', text: whole === '%%' ? '%' : whole }
      continue
    }
    yield {
      kind: 'conversion',
      conversion: conversionOf(letter, set, width === '' ? undefined : Number(width), star !== '*'),
    }
  }
}

function conversionOf(
  letter: string | undefined,
  set: string | undefined,
  width: number | undefined,
  keep: boolean,
): Conversion {
  if (set !== undefined) {
    const body = set.slice(1, -1).replace(/[\\[\]]/g, '\\$&')
    return { kind: 'text', pattern: `[${body}]${count(width)}`, skipSpace: false, keep }
  }
  const limited = (pattern: string): string => (width === undefined ? pattern : `(?=.{1,${width}})${pattern}`)
  const integer = (digits: string, base: number): Conversion => ({
    kind: 'integer',
    pattern: width === undefined ? `[+-]?${digits}+` : withinWidth(digits, width),
    base,
    skipSpace: true,
    keep,
  })
  switch (letter) {
    case 'd':
    case 'u':
      return integer('\\d', 10)
    case 'o':
      return integer('[0-7]', 8)
    case 'x':
    case 'X': {
      const plain = integer('[\\da-fA-F]', 16)
      return width === undefined ? { ...plain, pattern: '[+-]?(?:0[xX])?[\\da-fA-F]+' } : plain
    }
    case 'i':
      return { ...integer('\\d', 0), pattern: '[+-]?(?:0[xX][\\da-fA-F]+|0[0-7]*|\\d+)' }
    case 's':
      return { kind: 'text', pattern: `\\S${count(width)}`, skipSpace: true, keep }
    case 'c':
      return { kind: 'text', pattern: `[\\s\\S]{1,${width ?? 1}}`, skipSpace: false, keep }
    default:
      return {
        kind: 'float',
        pattern: limited('[+-]?(?:\\d+(?![\\d.])|\\d*\\.\\d*(?:[eE][+-]?\\d+)?)'),
        skipSpace: true,
        keep,
      }
  }
}

/** The sign counts towards the width. */
function withinWidth(digits: string, width: number): string {
  return width > 1 ? `(?:[+-]${digits}{1,${width - 1}}|${digits}{1,${width}})` : `${digits}{1,${width}}`
}

function count(width: number | undefined): string {
  return width === undefined ? '+' : `{1,${width}}`
}

function leading(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function scannedValue(conversion: Conversion, text: string): Scanned {
  if (conversion.kind === 'text') return text
  if (conversion.kind === 'float') return Number(text)
  const digits = text.replace(/^[+-]/, '')
  const base = conversion.base || (/^0[xX]/.test(digits) ? 16 : digits.startsWith('0') ? 8 : 10)
  const body = base === 16 ? digits.replace(/^0[xX]/, '') : digits
  const magnitude = BigInt({ 8: `0o${body}`, 16: `0x${body}` }[base] ?? body)
  return text.startsWith('-') ? -magnitude : magnitude
}
