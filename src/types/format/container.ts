import { array, type HashValue, type Value } from '../../value/value.ts'
import { isAssignable } from '../assignable.ts'
import { inferSet } from '../infer.ts'
import { defaultArrayFormat, defaultElementFormats, defaultHashFormat } from './map.ts'
import { formatScalar } from './scalar.ts'
import { type FormatMap, type FormatSpec, illegalFormat, parseFormat } from './spec.ts'

/** How deep a container is within others, and whether lines are broken there. */
interface Indentation {
  readonly level: number
  readonly first: boolean
  readonly active: boolean
}

const outermost: Indentation = { level: 0, first: true, active: false }
const plain = parseFormat('%s')

/** A value by the formats of its type and of the types of what it holds. */
export function formatValue(value: Value, formats: FormatMap, at: Indentation = outermost): string {
  if (value.kind === 'iterator') return formatValue(array([...value.values], value.origin), formats, at)
  const type = inferSet(value)
  const spec = formats.find(([t]) => isAssignable(t, type))?.[1] ?? plain
  if (value.kind === 'array') return formatArray(value.values, spec, formats, at)
  if (value.kind === 'hash') return formatHash(value, spec, formats, at)
  return formatScalar(spec, value)
}

const delimiters: Readonly<Record<string, readonly [string, string]>> = {
  '[': ['[', ']'],
  '{': ['{', '}'],
  '(': ['(', ')'],
  '<': ['<', '>'],
  '|': ['|', '|'],
}

function delimiterPair(spec: FormatSpec, usual: readonly [string, string]): readonly [string, string] {
  if (spec.delimiter !== undefined) return delimiters[spec.delimiter] ?? usual
  return spec.flags.has(' ') ? ['', ''] : usual
}

function isContainer(value: Value): boolean {
  return value.kind === 'array' || value.kind === 'hash' || value.kind === 'object'
}

function breaks(at: Indentation): boolean {
  return at.active && at.level > 0 && !at.first
}

function padding(level: number): string {
  return '  '.repeat(level)
}

function isArrayOrHash(value: Value | undefined): boolean {
  return value?.kind === 'array' || value?.kind === 'hash'
}

function formatArray(values: readonly Value[], spec: FormatSpec, formats: FormatMap, given: Indentation): string {
  if (!'asp'.includes(spec.letter)) return illegalFormat('Array', spec, 'asp')
  const separator = spec.separator ?? (defaultArrayFormat.separator as string)
  const elementFormats = spec.elements ?? defaultElementFormats
  const [open, close] = delimiterPair(spec, ['[', ']'])
  const at = { ...given, active: spec.alternative || given.active }
  const inner: Indentation = { level: at.level + 1, first: false, active: spec.alternative }
  const texts = values.map((v) => formatValue(v, isContainer(v) ? formats : elementFormats, inner))
  const breakEach = spec.alternative && spec.width !== undefined && widest(values, texts) > spec.width
  let text = `${breaks(at) ? `\n${padding(at.level)}` : ''}${open}`
  for (const [i, value] of values.entries()) {
    const element = texts[i] as string
    if (i === 0) {
      if (breakEach && !isArrayOrHash(value)) text += ' '
    } else {
      text += separator
      const afterContainer = spec.alternative && isArrayOrHash(values[i - 1]) && !isArrayOrHash(value)
      if ((breakEach && !isArrayOrHash(value)) || afterContainer) {
        if (!text.endsWith('\n')) text = text.trimEnd()
        text += `\n${padding(inner.level)}`
      }
    }
    if (text.endsWith(' ') && element.startsWith('\n')) text = text.trimEnd()
    text += element
  }
  return text + close
}

/** The length of the longest run of elements between containers. */
function widest(values: readonly Value[], texts: readonly string[]): number {
  let longest = 0
  let run = 0
  for (const [i, value] of values.entries()) {
    run = isArrayOrHash(value) ? 0 : run + (texts[i] as string).length
    longest = Math.max(longest, run)
  }
  return longest
}

function formatHash(value: HashValue, spec: FormatSpec, formats: FormatMap, given: Indentation): string {
  if (spec.letter === 'a') {
    const pairs = [...value.entries.values()].map((e) => array([e.key, e.value], value.origin))
    return formatValue(array(pairs, value.origin), formats, given)
  }
  if (!'hsp'.includes(spec.letter)) return illegalFormat('Hash', spec, 'hasp')
  const usual = spec.separator ?? (defaultHashFormat.separator as string)
  const separator = spec.alternative ? `${usual.endsWith('\n') ? usual : usual.trimEnd()}\n` : usual
  const arrow = spec.separator2 ?? (defaultHashFormat.separator2 as string)
  const elementFormats = spec.elements ?? defaultElementFormats
  const [open, close] = delimiterPair(spec, ['{', '}'])
  const at = { ...given, active: spec.alternative || given.active }
  const inner: Indentation = { level: at.level + 1, first: true, active: false }
  const part = (v: Value) => formatValue(v, isContainer(v) ? formats : elementFormats, inner)
  const indent = spec.alternative ? padding(inner.level) : ''
  const body = [...value.entries.values()].map((e) => `${indent}${part(e.key)}${arrow}${part(e.value)}`).join(separator)
  const start = breaks(at) ? `\n${padding(at.level)}` : ''
  return spec.alternative ? `${start}${open}\n${body}\n${padding(at.level)}${close}` : `${start}${open}${body}${close}`
}
