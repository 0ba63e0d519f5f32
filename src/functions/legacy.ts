import { slashed } from '../types/quote.ts'
import { rubyInspect, rubyText } from '../types/ruby-value.ts'
import { valueToText } from '../types/text.ts'
import type { CallContext, FunctionDefinition } from '../value/function.ts'
import { array, hash, string, undef, type Value } from '../value/value.ts'
import { type Call, refuse } from './definition.ts'

/** Numbers of arguments: exactly `count`, or at least that many. */
export interface Arity {
  readonly count: number
  readonly orMore: boolean
}

export function exactly(count: number): Arity {
  return { count, orMore: false }
}
export function atLeast(count: number): Arity {
  return { count, orMore: true }
}

/**
 * A function of Puppet's old API: no types, the number of arguments alone is checked; undef arrives as `''`, a regular
 * expression and values without an old counterpart as text. Those that are no `rvalue` give undef.
 */
export function legacy(
  name: string,
  arity: Arity,
  run: (call: Call) => Value | undefined,
  rvalue = true,
): FunctionDefinition {
  const call = (context: CallContext, given: readonly Value[]): Value => {
    const plain: Call = { name, context, args: given, block: undefined }
    const args = given.map((value) => (value.kind === 'undef' ? string('', value.origin) : converted(plain, value)))
    const { count, orMore } = arity
    if (orMore ? args.length < count : args.length !== count) {
      const wanted = orMore ? `minimum ${count}` : count
      refuse(plain, `${name}(): Wrong number of arguments given (${args.length} for ${wanted})`)
    }
    return run({ ...plain, args }) ?? undef({ kind: 'call', name, span: context.span, from: [] })
  }
  return {
    name,
    legacy: true,
    rvalue,
    dispatches: [{ parameters: [{ name: 'args', type: 'Any', repeated: true }], call }],
  }
}

function converted(call: Call, value: Value): Value {
  switch (value.kind) {
    case 'regexp':
      return string(slashed(value.pattern), value.origin)
    case 'semver':
    case 'semver-range':
    case 'binary':
    case 'timestamp':
    case 'timespan':
      return string(valueToText(value), value.origin)
    case 'array': {
      const inner = value.values.map((element) => converted(call, element))
      return inner.every((element, i) => element === value.values[i]) ? value : array(inner, value.origin)
    }
    case 'hash': {
      const entries = [...value.entries.values()]
      const pairs = entries.map((entry) => [converted(call, entry.key), converted(call, entry.value)] as const)
      const same = pairs.every(([k, v], i) => k === entries[i]?.key && v === entries[i]?.value)
      return same ? value : hash(pairs, value.origin)
    }
    case 'iterator':
      return refuse(call, 'Use of an Iterator is not supported here')
    default:
      return value
  }
}

/** Ruby's `to_s` of such an argument: a reference is a resource here, `File[/x]`. */
export function legacyText(value: Value): string {
  return referenceText(value) ?? (value.kind === 'array' ? legacyInspect(value) : rubyText(value))
}

export function legacyInspect(value: Value): string {
  switch (value.kind) {
    case 'array':
      return `[${value.values.map(legacyInspect).join(', ')}]`
    case 'hash': {
      const entries = [...value.entries.values()]
      return `{${entries.map((entry) => `${legacyInspect(entry.key)}=>${legacyInspect(entry.value)}`).join(', ')}}`
    }
    default:
      return referenceText(value) ?? rubyInspect(value)
  }
}

function referenceText(value: Value): string | undefined {
  if (value.kind !== 'type') return undefined
  const { type } = value
  if (type.kind === 'Class') return `Class[${type.name === undefined ? '' : capitalised(type.name)}]`
  if (type.kind === 'Resource' && type.typeName !== undefined)
    return `${capitalised(type.typeName)}[${type.title ?? ''}]`
  return undefined
}

function capitalised(name: string): string {
  return name
    .split('::')
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join('::')
}
