import type { PuppetType, StructElement } from '../../value/type.ts'
import type { Value } from '../../value/value.ts'
import { isAssignable } from '../assignable.ts'
import { optional, stringValue, undefType } from '../construct.ts'
import { generalize } from '../generalize.ts'
import { infer } from '../infer.ts'
import { rubyClass } from '../ruby-value.ts'

/** A Struct out of the hash between its brackets. */
export function structOf(members: Value, complain: (message: string, key?: number) => never): PuppetType {
  if (members.kind !== 'hash') return complain('Struct element value_type must be a Type', 0)
  const elements: StructElement[] = []
  for (const { key, value } of members.entries.values()) {
    const type = memberType(value)
    const keyType = memberKey(key, type, complain)
    const literal = keyType.kind === 'Optional' ? keyType.type : keyType
    const name = literal?.kind === 'String' ? literal.value : undefined
    if (name === undefined)
      return complain('Unable to extract a non-empty literal string from Struct member key type', 0)
    elements.push({ name, optional: isAssignable(keyType, undefType), key: keyType, value: type })
  }
  return { kind: 'Struct', elements }
}

/** A string is the name of a Ruby class; other values stand for their type. */
function memberType(value: Value): PuppetType {
  if (value.kind === 'type') return value.type
  if (value.kind === 'string') return { kind: 'Runtime', runtime: 'ruby', name: value.value }
  return generalize(infer(value))
}

function memberKey(key: Value, value: PuppetType, complain: (message: string, key?: number) => never): PuppetType {
  if (key.kind === 'string') {
    if (key.value === '') return complain('Struct element key cannot be an empty String', 0)
    const literal = stringValue(key.value)
    return isAssignable(value, undefType) ? optional(literal) : literal
  }
  if (key.kind === 'type') {
    const { type } = key
    if (type.kind === 'NotUndef' && type.type) return type.type
    if (type.kind === 'Optional' || type.kind === 'String') return type
    if (type.kind === 'Enum') return type.values.length === 1 ? stringValue(type.values[0] as string) : type
  }
  return complain(
    `Illegal Struct member key type. Expected NotUndef, Optional, String, or Enum. Got: ${rubyClass(key)}`,
    0,
  )
}
