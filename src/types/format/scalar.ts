import { define, fail } from '../../source/diagnostic.ts'
import type { Value } from '../../value/value.ts'
import { printValue, typeText } from '../print.ts'
import { floatText, quote, slashed } from '../quote.ts'
import { parseVersionRange, rangeText } from '../semver-range.ts'
import { timespanText, timestampText } from '../time-text.ts'
import { type FormatSpec, illegalFormat, withLetter } from './spec.ts'
import { formatFloat, formatInteger, formatText } from './sprintf.ts'

const notACharacter = define('error', 'puppet/bad-format', () => 'pack(U): value out of range')

/** A value that is no container, by the format of its type. */
export function formatScalar(spec: FormatSpec, value: Value): string {
  switch (value.kind) {
    case 'undef':
      return fill(spec, undefText(spec))
    case 'default':
      return fill(spec, defaultText(spec))
    case 'boolean':
      return formatBoolean(spec, value.value)
    case 'integer':
      return formatIntegerValue(spec, value.value)
    case 'float':
      return formatFloatValue(spec, value.value)
    case 'string':
      return formatString(spec, value.value)
    case 'regexp':
      return formatRegexp(spec, value.pattern)
    case 'binary':
      return formatBinary(spec, Buffer.from(value.bytes))
    case 'type':
      if (spec.letter === 's')
        return formatText(spec, spec.alternative ? `"${typeText(value.type)}"` : typeText(value.type))
      return spec.letter === 'p' ? formatText(spec, typeText(value.type)) : illegalFormat('Type', spec, 'sp')
    case 'uri':
      if (spec.letter === 's') return formatText(spec, spec.alternative ? quote(value.text) : value.text)
      return spec.letter === 'p' ? `URI(${quote(value.text)})` : illegalFormat('URI', spec, 'sp')
    default:
      return formatOther(spec, value)
  }
}

/** Width and precision for words. */
function fill(spec: FormatSpec, word: string): string {
  if (!spec.left && spec.width === undefined && spec.precision === undefined) return word
  return formatText({ ...spec, flags: new Set(spec.left ? ['-'] : []) }, word)
}

function undefText(spec: FormatSpec): string {
  const { letter, alternative } = spec
  if ('dxXobBeEfgGaA'.includes(letter)) return 'NaN'
  switch (letter) {
    case 'n':
      return alternative ? 'null' : 'nil'
    case 'u':
      return alternative ? 'undefined' : 'undef'
    case 'v':
      return 'n/a'
    case 'V':
      return 'N/A'
    case 's':
      return alternative ? '""' : ''
    case 'p':
      return alternative ? '"undef"' : 'undef'
    default:
      return illegalFormat('Undef', spec, 'nudxXobBeEfgGaAvVsp')
  }
}

function defaultText(spec: FormatSpec): string {
  const quoted = (word: string) => (spec.alternative ? `"${word}"` : word)
  if ('dsp'.includes(spec.letter)) return quoted('default')
  return spec.letter === 'D' ? quoted('Default') : illegalFormat('Default', spec, 'dDsp')
}

function formatBoolean(spec: FormatSpec, value: boolean): string {
  const word = (yes: string, no: string) => {
    const shown = value ? yes : no
    return fill(spec, spec.alternative ? shown.charAt(0) : shown)
  }
  switch (spec.letter) {
    case 't':
      return word('true', 'false')
    case 'T':
      return word('True', 'False')
    case 'y':
      return word('yes', 'no')
    case 'Y':
      return word('Yes', 'No')
    case 's':
    case 'p':
      return fill(spec, String(value))
    default:
      if ('dxXobB'.includes(spec.letter)) return formatIntegerValue(spec, value ? 1n : 0n)
      if ('eEfgGaA'.includes(spec.letter)) return formatFloatValue(spec, value ? 1 : 0)
      return illegalFormat('Boolean', spec, 'tTyYdxXobBeEfgGaAsp')
  }
}

