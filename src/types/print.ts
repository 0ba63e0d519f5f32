import type { CallableType, PuppetType, Size, StructElement } from '../value/type.ts'
import { hashKey, type Value } from '../value/value.ts'
import { isSelfRecursive, resolveAlias } from './alias.ts'
import { builtInAliases } from './aliases.ts'
import { isAssignable } from './assignable.ts'
import { undefType } from './construct.ts'
import { objectDefinition } from './object-definition.ts'
import { floatText, quote, slashed } from './quote.ts'
import { timespanText, timestampText } from './time-text.ts'

interface Style {
  /** Aliases and Object types are spelt out: `Name = Type`. */
  readonly expanded: boolean
  /** Recursive aliases that are being spelt out, which are not spelt out again. */
  readonly within: ReadonlySet<PuppetType>
}

/** A type as Puppet source; aliases and Object types by their name. */
export function typeToString(type: PuppetType): string {
  return print(type, { expanded: false, within: new Set() })
}

/** With every alias spelt out, as messages have it: `Stdlib::Port = Integer[0, 65535]`. */
export function expandedTypeToString(type: PuppetType): string {
  return print(type, { expanded: true, within: new Set() })
}

/** As interpolation and notices show a type: aliases and Object types are spelt out, but not within other types. */
export function typeText(type: PuppetType): string {
  const isDefinition = type.kind === 'TypeAlias' || type.kind === 'Object' || type.kind === 'TypeSet'
  return isDefinition ? expandedTypeToString(type) : typeToString(type)
}

function print(type: PuppetType, style: Style): string {
  switch (type.kind) {
    case 'Type':
    case 'Iterable':
    case 'Iterator':
      return withParameters(type.kind, type.type ? [print(type.type, style)] : [])
    case 'Sensitive':
      return withParameters('Sensitive', type.type && type.type.kind !== 'Any' ? [print(type.type, style)] : [])
    case 'Optional':
      return withParameters('Optional', type.type ? [printOptional(type.type, style)] : [])
    case 'NotUndef':
      return withParameters('NotUndef', type.type && type.type.kind !== 'Any' ? [printOptional(type.type, style)] : [])
    case 'Variant':
      return withParameters(
        'Variant',
        type.types.map((t) => print(t, style)),
      )
    case 'Boolean':
      return withParameters('Boolean', type.value === undefined ? [] : [String(type.value)])
    case 'Integer':
      return withParameters('Integer', range(type.from?.toString(), type.to?.toString()))
    case 'Float':
      return withParameters(
        'Float',
        range(
          type.from === undefined || type.from === -Infinity ? undefined : floatText(type.from),
          type.to === undefined || type.to === Infinity ? undefined : floatText(type.to),
        ),
      )
    case 'String':
      return withParameters('String', size(type.size))
    case 'Enum':
      return withParameters('Enum', [...type.values.map((v) => quote(v)), ...(type.caseInsensitive ? ['true'] : [])])
    case 'Pattern':
      return withParameters('Pattern', type.patterns.map(slashed))
    case 'Regexp':
      return withParameters('Regexp', type.pattern === undefined ? [] : [slashed(type.pattern)])
    case 'Collection':
      return withParameters('Collection', size(type.size))
    case 'Array':
      if (type.size?.max === 0) return 'Array[0, 0]'
      if (type.element.kind === 'Any' && !type.size) return 'Array'
      return withParameters('Array', [print(type.element, style), ...size(type.size)])
    case 'Hash':
      if (type.size?.max === 0) return 'Hash[0, 0]'
      if (type.key.kind === 'Any' && type.value.kind === 'Any' && !type.size) return 'Hash'
      return withParameters('Hash', [print(type.key, style), print(type.value, style), ...size(type.size)])
    case 'Tuple':
      return withParameters(
        'Tuple',
        type.types.length === 0 ? [] : [...type.types.map((t) => print(t, style)), ...size(type.size)],
      )
    case 'Struct':
      return withParameters('Struct', type.elements.length === 0 ? [] : [printElements(type.elements, style)])
    case 'Callable':
      return printCallable(type, style)
    case 'Resource':
      if (type.typeName === undefined) return 'Resource'
      return withParameters(capitaliseSegments(type.typeName), type.title === undefined ? [] : [quote(type.title)])
    case 'Class':
      return withParameters('Class', type.name === undefined ? [] : [type.name])
    case 'TypeAlias':
      return printAlias(type, style)
    default:
      return printOther(type, style)
  }
}

