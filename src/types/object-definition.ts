import type { ObjectAttribute, PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'

/** What stands between the braces of `Object[{…}]`. */
export function objectDefinition(
  type: PuppetType & { kind: 'Object' },
  printType: (type: PuppetType) => string,
  printValue: (value: Value) => string,
): string {
  const constants = type.attributes.filter((a) => a.attributeKind === 'constant')
  const others = type.attributes.filter((a) => a.attributeKind !== 'constant')
  const parts: string[] = []
  if (type.name !== '') parts.push(`name => '${type.name}'`)
  if (type.parent) parts.push(`parent => ${printType(type.parent)}`)
  if (type.typeParameters && type.typeParameters.length > 0)
    parts.push(`type_parameters => {${members(type.typeParameters, (t) => printType(withoutOptional(t)))}}`)
  if (others.length > 0)
    parts.push(
      `attributes => {${others.map((a) => `'${a.name}' => ${attribute(a, printType, printValue)}`).join(', ')}}`,
    )
  if (constants.length > 0)
    parts.push(
      `constants => {${constants.map((a) => `'${a.name}' => ${a.value ? printValue(a.value) : 'undef'}`).join(', ')}}`,
    )
  if (type.equality) parts.push(`equality => [${type.equality.map((name) => `'${name}'`).join(', ')}]`)
  if (type.functions && type.functions.length > 0) parts.push(`functions => {${members(type.functions, printType)}}`)
  return parts.join(', ')
}

function members(
  list: readonly { readonly name: string; readonly type: PuppetType }[],
  printType: (type: PuppetType) => string,
): string {
  return list.map((m) => `'${m.name}' => ${printType(m.type)}`).join(', ')
}

/** Type parameters may always be left out; their Optional is not shown. */
function withoutOptional(type: PuppetType): PuppetType {
  return type.kind === 'Optional' && type.type ? type.type : type
}

function attribute(
  of: ObjectAttribute,
  printType: (type: PuppetType) => string,
  printValue: (value: Value) => string,
): string {
  const type = printType(of.type)
  if (of.attributeKind === 'normal' && !of.value) return type
  const kind = of.attributeKind === 'normal' ? '' : `, kind => ${of.attributeKind}`
  return `{type => ${type}${kind}${of.value ? `, value => ${printValue(of.value)}` : ''}}`
}
