import { createHash } from 'node:crypto'
import { rubyClass } from '../types/ruby-value.ts'
import type { Value } from '../value/value.ts'
import { type Call, refuse, toText } from './definition.ts'
import { exactly, legacy } from './legacy.ts'

export const md5 = legacy('md5', exactly(1), (call) => hexadecimal(call, 'md5'))
export const sha1 = legacy('sha1', exactly(1), (call) => hexadecimal(call, 'sha1'))
export const sha256 = legacy('sha256', exactly(1), (call) => hexadecimal(call, 'sha256'))

/** With the algorithm of the setting `digest_algorithm`. */
export const digest = legacy('digest', exactly(1), (call) =>
  hexadecimal(call, String(call.context.settings.values.get('digest_algorithm') ?? 'sha256')),
)

function hexadecimal(call: Call, algorithm: string): Value {
  const [given] = call.args as [Value]
  if (given.kind !== 'string') {
    const shown = given.kind === 'boolean' ? String(given.value) : rubyClass(given)
    return refuse(call, `no implicit conversion of ${shown} into String`)
  }
  return toText(call, createHash(algorithm).update(given.value).digest('hex'))
}
