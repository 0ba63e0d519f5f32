import { expect, it } from 'vitest'
import { noTypes, parseType } from '../../src/types/parse.ts'
import { typeToString } from '../../src/types/print.ts'
import type { PuppetType } from '../../src/value/type.ts'

// What Puppet prints for `type(lookup(…))` of `.inf`, `-.inf` and `.5` in YAML.
it.each<[PuppetType, string]>([
  [{ kind: 'Float', from: Infinity, to: Infinity }, 'Float[Infinity]'],
  [{ kind: 'Float', from: -Infinity, to: -Infinity }, 'Float[default, -Infinity]'],
  [parseType('Float[0.5, 0.5]', noTypes), 'Float[0.5, 0.5]'],
  [parseType('Float[1.5]', noTypes), 'Float[1.5]'],
  [parseType('Float', noTypes), 'Float'],
])('prints %j as %s', (type, text) => {
  expect(typeToString(type)).toBe(text)
})
