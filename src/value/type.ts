import type { Block, CallContext } from './function.ts'
import type { ObjectValue, Value } from './value.ts'

/**
 * A Puppet type as data (Puppet language specification, "The Puppet Type System"). Bounds that are left out are
 * unlimited; sizes are counted in elements or characters. The algorithms over it are in `types/`.
 */
export type PuppetType =
  | {
      readonly kind:
        | 'Any'
        | 'Undef'
        | 'Default'
        | 'Numeric'
        | 'Scalar'
        | 'ScalarData'
        | 'CatalogEntry'
        | 'Binary'
        | 'SemVerRange'
        | 'Unit'
    }
  /** Without parameter `type` is left out, which is not the same as `Any` (`Optional` accepts undef alone). */
  | {
      readonly kind: 'NotUndef' | 'Optional' | 'Type' | 'Sensitive' | 'Iterable' | 'Iterator'
      readonly type?: PuppetType
    }
  | { readonly kind: 'Variant'; readonly types: readonly PuppetType[] }
  /** Values are sorted and differ; none: every string. */
  | { readonly kind: 'Enum'; readonly values: readonly string[]; readonly caseInsensitive: boolean }
  /** No patterns: every string. */
  | { readonly kind: 'Pattern'; readonly patterns: readonly string[] }
  | { readonly kind: 'Regexp'; readonly pattern?: string }
  /** `value` is set for the inferred type of one string only. */
  | { readonly kind: 'String'; readonly size?: Size; readonly value?: string }
  | { readonly kind: 'Boolean'; readonly value?: boolean }
  | { readonly kind: 'Integer'; readonly from?: bigint; readonly to?: bigint }
  | { readonly kind: 'Float'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'Collection'; readonly size?: Size }
  | { readonly kind: 'Array'; readonly element: PuppetType; readonly size?: Size }
  | { readonly kind: 'Hash'; readonly key: PuppetType; readonly value: PuppetType; readonly size?: Size }
  | { readonly kind: 'Tuple'; readonly types: readonly PuppetType[]; readonly size?: Size }
  | { readonly kind: 'Struct'; readonly elements: readonly StructElement[] }
  | CallableType
  /** `File['x']`: type `file`, title `x`. No type name: `Resource`. Names are capitalised segments, `Foo::Bar`. */
  | { readonly kind: 'Resource'; readonly typeName?: string; readonly title?: string }
  /** `Class['x']`: the name in lower case without leading `::`. */
  | { readonly kind: 'Class'; readonly name?: string }
  /** A name of ours for another type; `resolved` is filled by the loader, and may lead back to the alias itself. */
  | TypeAliasType
  /** A name that no loader knows: `Foo[1,2]` kept as text. */
  | { readonly kind: 'TypeReference'; readonly text: string }
  | { readonly kind: 'Runtime'; readonly runtime?: string; readonly name?: string }
  | { readonly kind: 'Timestamp'; readonly from?: bigint; readonly to?: bigint }
  | { readonly kind: 'Timespan'; readonly from?: bigint; readonly to?: bigint }
  | { readonly kind: 'SemVer'; readonly ranges: readonly string[] }
  | { readonly kind: 'URI'; readonly parameters?: Value }
  | InitType
  | ObjectType
  /** `Error['kind']`: an Object type with values for its type parameters. */
  | { readonly kind: 'ObjectExtension'; readonly base: ObjectType; readonly parameters: ReadonlyMap<string, Value> }
  | { readonly kind: 'TypeSet'; readonly name: string; readonly types: ReadonlyMap<string, PuppetType> }

export interface Size {
  readonly min: number
  /** Left out: unlimited. */
  readonly max?: number
}

export interface StructElement {
  readonly name: string
  /** `Optional['name']`, or a value type that accepts undef. */
  readonly optional: boolean
  /** The key's type as written, so that it prints the same. */
  readonly key: PuppetType
  readonly value: PuppetType
}

export interface CallableType {
  readonly kind: 'Callable'
  /** Left out: any parameters (`Callable` alone). */
  readonly parameters?: readonly PuppetType[]
  readonly size?: Size
  readonly block?: PuppetType
  readonly returns?: PuppetType
}

export interface TypeAliasType {
  readonly kind: 'TypeAlias'
  readonly name: string
  readonly resolved: () => PuppetType
}

/** Values that `new` makes a value of the type from. */
export interface InitType {
  readonly kind: 'Init'
  /** Left out (then there are no arguments): rich data. */
  readonly type?: PuppetType
  /** What `new` is given after the value. */
  readonly arguments: readonly Value[]
  /** What the type accepts: single values, and lists of arguments as Tuples. Left out where `type` is. */
  readonly accepted?: () => { readonly single: PuppetType; readonly several: readonly PuppetType[] }
}

export interface ObjectType {
  readonly kind: 'Object'
  /** `''` for one without name; without name, attributes and definition it is `Object`, which every object type is. */
  readonly name: string
  readonly parent?: PuppetType | undefined
  /** Its own ones; those of the parent are not repeated. */
  readonly attributes: readonly ObjectAttribute[]
  /** Names and types of what `Name[…]` takes. */
  readonly typeParameters?: readonly { readonly name: string; readonly type: PuppetType }[] | undefined
  readonly functions?: readonly ObjectFunction[] | undefined
  /** The attributes of its own that decide whether two instances are equal; all of them where left out. */
  readonly equality?: readonly string[] | undefined
  /** `false`: instances of other types may be equal to its own. */
  readonly equalityIncludesType?: false | undefined
  /** What runs its functions and works out its derived attributes; without it, they cannot be called. */
  readonly implementation?: ObjectImplementation | undefined
  /** The hash it was made from, so that it prints the same. */
  readonly definition?: Value | undefined
}

/** A member of an Object type that a subtype may have to override, or may not. */
interface ObjectMember {
  readonly final?: boolean
  readonly override?: boolean
}

/** A method: its type is a Callable, or a Variant of them. */
export interface ObjectFunction extends ObjectMember {
  readonly name: string
  readonly type: PuppetType
}

/** Calls a function of the object, or asks for a derived attribute, by name. */
export type ObjectImplementation = (
  object: ObjectValue,
  member: string,
  args: readonly Value[],
  call: ObjectCall,
) => Value

/** Where an object's function is called from. */
export interface ObjectCall {
  readonly context: CallContext
  readonly block?: Block | undefined
}

export interface ObjectAttribute extends ObjectMember {
  readonly name: string
  readonly type: PuppetType
  readonly attributeKind: 'normal' | 'constant' | 'derived' | 'given_or_derived' | 'reference'
  readonly value?: Value
}
