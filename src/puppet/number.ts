/** What is wrong with a word that starts with a digit, as Puppet tells; undefined for a good number. */
export function numberFault(value: string): 'hex' | 'octal' | 'decimal' | 'illegal' | undefined {
  if (/^0[xX]/.test(value)) return /^0[xX][0-9A-Fa-f]+$/.test(value) ? undefined : 'hex'
  if (/^0[^.]/.test(value)) return /^0[0-7]+$/.test(value) ? undefined : 'octal'
  if (/^\d+[eE.]/.test(value)) return /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/.test(value) ? undefined : 'decimal'
  return /^\d+$/.test(value) ? undefined : 'illegal'
}

export type NumberValue =
  | { readonly kind: 'integer'; readonly value: bigint; readonly radix: 8 | 10 | 16 }
  | { readonly kind: 'float'; readonly value: number }

/** The value of a number token: `0x1F`, `017`, `12`, `1.5e-3`. */
export function numberValue(value: string): NumberValue {
  if (/^0[xX]/.test(value)) return { kind: 'integer', value: BigInt(value.toLowerCase()), radix: 16 }
  if (/[.eE]/.test(value)) return { kind: 'float', value: Number(value) }
  if (/^0\d/.test(value)) return { kind: 'integer', value: BigInt(`0o${value.slice(1)}`), radix: 8 }
  return { kind: 'integer', value: BigInt(value), radix: 10 }
}
