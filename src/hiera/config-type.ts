import { data } from '../types/aliases.ts'
import { arrayOf, hashOf, integerRange, nonEmptyString, structElement } from '../types/construct.ts'
import type { PuppetType, StructElement } from '../value/type.ts'

const optionName: PuppetType = { kind: 'Pattern', patterns: ['\\A[A-Za-z](:?[0-9A-Za-z_-]*[0-9A-Za-z])?\\z'] }
const options = hashOf(optionName, data)
const names = arrayOf(nonEmptyString, { min: 1 })

function required(name: string, value: PuppetType): StructElement {
  return structElement(name, value)
}
function allowed(name: string, value: PuppetType): StructElement {
  return structElement(name, value, true)
}

const hierarchy5 = arrayOf({
  kind: 'Struct',
  elements: [
    required('name', nonEmptyString),
    allowed('options', options),
    allowed('data_hash', nonEmptyString),
    allowed('lookup_key', nonEmptyString),
    allowed('hiera3_backend', nonEmptyString),
    allowed('v4_data_hash', nonEmptyString),
    allowed('data_dig', nonEmptyString),
    allowed('path', nonEmptyString),
    allowed('paths', names),
    allowed('glob', nonEmptyString),
    allowed('globs', names),
    allowed('uri', nonEmptyString),
    allowed('uris', names),
    allowed('mapped_paths', arrayOf(nonEmptyString, { min: 3, max: 3 })),
    allowed('datadir', nonEmptyString),
  ],
})

/** What a hiera.yaml of version 5 may hold. */
export const configType5: PuppetType = {
  kind: 'Struct',
  elements: [
    required('version', integerRange(5n, 5n)),
    allowed('defaults', {
      kind: 'Struct',
      elements: [
        allowed('data_hash', nonEmptyString),
        allowed('lookup_key', nonEmptyString),
        allowed('data_dig', nonEmptyString),
        allowed('datadir', nonEmptyString),
        allowed('options', options),
      ],
    }),
    allowed('hierarchy', hierarchy5),
    allowed('plan_hierarchy', hierarchy5),
    allowed('default_hierarchy', hierarchy5),
  ],
}

/** And of version 4. */
export const configType4: PuppetType = {
  kind: 'Struct',
  elements: [
    required('version', integerRange(4n, 4n)),
    allowed('datadir', nonEmptyString),
    allowed(
      'hierarchy',
      arrayOf({
        kind: 'Struct',
        elements: [
          required('backend', nonEmptyString),
          required('name', nonEmptyString),
          allowed('datadir', nonEmptyString),
          allowed('path', nonEmptyString),
          allowed('paths', arrayOf(nonEmptyString)),
        ],
      }),
    ),
  ],
}
