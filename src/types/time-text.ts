/** `2020-01-31T23:59:59.000000000 UTC`. */
export function timestampText(nanoseconds: bigint): string {
  const milliseconds = floorDivide(nanoseconds, 1_000_000n)
  const fraction = String(nanoseconds - floorDivide(nanoseconds, 1_000_000_000n) * 1_000_000_000n).padStart(9, '0')
  return `${new Date(Number(milliseconds)).toISOString().slice(0, -5)}.${fraction} UTC`
}

/** `1-02:03:04.5`: days, hours, minutes, seconds and the fraction without trailing zeros. */
export function timespanText(nanoseconds: bigint): string {
  const total = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const seconds = total / 1_000_000_000n
  const two = (n: bigint) => String(n).padStart(2, '0')
  const clock = `${two((seconds / 3600n) % 24n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  const fraction = String(total % 1_000_000_000n).replace(/^([0-9]+?)0*$/, '$1')
  return `${nanoseconds < 0n ? '-' : ''}${seconds / 86_400n}-${clock}.${fraction}`
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
