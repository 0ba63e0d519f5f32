import type { ObjectType, PuppetType } from '../value/type.ts'
import { type HashValue, type ObjectValue, undef, type Value } from '../value/value.ts'
import { reduceTypes } from './common.ts'
import {
  anyType,
  arrayOf,
  binaryType,
  characterCount,
  defaultType,
  emptyArray,
  emptyHash,
  exactly,
  hashOf,
  stringValue,
  structElement,
  tupleOf,
  undefType,
  variantOf,
} from './construct.ts'
import { generalize } from './generalize.ts'
import { allTypeParameters } from './object-members.ts'
import { uriParameters } from './uri.ts'

/** The type of one value; the elements of an array or hash are brought to one common type. */
export function infer(value: Value): PuppetType {
  switch (value.kind) {
    case 'array':
      if (value.values.length === 0) return emptyArray
      return arrayOf(reduceTypes(value.values.map(infer)) ?? anyType, exactly(value.values.length))
    case 'hash':
      return inferHash(value)
    default:
      return inferSingle(value)
  }
}

/** The type of one value with everything known of it: arrays are Tuples, hashes with string keys Structs. */
export function inferSet(value: Value): PuppetType {
  switch (value.kind) {
    case 'array':
      return value.values.length === 0 ? emptyArray : tupleOf(value.values.map(inferSet))
    case 'hash':
      return inferHashSet(value)
    case 'semver':
      return { kind: 'SemVer', ranges: [`${value.text} - ${value.text}`] }
    default:
      return inferSingle(value)
  }
}

function inferSingle(value: Value): PuppetType {
  switch (value.kind) {
    case 'undef':
      return undefType
    case 'default':
      return defaultType
    case 'boolean':
      return { kind: 'Boolean', value: value.value }
    case 'integer':
      return { kind: 'Integer', from: value.value, to: value.value }
    case 'float':
      return { kind: 'Float', from: value.value, to: value.value }
    case 'string':
      return stringValue(value.value)
    case 'regexp':
      return { kind: 'Regexp', pattern: value.pattern }
    case 'sensitive':
      return { kind: 'Sensitive', type: generalize(infer(value.value)) }
    case 'type':
      return { kind: 'Type', type: value.type }
    case 'binary':
      return binaryType
    case 'timestamp':
      return { kind: 'Timestamp', from: value.nanoseconds, to: value.nanoseconds }
    case 'timespan':
      return { kind: 'Timespan', from: value.nanoseconds, to: value.nanoseconds }
    case 'semver':
      return { kind: 'SemVer', ranges: [] }
    case 'semver-range':
      return { kind: 'SemVerRange' }
    case 'uri':
      return { kind: 'URI', parameters: uriParameters(value) }
    case 'iterator':
      if (value.className !== undefined) return { kind: 'Runtime', runtime: 'ruby', name: value.className }
      return { kind: 'Iterator', type: value.element }
    case 'object':
      return value.type.kind === 'Object' ? objectType(value.type, value) : value.type
    case 'opaque':
      return { kind: 'Runtime', runtime: 'ruby', name: value.className }
    default:
      return infer(value)
  }
}

/** With the values of its type parameters, where it has any. */
function objectType(type: ObjectType, value: ObjectValue): PuppetType {
  const parameters = allTypeParameters(type)
  if (parameters.length === 0) return type
  const given = parameters.map((p) => [p.name, value.attributes.get(p.name) ?? undef(value.origin)] as const)
  return { kind: 'ObjectExtension', base: type, parameters: new Map(given) }
}

function inferHash(value: HashValue): PuppetType {
  if (value.entries.size === 0) return emptyHash
  const entries = [...value.entries.values()]
  const key = reduceTypes(entries.map((e) => infer(e.key))) ?? anyType
  return hashOf(key, reduceTypes(entries.map((e) => infer(e.value))) ?? anyType, exactly(entries.length))
}

function inferHashSet(value: HashValue): PuppetType {
  if (value.entries.size === 0) return emptyHash
  const entries = [...value.entries.values()]
  const names = entries.map((e) =>
    e.key.kind === 'string' && characterCount(e.key.value) > 0 ? e.key.value : undefined,
  )
  if (names.every((name) => name !== undefined))
    return { kind: 'Struct', elements: entries.map((e, i) => structElement(names[i] as string, inferSet(e.value))) }
  const key = variantOf(entries.map((e) => inferSet(e.key)))
  return hashOf(key, variantOf(entries.map((e) => inferSet(e.value))), exactly(entries.length))
}
