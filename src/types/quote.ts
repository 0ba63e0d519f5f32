/**
 * A string as Puppet source: single quotes where that can be, double quotes where there are control characters
 * or `always` asks for them.
 */
export function quote(text: string, always: 'single' | 'double' = 'single'): string {
  return always === 'double' || /[\0-\x1f]/.test(text) ? doubleQuote(text) : singleQuote(text)
}

/** A backslash stays single but at the end, and the character after one is taken as it is. */
function singleQuote(text: string): string {
  let quoted = "'"
  let escaped = false
  for (const character of text) {
    if (escaped) {
      quoted += `\\${character}`
      escaped = false
    } else if (character === "'") quoted += "\\'"
    else if (character === '\\') escaped = true
    else quoted += character
  }
  return `${quoted}${escaped ? '\\' : ''}'`
}

const doubleEscapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '"': '\\"',
  $: '\\$',
  '\\': '\\\\',
}

function doubleQuote(text: string): string {
  const body = text.replace(
    /[\0-\x1f"$\\]/g,
    (c) => doubleEscapes[c] ?? `\\u{${(c.codePointAt(0) as number).toString(16).toUpperCase()}}`,
  )
  return `"${body}"`
}

/**
 * A pattern between slashes as Ruby shows it: slashes escaped, control characters as numbers. Ruby notes the encoding of
 * a pattern that is not ASCII as an option, so Puppet spells such a pattern's options out.
 */
export function slashed(pattern: string): string {
  const body = pattern.replace(/\\[\s\S]|[/\0-\x08\x0e-\x1f\x7f]/g, (part) => {
    if (part.length > 1) return part
    return part === '/' ? '\\/' : numbered(part)
  })
  const isAscii = /^[\0-\x7f]*$/.test(pattern)
  return isAscii || /^\(\?[mix]*(?:-[mix]*)?:[^()]*\)$/.test(body) ? `/${body}/` : `/(?-mix:${body})/`
}

function numbered(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** A float as Ruby prints it: `1.0`, `1.0e+15`, `1.0e-05`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  // Whole numbers turn to powers earlier than those with digits after the point.
  const isWhole = mantissa.replace(/[-.]/g, '').length <= power + 1
  if (power < -4 || (isWhole && power >= 15)) {
    const digits = mantissa.includes('.') ? mantissa : `${mantissa}.0`
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  const plain = decimal(mantissa, power)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** A mantissa and a power of ten without exponent. */
function decimal(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`
  if (digits.length <= power + 1) return `${sign}${digits}${'0'.repeat(power + 1 - digits.length)}`
  return `${sign}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`
}
