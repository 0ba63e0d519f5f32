import type { Value } from '../../value/value.ts'
import { arrayOf, enumOf, integerRange, optional, stringType } from '../construct.ts'
import {
  type Constructor,
  entry,
  failConversion,
  localType,
  type Making,
  signature,
  struct,
  variant,
} from './constructor.ts'

const bytes = arrayOf(localType('ByteInteger', integerRange(0n, 255n)))
const format = localType('Base64Format', enumOf(['%b', '%u', '%B', '%s', '%r']))
const args = localType(
  'BinaryArgsHash',
  variant(
    localType('StringHash', struct({ value: stringType, 'format?': optional(format) })),
    localType('ArrayHash', struct({ value: bytes })),
  ),
)

export const newBinary: Constructor = {
  name: 'new_Binary',
  dispatches: [
    {
      signature: signature(['str', stringType], ['format', format, 'optional']),
      call: ([text, form], making) => fromString(text as Value, form, making),
    },
    { signature: signature(['byte_array', bytes]), call: ([list], making) => fromArray(list as Value, making) },
    {
      signature: signature(['hash_args', args]),
      call: ([given], making) => {
        const hash = given as Value & { kind: 'hash' }
        const value = entry(hash, 'value') as Value
        return value.kind === 'array' ? fromArray(value, making) : fromString(value, entry(hash, 'format'), making)
      },
    },
  ],
}

function fromArray(list: Value, { origin }: Making): Value {
  const { values } = list as Value & { kind: 'array' }
  return {
    kind: 'binary',
    bytes: Uint8Array.from(values, (v) => Number((v as Value & { kind: 'integer' }).value)),
    origin,
  }
}

function fromString(given: Value, form: Value | undefined, making: Making): Value {
  const text = (given as Value & { kind: 'string' }).value
  const { origin } = making
  switch (form?.kind === 'string' ? form.value : '%B') {
    case '%s':
    case '%r':
      return { kind: 'binary', bytes: Buffer.from(text, 'utf8'), origin }
    case '%b':
      return { kind: 'binary', bytes: Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64'), origin }
    case '%u':
      return { kind: 'binary', bytes: strict(text.replaceAll('-', '+').replaceAll('_', '/'), true, making), origin }
    default:
      return { kind: 'binary', bytes: strict(text, false, making), origin }
  }
}

function strict(text: string, unpadded: boolean, making: Making): Uint8Array {
  const padded = unpadded && !text.includes('=') ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text
  if (padded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(padded)) failConversion('invalid base64', making)
  return Buffer.from(padded, 'base64')
}
