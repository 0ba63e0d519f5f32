import { mostOf64Bits } from './numbers.ts'

/** A number with an optional unit (`ms`, `s`, `min`, `h`), as `ap_timeout_parameter_parse` reads it. */
export function isDuration(text: string, unit: string): boolean {
  return durationOf(text, unit) !== undefined
}

/**
 * Microseconds; undefined for what is not a duration or does not fit into 64 bits. As in httpd, the number may be
 * missing and counts as 0 then, and only the first letters of the unit matter; they are small ones.
 */
export function durationOf(text: string, unit: string): number | undefined {
  const [, digits = '0', given] = /^[ \t\n\v\f\r]*([+-]?\d+)?(.*)$/s.exec(text) ?? []
  const [, micro] = durationUnits.find(([start]) => (given || unit).startsWith(start)) ?? []
  if (micro === undefined) return undefined
  const value = BigInt(digits.replace('+', '')) * micro
  return value < 0n || value > mostOf64Bits ? undefined : Number(value)
}

/** How units begin, in microseconds. */
export const durationUnits: readonly (readonly [start: string, micro: bigint])[] = [
  ['s', 1_000_000n],
  ['h', 3_600_000_000n],
  ['ms', 1_000n],
  ['mi', 60_000_000n],
]