function formatIntegerValue(spec: FormatSpec, value: bigint): string {
  const { letter } = spec
  if ('dxXobB'.includes(letter)) return formatInteger(spec, value)
  if ('eEfgGaA'.includes(letter)) return formatFloat(spec, Number(value))
  switch (letter) {
    case 'p':
      return formatText(spec, String(value))
    case 'c': {
      if (value < 0n || value > 0x10ffffn) return fail(notACharacter([]))
      const character = String.fromCodePoint(Number(value))
      return formatText(withLetter(spec, 's'), spec.alternative ? `"${character}"` : character)
    }
    case 's':
      return formatText(spec, spec.alternative ? `"${value}"` : String(value))
    default:
      return illegalFormat('Integer', spec, 'dxXobBeEfgGaAspc')
  }
}

function formatFloatValue(spec: FormatSpec, value: number): string {
  const { letter } = spec
  if ('dxXobB'.includes(letter)) return formatInteger(spec, BigInt(Math.trunc(value)))
  if ('eEfgGaA'.includes(letter)) return formatFloat(spec, value)
  switch (letter) {
    case 'p':
      return formatText(spec, floatText(value))
    case 's':
      return formatText(spec, spec.alternative ? `"${floatText(value)}"` : floatText(value))
    default:
      return illegalFormat('Float', spec, 'dxXobBeEfgGaAsp')
  }
}

function formatString(spec: FormatSpec, value: string): string {
  const shown = (text: string) => (spec.alternative ? fill(spec, quote(text)) : formatText(withLetter(spec, 's'), text))
  switch (spec.letter) {
    case 's':
      return formatText(spec, value)
    case 'p':
      return fill(spec, quote(value, spec.alternative ? 'double' : 'single'))
    case 'c':
      return shown(capitalise(value))
    case 'C':
      return shown(value.split('::').map(capitalise).join('::'))
    case 'u':
      return shown(value.toUpperCase())
    case 'd':
      return shown(value.toLowerCase())
    case 't':
      return shown(value.replace(/^[\0\s]+|[\0\s]+$/g, ''))
    default:
      return illegalFormat('String', spec, 'cCudspt')
  }
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()
}

function formatRegexp(spec: FormatSpec, pattern: string): string {
  if (spec.letter === 'p') return formatText(spec, slashed(pattern))
  if (spec.letter !== 's') return illegalFormat('Regexp', spec, 'sp')
  return formatText(spec, spec.alternative ? quote(pattern) : pattern)
}

function formatBinary(spec: FormatSpec, bytes: Buffer): string {
  const shown = (text: string) => formatText(withLetter(spec, 's'), spec.alternative ? inspect(text) : text)
  switch (spec.letter) {
    case 's':
      return shown(bytes.toString('utf8'))
    case 'p':
      return `Binary("${formatText(withLetter(spec, 's'), bytes.toString('base64'))}")`
    case 'b':
      return shown(bytes.toString('base64').replace(/.{1,60}/g, '$&\n'))
    case 'B':
      return shown(bytes.toString('base64'))
    case 'u':
      return shown(bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'))
    case 't':
      return shown('Binary')
    case 'T':
      return shown('BINARY')
    default:
      return illegalFormat('Binary', spec, 'bButTsp')
  }
}

/** Ruby's `inspect` of a text. */
function inspect(text: string): string {
  const body = text.replace(/[\\"\n\t\r\x1b\x07\b\f\v]|#(?=[{$@])/g, (c) => inspected[c] ?? `\\${c}`)
  return `"${body}"`
}

const inspected: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x1b': '\\e',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** Values whose type has no formats of its own: Ruby's `format` with the value's text. */
function formatOther(spec: FormatSpec, value: Value): string {
  switch (value.kind) {
    case 'sensitive':
      return formatText(spec, spec.letter === 'p' ? '#<Sensitive [value redacted]>' : 'Sensitive [value redacted]')
    case 'timestamp':
      return formatText(spec, timestampText(value.nanoseconds))
    case 'timespan':
      return formatText(spec, timespanText(value.nanoseconds))
    case 'semver':
      return formatText(spec, value.text)
    case 'semver-range':
      return formatText(spec, spec.letter === 'p' ? rangeText(parseVersionRange(value.text)) : value.text)
    case 'object':
      return 'psq'.includes(spec.letter) ? printValue(value) : illegalFormat('Object', spec, 'spq')
    default:
      if (spec.letter === 's') return printValue(value)
      return spec.letter === 'p' ? quote(printValue(value)) : illegalFormat('Runtime', spec, 'spq')
  }
}
