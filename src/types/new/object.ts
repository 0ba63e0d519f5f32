import type { ObjectAttribute, ObjectType } from '../../value/type.ts'
import { undef, type Value } from '../../value/value.ts'
import { structElement } from '../construct.ts'
import { allAttributes, initialAttributes } from '../object-members.ts'
import type { Constructor, Making } from './constructor.ts'

/** Attributes by position, required ones first, or all in one hash. */
export function newObject(type: ObjectType): Constructor {
  const attributes = allAttributes(type)
  const ordered = initialAttributes(type)
  const required = ordered.filter((a) => !a.value).length
  const struct = {
    kind: 'Struct',
    elements: attributes.filter((a) => ordered.includes(a)).map((a) => structElement(a.name, a.type, !!a.value)),
  } as const
  const size = { min: required, max: ordered.length }
  return {
    name: `new_${type.name}`,
    dispatches: [
      {
        signature: { type: { kind: 'Callable', parameters: [struct], size: { min: 1, max: 1 } }, names: ['hash'] },
        call: ([given], making) => {
          const { entries } = given as Value & { kind: 'hash' }
          return objectOf(type, attributes, (name) => entries.get(`'${name}`)?.value, making)
        },
      },
      {
        signature: {
          type: { kind: 'Callable', parameters: ordered.map((a) => a.type), size },
          names: ordered.map((a) => a.name),
        },
        call: (args, making) => {
          const given = new Map(ordered.map((a, i) => [a.name, args[i]]))
          return objectOf(type, attributes, (name) => given.get(name), making)
        },
      },
    ],
  }
}

function objectOf(
  type: ObjectType,
  attributes: readonly ObjectAttribute[],
  given: (name: string) => Value | undefined,
  { origin }: Making,
): Value {
  const values = new Map<string, Value>()
  for (const attribute of attributes)
    if (attribute.attributeKind !== 'derived')
      values.set(attribute.name, given(attribute.name) ?? attribute.value ?? undef(origin))
  return { kind: 'object', type, attributes: values, origin }
}
