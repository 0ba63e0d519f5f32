import type { Value } from '../../src/value/value.ts'

/** A value in the shape in which the reference programs' answers are recorded: each with its kind. */
export function tagged(value: Value): unknown {
  switch (value.kind) {
    case 'undef':
      return { undef: true }
    case 'default':
      return { default: true }
    case 'boolean':
      return { boolean: value.value }
    case 'integer':
      return { integer: value.value.toString() }
    case 'float':
      return { float: rubyFloatText(value.value) }
    case 'string':
      return { string: value.value }
    case 'array':
      return { array: value.values.map(tagged) }
    case 'hash':
      return { hash: [...value.entries.values()].map((e) => [tagged(e.key), tagged(e.value)]) }
    case 'binary':
      return { binary: Buffer.from(value.bytes).toString('base64') }
    case 'opaque':
      return { symbol: value.text }
    case 'sensitive':
      return { sensitive: tagged(value.value) }
    default:
      return { other: value.kind }
  }
}

/** Ruby's `Float#to_s`. */
function rubyFloatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity'
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, exponent] = value.toExponential().split('e') as [string, string]
    const power = `${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`
    return `${digits.includes('.') ? digits : `${digits}.0`}e${power}`
  }
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}