function printOther(type: PuppetType, style: Style): string {
  switch (type.kind) {
    case 'TypeReference':
      return `TypeReference[${quote(type.text)}]`
    case 'Runtime':
      if (type.runtime === undefined && type.name === undefined) return 'Runtime'
      return withParameters('Runtime', [type.runtime ?? 'undef', type.name === undefined ? 'undef' : quote(type.name)])
    case 'Timestamp':
      return withParameters('Timestamp', timeRange(type.from, type.to, timestampText))
    case 'Timespan':
      return withParameters('Timespan', timeRange(type.from, type.to, timespanText))
    case 'SemVer':
      return withParameters(
        'SemVer',
        type.ranges.map((r) => `'${r}'`),
      )
    case 'URI':
      return withParameters('URI', type.parameters ? [printValue(type.parameters, style)] : [])
    case 'Init':
      return withParameters(
        'Init',
        type.type ? [print(type.type, style), ...type.arguments.map((v) => printValue(v, style))] : [],
      )
    case 'Object':
      if (style.expanded) return printObject(type)
      return type.name === '' ? 'Object' : type.name
    case 'ObjectExtension': {
      const given = (type.base.typeParameters ?? []).map((p) => type.parameters.get(p.name))
      while (given.length > 0 && given.at(-1) === undefined) given.pop()
      return withParameters(
        type.base.name,
        given.map((v) => (v ? printValue(v, style) : 'default')),
      )
    }
    case 'TypeSet':
      return printTypeSet(type, style)
    default:
      return type.kind
  }
}

function withParameters(name: string, parameters: readonly string[]): string {
  return parameters.length === 0 ? name : `${name}[${parameters.join(', ')}]`
}

function range(from: string | undefined, to: string | undefined): readonly string[] {
  if (to === undefined) return from === undefined ? [] : [from]
  return [from ?? 'default', to]
}

function size(bounds: Size | undefined): readonly string[] {
  return bounds ? range(String(bounds.min), bounds.max?.toString()) : []
}

function timeRange(
  from: bigint | undefined,
  to: bigint | undefined,
  text: (nanoseconds: bigint) => string,
): readonly string[] {
  if (from === undefined && to === undefined) return []
  const start = from === undefined ? 'default' : `'${text(from)}'`
  return to === undefined || to === from ? [start] : [start, `'${text(to)}'`]
}

/** A literal string as parameter prints as itself. */
function printOptional(type: PuppetType, style: Style): string {
  return type.kind === 'String' && type.value !== undefined ? quote(type.value) : print(type, style)
}

function printElements(elements: readonly StructElement[], style: Style): string {
  return `{${elements.map((e) => `${printKey(e)} => ${print(e.value, style)}`).join(', ')}}`
}

/** Only what the value's type does not say already is said of the key. */
function printKey(element: StructElement): string {
  const optionalValue = isAssignable(element.value, undefType)
  const name = quote(element.name)
  if (element.key.kind === 'Optional') return optionalValue ? name : `Optional[${name}]`
  return optionalValue ? `NotUndef[${name}]` : name
}

function printCallable(type: CallableType, style: Style): string {
  const parameters = type.parameters && callableParameters(type, type.parameters, style)
  if (!type.returns) return parameters ? `Callable[${parameters.join(', ')}]` : 'Callable'
  return `Callable[[${(parameters ?? []).join(', ')}], ${print(type.returns, style)}]`
}

function callableParameters(type: CallableType, parameters: readonly PuppetType[], style: Style): readonly string[] {
  return [
    ...parameters.filter((t) => t.kind !== 'Unit').map((t) => print(t, style)),
    ...(parameters.length === 0 ? ['0', '0'] : size(type.size)),
    ...(type.block ? [print(type.block, style)] : []),
  ]
}

