import { typeToString } from '../types/print.ts'
import type { Block } from '../value/function.ts'
import type { HashValue, TypeValue, Value } from '../value/value.ts'

/** JSON text for Ruby's side (`wire.rb`) and whether it holds anything but plain JSON. */
export interface Encoded {
  readonly json: string
  readonly special: boolean
}

/** Keeps values that Ruby gets as numbers only. */
export interface Holder {
  readonly hold: (value: Value) => number
  readonly holdBlock: (block: Block) => number
}

/**
 * How a value reaches code: `current` as it is; `legacy` as functions of Ruby's older API get it (undef as `''`, values
 * that old code cannot know as text, references as resources).
 */
export type Convention = 'current' | 'legacy'

export function encode(value: Value, holder: Holder, convention: Convention = 'current'): Encoded {
  const state = { special: false }
  const json = convention === 'legacy' && value.kind === 'undef' ? '""' : encodeValue(value, holder, convention, state)
  return { json, special: state.special }
}

export function encodeBlock(block: Block, holder: Holder): string {
  const required = block.parameters.filter((p) => !p.optional && !p.capturesRest).length
  const optional = block.parameters.filter((p) => p.optional && !p.capturesRest).length
  const rest = block.parameters.some((p) => p.capturesRest)
  const names = JSON.stringify(block.parameters.map((p) => p.name))
  return `{"\\u0000":"block","h":${holder.holdBlock(block)},"n":[${required},${optional},${rest}],"p":${names}}`
}

function encodeValue(value: Value, holder: Holder, convention: Convention, state: { special: boolean }): string {
  const inner = (v: Value): string => encodeValue(v, holder, convention, state)
  const special = (kind: string, rest: string): string => {
    state.special = true
    return `{"\\u0000":"${kind}"${rest}}`
  }
  const asText = (kind: string, text: string): string =>
    convention === 'legacy' ? JSON.stringify(text) : special(kind, `,"v":${JSON.stringify(text)}`)
  switch (value.kind) {
    case 'undef':
      return 'null'
    case 'default':
      return special('default', '')
    case 'boolean':
      return value.value ? 'true' : 'false'
    case 'integer':
      return value.value.toString()
    case 'float':
      return Number.isFinite(value.value)
        ? floatText(value.value)
        : special('float', `,"v":"${Number.isNaN(value.value) ? 'nan' : value.value > 0 ? 'inf' : '-inf'}"`)
    case 'string':
      return JSON.stringify(value.value)
    case 'array':
      return `[${value.values.map(inner).join(',')}]`
    case 'hash':
      return encodeHash(value, inner, special)
    case 'regexp':
      return convention === 'legacy'
        ? JSON.stringify(`/${value.pattern}/`)
        : special('regexp', `,"v":${JSON.stringify(value.pattern)}`)
    case 'sensitive':
      return special('sensitive', `,"v":${inner(value.value)}`)
    case 'type':
      return special(convention === 'legacy' && isReference(value) ? 'resource' : 'type', typeFields(value, holder))
    case 'binary':
      return asText('binary', Buffer.from(value.bytes).toString('base64'))
    case 'timestamp':
    case 'timespan':
      return special(value.kind, `,"v":${value.nanoseconds}`)
    case 'semver':
    case 'semver-range':
    case 'uri':
      return value.kind === 'uri'
        ? special('uri', `,"v":${JSON.stringify(value.text)}`)
        : asText(value.kind, value.text)
    case 'iterator':
      return special('iterator', `,"v":[${[...value.values].map(inner).join(',')}]`)
    case 'object': {
      const attributes = [...value.attributes].map(([name, v]) => `${JSON.stringify(name)}:${inner(v)}`)
      const type = JSON.stringify(typeToString(value.type))
      return special('object', `,"h":${holder.hold(value)},"t":${type},"a":{${attributes.join(',')}}`)
    }
    case 'opaque':
      return special('opaque', `,"h":${value.handle}`)
  }
}

function encodeHash(
  value: HashValue,
  inner: (value: Value) => string,
  special: (kind: string, rest: string) => string,
): string {
  const entries = [...value.entries.values()]
  if (entries.every(({ key }) => key.kind === 'string' && key.value !== '\0'))
    return `{${entries.map(({ key, value: v }) => `${inner(key)}:${inner(v)}`).join(',')}}`
  return special('hash', `,"v":[${entries.flatMap(({ key, value: v }) => [inner(key), inner(v)]).join(',')}]`)
}

function isReference(value: TypeValue): boolean {
  return (value.type.kind === 'Resource' && value.type.typeName !== undefined) || value.type.kind === 'Class'
}

function typeFields(value: TypeValue, holder: Holder): string {
  const { type } = value
  const fields = [`,"h":${holder.hold(value)},"k":"${type.kind}","v":${JSON.stringify(typeToString(type))}`]
  if (type.kind === 'Resource') {
    if (type.typeName !== undefined) fields.push(`,"t":${JSON.stringify(type.typeName)}`)
    if (type.title !== undefined) fields.push(`,"n":${JSON.stringify(type.title)}`)
  } else if (type.kind === 'Class') {
    fields.push(`,"t":"Class"`)
    if (type.name !== undefined) fields.push(`,"n":${JSON.stringify(type.name)}`)
  }
  return fields.join('')
}

/** A JSON number that Ruby reads as Float. */
function floatText(value: number): string {
  const text = Object.is(value, -0) ? '-0.0' : String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
