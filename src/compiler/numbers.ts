const blank = '[ \\t\\u00a0]*'
const numeric = new RegExp(
  `^${blank}([-+]?)${blank}(?:(0[xX][0-9A-Fa-f]+)|(0?\\d+)((?:\\.\\d+)?(?:[eE]-?\\d+)?))${blank}$`,
)

/** The number that a text holds, as Puppet converts texts in arithmetic: decimal, hexadecimal, octal, or a float. */
export function numberFromText(text: string): bigint | number | undefined {
  const match = numeric.exec(text)
  if (!match) return undefined
  const [, sign, hexadecimal, digits = '', fraction] = match
  if (fraction) return (sign === '-' ? -1 : 1) * Number(`${digits}${fraction}`)
  let value: bigint
  if (hexadecimal) value = BigInt(hexadecimal)
  else if (digits.length > 1 && digits.startsWith('0')) {
    if (!/^[0-7]+$/.test(digits)) return undefined
    value = BigInt(`0o${digits.slice(1)}`)
  } else value = BigInt(digits)
  return sign === '-' ? -value : value
}
