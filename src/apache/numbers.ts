/** C's `atoi`: digits at the front, 0 where there are none; the low 32 bits of what 64 bits hold. */
export function leadingInteger(text: string): number {
  const found = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1]
  if (found === undefined) return 0
  return found.length < 10 ? Number(found) : Number(BigInt.asIntN(32, saturated(found)))
}

/** What a 64-bit integer keeps of a decimal number. */
function saturated(digits: string): bigint {
  const value = BigInt(digits.replace('+', ''))
  return value > mostOf64Bits ? mostOf64Bits : value < leastOf64Bits ? leastOf64Bits : value
}

export const mostOf64Bits = 2n ** 63n - 1n
const leastOf64Bits = -(2n ** 63n)

/**
 * C's `strtol` with base 10: the number, the offset behind it (0 where there is none), and whether it did not fit into
 * 64 bits and was cut to what fits.
 */
export function parseLeading(text: string): { value: bigint; end: number; overflow: boolean } {
  const [found, digits] = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text) ?? []
  if (found === undefined || digits === undefined) return { value: 0n, end: 0, overflow: false }
  const value = saturated(digits)
  return { value, end: found.length, overflow: value !== BigInt(digits.replace('+', '')) }
}
