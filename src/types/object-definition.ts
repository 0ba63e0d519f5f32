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
    parts.push(
      `type_parameters => {${type.typeParameters.map((p) => `'${p.name}' => ${printType(p.type)}`).join(', ')}}`,
    )
  if (others.length > 0)
    parts.push(
      `attributes => {${others.map((a) => `'${a.name}' => ${attribute(a, printType, printValue)}`).join(', ')}}`,
    )
  if (constants.length > 0)
    parts.push(
      `constants => {${constants.map((a) => `'${a.name}' => ${a.value ? printValue(a.value) : 'undef'}`).join(', ')}}`,
    )
  return parts.join(', ')
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
