import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { typeLabel, valueLabel, withArticle, withCapitalArticle } from './label.ts'
import { type AccessPlace, keyTypeName } from './parameterize.ts'
import { capitaliseSegments, typeText } from './print.ts'

const badArity = define(
  'error',
  'puppet/bad-type-parameter',
  (base: string) => `${base}[] accepts 1 or more arguments. Got 0`,
)
const badTypeName = define(
  'error',
  'puppet/illegal-resource-specialization',
  (given: string) => `First argument to Resource[] must be a resource type or a String. Got ${given}.`,
)
const badReference = define(
  'error',
  'puppet/illegal-classref',
  (name: string) => `Illegal type reference. The given name '${name}' does not conform to the naming rule`,
)
const badTitle = define(
  'error',
  'puppet/bad-type-specialization',
  (base: string, given: string) =>
    `Error creating type specialization of ${base}, Cannot use ${given} where a resource title String is expected`,
)
const badClassName = define(
  'error',
  'puppet/illegal-hostclass-name',
  (given: string) => `Illegal Class name in class reference. ${given} cannot be used where a String is expected`,
)
const illegalName = define(
  'error',
  'puppet/illegal-name',
  (name: string) =>
    `Illegal name. The given name '${name}' does not conform to the naming rule /^((::)?[a-z_]\\w*)(::[a-z]\\w*)*$/`,
)

/** What `File['a', 'b']` or `Class[x]` refers to: one, an array of them, or undef for nothing but undef keys. */
export type References =
  | { readonly kind: 'one'; readonly type: PuppetType }
  | { readonly kind: 'many'; readonly types: readonly PuppetType[] }
  | { readonly kind: 'none' }

/**
 * The references that a Resource or Class type without title makes with the evaluated keys. (With a title, `[…]` looks up
 * parameters of the resource, which is not a matter of types.)
 */
export function referencesOf(
  base: PuppetType & { kind: 'Resource' | 'Class' },
  keys: readonly Value[],
  place: AccessPlace = {},
): References {
  if (keys.length === 0) fail(badArity([base.kind === 'Class' ? 'Class' : typeText(base)], at(place)))
  return base.kind === 'Class' ? classReferences(keys, place) : resourceReferences(base, keys, place)
}

function at(place: AccessPlace, key?: number): DiagnosticDetail {
  const span = (key === undefined ? undefined : place.keys?.[key]) ?? place.span
  return span ? { span } : {}
}

function resourceReferences(
  base: PuppetType & { kind: 'Resource' },
  keys: readonly Value[],
  place: AccessPlace,
): References {
  const titles = base.typeName === undefined ? keys.slice(1) : keys
  const typeName = base.typeName ?? givenTypeName(keys[0] as Value, place)
  if (!/^(?:(?:::)?[A-Z]\w*)+$/.test(typeName)) fail(badReference([typeName], at(place, 0)))
  const isMany = titles.length > 1 || titles[0]?.kind === 'array'
  const flat = flatten(titles)
  if (flat.length === 0 && titles.length > 0) return isMany ? { kind: 'many', types: [] } : { kind: 'none' }
  if (flat.length === 0) return { kind: 'one', type: { kind: 'Resource', typeName } }
  const types = flat.map((title, i): PuppetType => {
    if (title.kind === 'string') return { kind: 'Resource', typeName, title: title.value }
    const index = base.typeName === undefined ? i + 1 : i
    return fail(badTitle([withArticle(typeLabel(base)), keyTypeName(title)], at(place, index)))
  })
  return isMany ? { kind: 'many', types } : { kind: 'one', type: types[0] as PuppetType }
}

function givenTypeName(key: Value, place: AccessPlace): string {
  if (key.kind === 'string') return capitaliseSegments(key.value)
  if (key.kind === 'type' && key.type.kind === 'Resource' && key.type.typeName !== undefined) return key.type.typeName
  return fail(badTypeName([keyTypeName(key)], at(place, 0)))
}

function classReferences(keys: readonly Value[], place: AccessPlace): References {
  const isMany = keys.length > 1 || keys[0]?.kind === 'array'
  const flat = flatten(keys)
  if (flat.length === 0) return isMany ? { kind: 'many', types: [] } : { kind: 'none' }
  const types = flat.map((key, i): PuppetType => {
    if (key.kind !== 'string') return fail(badClassName([withCapitalArticle(valueLabel(key))], at(place, i)))
    const name = key.value.toLowerCase().replace(/^::/, '')
    if (!/^(?:(?:::)?[a-z]\w*)(?:::[a-z]\w*)*$/.test(name)) fail(illegalName([key.value], at(place, i)))
    return { kind: 'Class', name }
  })
  return isMany ? { kind: 'many', types } : { kind: 'one', type: types[0] as PuppetType }
}

/** Arrays opened at every depth, undef left out. */
function flatten(keys: readonly Value[]): readonly Value[] {
  return keys.flatMap((key) => {
    if (key.kind === 'array') return flatten(key.values)
    return key.kind === 'undef' ? [] : [key]
  })
}