function printAlias(type: PuppetType & { kind: 'TypeAlias' }, style: Style): string {
  if (!style.expanded || builtInAliases.has(type.name)) return type.name
  if (!isSelfRecursive(type)) return `${type.name} = ${print(type.resolved(), style)}`
  if (style.within.has(type)) return type.name
  return `${type.name} = ${print(type.resolved(), { expanded: true, within: new Set([...style.within, type]) })}`
}

function printObject(type: PuppetType & { kind: 'Object' }): string {
  const inner: Style = { expanded: false, within: new Set() }
  return `Object[{${objectDefinition(
    type,
    (t) => print(t, inner),
    (v) => printValue(v, inner),
  )}}]`
}

function printTypeSet(type: PuppetType & { kind: 'TypeSet' }, style: Style): string {
  const types = [...type.types].map(
    ([name, t]) => `${name} => ${print(t.kind === 'TypeAlias' ? t.resolved() : t, style)}`,
  )
  return `TypeSet[{${[
    "pcore_uri => 'http://puppet.com/2016.1/pcore'",
    "pcore_version => '1.0.0'",
    "name_authority => 'http://puppet.com/2016.1/runtime'",
    `name => ${quote(type.name)}`,
    "version => '0.0.0'",
    ...(types.length === 0 ? [] : [`types => {${types.join(', ')}}`]),
  ].join(', ')}}]`
}

/** A value within a type, as Puppet source. */
export function printValue(value: Value, style: Style = { expanded: false, within: new Set() }): string {
  switch (value.kind) {
    case 'undef':
    case 'default':
      return value.kind
    case 'boolean':
    case 'integer':
      return String(value.value)
    case 'float':
      return floatText(value.value)
    case 'string':
      return quote(value.value)
    case 'regexp':
      return slashed(value.pattern)
    case 'array':
      return `[${value.values.map((v) => printValue(v, style)).join(', ')}]`
    case 'hash':
      return `{${[...value.entries.values()].map((e) => `${printValue(e.key, style)} => ${printValue(e.value, style)}`).join(', ')}}`
    case 'type':
      return print(value.type, style)
    case 'semver':
    case 'semver-range':
      return `'${value.text}'`
    case 'timestamp':
      return `'${timestampText(value.nanoseconds)}'`
    case 'timespan':
      return `'${timespanText(value.nanoseconds)}'`
    case 'uri':
      return `URI(${quote(value.text)})`
    case 'binary':
      return `Binary(${quote(Buffer.from(value.bytes).toString('base64'))})`
    case 'sensitive':
      return 'Instance of Sensitive'
    case 'object': {
      const type = value.type.kind === 'ObjectExtension' ? value.type.base : value.type
      const shown = [...value.attributes].filter(([n, v]) => !isImplied(type, n, v))
      const pairs = shown.map(([n, v]) => `${quote(n)} => ${printValue(v, style)}`)
      return `${type.kind === 'Object' ? type.name : print(type, style)}({${pairs.join(', ')}})`
    }
    case 'iterator':
      return `Instance of Iterator[${print(value.element, style)}]`
    case 'opaque':
      return `Instance of Runtime[ruby, ${quote(value.className)}]`
  }
}

/** Constants, and attributes that have their default. */
function isImplied(type: PuppetType, name: string, value: Value): boolean {
  const resolved = resolveAlias(type)
  if (resolved.kind !== 'Object') return false
  const attribute = resolved.attributes.find((a) => a.name === name)
  if (!attribute) return resolved.parent !== undefined && isImplied(resolved.parent, name, value)
  if (attribute.attributeKind === 'constant') return true
  return attribute.value !== undefined && hashKey(attribute.value) === hashKey(value)
}

/** `foo::bar` as `Foo::Bar`; a name that starts with a capital stays. */
function capitaliseSegments(name: string): string {
  if (/^[A-Z]/.test(name)) return name
  return name
    .split('::')
    .map((s) => s.charAt(0).toUpperCase() + s.slice(1).toLowerCase())
    .join('::')
}
