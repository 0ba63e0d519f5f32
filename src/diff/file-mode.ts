/**
 * The permission bits that a `file` resource's `mode` asks for on a file that has `current`: numeric (`0644`, `644`) or
 * symbolic (`u=rw,g-w`), which works from the current bits, as Puppet's file type documents it. `undefined` for a mode
 * that Puppet refuses.
 */
export function desiredMode(mode: string, current: number, isDirectory: boolean): number | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) return numericMode(mode, isDirectory)
  const bits = { s: (current >> 9) & 7, u: (current >> 6) & 7, g: (current >> 3) & 7, o: current & 7 }
  const executable = isDirectory || (current & 0o111) !== 0
  for (const part of mode.split(/\s*,\s*/)) {
    const clause = /^([ugoa]*)([-+=][-+=rstwxXugo]*)$/.exec(part)
    if (!clause || !applyClause(bits, clause[1] as string, clause[2] as string, executable)) return undefined
  }
  return (bits.s << 9) | (bits.u << 6) | (bits.g << 3) | bits.o
}

/** Puppet makes a directory searchable for everybody whom a numeric mode lets read it. */
function numericMode(mode: string, isDirectory: boolean): number {
  const bits = Number.parseInt(mode, 8)
  return isDirectory ? bits | ((bits & 0o444) >> 2) : bits
}

type Bits = Record<'s' | 'u' | 'g' | 'o', number>

const permission: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 }
const setBit = { u: 4, g: 2, o: 1 } as const

/** One clause changes the bits in place; every class of users in it sees the bits as they were before the clause. */
function applyClause(bits: Bits, users: string, operations: string, executable: boolean): boolean {
  const before = { ...bits }
  const classes = new Set((users === '' ? 'ugo' : users.replaceAll('a', 'ugo')) as Iterable<'u' | 'g' | 'o'>)
  for (const who of classes) {
    let value = before[who]
    let operator = '='
    const combine = (old: number, bit: number): number => (operator === '-' ? old & ~bit : old | bit)
    for (const sign of operations) {
      switch (sign) {
        case '-':
        case '+':
          operator = sign
          break
        case '=':
          operator = sign
          value = 0
          break
        case 'u':
        case 'g':
        case 'o':
          value = combine(value, before[sign])
          break
        case 'X':
          if (operator !== '+') return false
          if (executable) value = combine(value, 1)
          break
        case 's':
          bits.s = combine(bits.s, setBit[who])
          break
        case 't':
          bits.s = combine(bits.s, 1)
          break
        default:
          value = combine(value, permission[sign] ?? 0)
      }
    }
    bits[who] = value
  }
  return true
}

/** `0644`: four octal digits. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
