/** C's `atoi`: digits at the front, 0 where there are none. */
export function leadingInteger(text: string): number {
  const found = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)
  return found ? clampInt(Number(found[1])) : 0
}

/** C's `strtol` with base 10: the number, and the offset behind it (0 where there is none). */
export function parseLeading(text: string): { value: number; end: number } {
  const found = /^[ \t\n\v\f\r]*[+-]?\d+/.exec(text)
  return found ? { value: Number(found[0].trim()), end: found[0].length } : { value: 0, end: 0 }
}

function clampInt(value: number): number {
  return value | 0
}
