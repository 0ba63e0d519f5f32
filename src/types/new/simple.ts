import { escapeRegexp, rubyRegexp } from '../../value/regexp.ts'
import type { Value } from '../../value/value.ts'
import { anyType, booleanType, enumOf, nonEmptyString, stringType } from '../construct.ts'
import { formatToString } from '../format/format.ts'
import { formatPattern } from '../format/spec.ts'
import { type Constructor, localType, pattern, refusal, signature, struct, variant } from './constructor.ts'
import { cannotConvert } from './number.ts'

export const newBoolean: Constructor = {
  name: 'new_boolean',
  dispatches: [
    {
      signature: signature([
        'from',
        variant(
          { kind: 'Integer' },
          { kind: 'Float' },
          booleanType,
          enumOf(['false', 'true', 'yes', 'no', 'y', 'n'], true),
        ),
      ]),
      call: ([from], { origin }) => ({ kind: 'boolean', value: truth(from as Value), origin }),
    },
    refusal([['from', anyType]], ([from]) => cannotConvert(from as Value, 'Boolean')),
  ],
}

function truth(from: Value): boolean {
  switch (from.kind) {
    case 'integer':
    case 'float':
      return Number(from.value) !== 0
    case 'boolean':
      return from.value
    default:
      return !['false', 'no', 'n'].includes((from as Value & { kind: 'string' }).value.toLowerCase())
  }
}

const format = localType('Format', pattern(formatPattern))
const formatMapKey = { kind: 'Type' } as const
const containerFormat = localType(
  'ContainerFormat',
  struct({
    'format?': format,
    'separator?': stringType,
    'separator2?': stringType,
    'string_formats?': { kind: 'Hash', key: formatMapKey, value: format },
  }),
)
const formats = localType(
  'Formats',
  variant(
    { kind: 'Default' },
    nonEmptyString,
    localType('TypeMap', { kind: 'Hash', key: formatMapKey, value: variant(format, containerFormat) }),
  ),
)

export const newString: Constructor = {
  name: 'new_string',
  dispatches: [
    {
      signature: signature(['from', localType('Convertible', anyType)], ['string_formats', formats, 'optional']),
      call: ([from, wanted], { origin }) => ({
        kind: 'string',
        value: formatToString(from as Value, wanted),
        origin,
      }),
    },
  ],
}

/** Puppet gives it the name of Float's. */
export const newRegexp: Constructor = {
  name: 'new_float',
  dispatches: [
    {
      signature: signature(['pattern', stringType], ['escape', booleanType, 'optional']),
      call: ([given, escaping], { origin, span }) => {
        const text = (given as Value & { kind: 'string' }).value
        const source = escaping?.kind === 'boolean' && escaping.value ? escapeRegexp(text) : text
        rubyRegexp(source, {}, span ? { span } : {})
        return { kind: 'regexp', pattern: source, origin }
      },
    },
  ],
}

export const newSensitive: Constructor = {
  name: 'new_Sensitive',
  dispatches: [
    { signature: signature(['value', { kind: 'Sensitive' }]), call: ([value]) => value as Value },
    {
      signature: signature(['value', anyType]),
      call: ([value], { origin }) => ({ kind: 'sensitive', value: value as Value, origin }),
    },
  ],
}

/** Takes any value as it is. */
export const newUnit: Constructor = {
  name: 'new_unit',
  dispatches: [{ signature: signature(['from', anyType]), call: ([from]) => from as Value }],
}

export const newType: Constructor = {
  name: 'new_type',
  dispatches: [
    {
      signature: signature(['type_string', nonEmptyString]),
      call: ([text], { origin, parseType }) => ({
        kind: 'type',
        type: parseType((text as Value & { kind: 'string' }).value),
        origin,
      }),
    },
  ],
}
