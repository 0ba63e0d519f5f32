import { fail } from '../../source/diagnostic.ts'
import type { Span } from '../../source/source-file.ts'
import type { Origin } from '../../value/origin.ts'
import type { CallableType, PuppetType } from '../../value/type.ts'
import type { HashValue, Value } from '../../value/value.ts'
import { typeAlias } from '../alias.ts'
import { structElement } from '../construct.ts'
import { conversionFailed } from '../errors.ts'
import type { Signature } from '../mismatch/signatures.ts'

/** What a constructor may ask for while it makes a value. */
export interface Making {
  readonly origin: Origin
  readonly span?: Span
  /** The moment of the run: nanoseconds since 1970. */
  readonly now?: bigint
  readonly parseType: (text: string) => PuppetType
  readonly newInstance: (type: PuppetType, args: readonly Value[]) => Value
}

/** What `new` does for one type: Puppet's `new` function of the type, under the name that its messages have. */
export interface Constructor {
  readonly name: string
  readonly dispatches: readonly ConstructorDispatch[]
}

export interface ConstructorDispatch {
  readonly signature: Signature
  readonly call: (args: readonly Value[], making: Making) => Value
  /** Only words what is wrong with the arguments. */
  readonly mismatch?: (args: readonly Value[], making: Making) => string
}

/** A parameter of a constructor: name, type, and whether it may be missing. */
type Parameter = readonly [name: string, type: PuppetType, optional?: 'optional']

export function signature(...parameters: readonly Parameter[]): Signature {
  const required = parameters.filter((p) => p[2] !== 'optional').length
  const size = required > 0 && required === parameters.length ? {} : { size: { min: required, max: parameters.length } }
  const type: CallableType = { kind: 'Callable', parameters: parameters.map((p) => p[1]), ...size }
  return { type, names: parameters.map((p) => p[0]) }
}

/** A dispatch that says why the arguments cannot be converted. */
export function refusal(
  parameters: readonly Parameter[],
  mismatch: (args: readonly Value[], making: Making) => string,
): ConstructorDispatch {
  return {
    signature: signature(...parameters),
    mismatch,
    call: (args, making) => failConversion(mismatch(args, making), making),
  }
}

/** A type with a name that messages show, as `local_types` of Puppet's functions have. */
export function localType(name: string, type: PuppetType): PuppetType {
  return typeAlias(name, () => type)
}

export function failConversion(message: string, making: Making): never {
  return fail(conversionFailed([message], making.span ? { span: making.span } : {}))
}

export function variant(...types: readonly PuppetType[]): PuppetType {
  return { kind: 'Variant', types }
}

/** A Struct of required elements and, with a `?` after the name, optional ones. */
export function struct(elements: Readonly<Record<string, PuppetType>>): PuppetType {
  return {
    kind: 'Struct',
    elements: Object.entries(elements).map(([name, type]) =>
      name.endsWith('?') ? structElement(name.slice(0, -1), type, true) : structElement(name, type),
    ),
  }
}

export function pattern(source: string): PuppetType {
  return { kind: 'Pattern', patterns: [source] }
}

/** The entry of an argument hash; undef counts as none. */
export function entry(hash: HashValue, name: string): Value | undefined {
  const found = hash.entries.get(`'${name}`)?.value
  return found?.kind === 'undef' ? undefined : found
}
