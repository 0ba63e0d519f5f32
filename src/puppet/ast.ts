import type { Span } from '../source/source-file.ts'

/**
 * The syntax tree of Puppet 8, named as Puppet's own model names it (Puppet language specification,
 * "Puppet Grammar" and the Pops model). One union with a string `kind`; every node has a span.
 */
export type Node = Expression | Structure

/** Whatever can stand as a statement or give a value. */
export type Expression =
  | LiteralUndef
  | LiteralDefault
  | LiteralBoolean
  | LiteralInteger
  | LiteralFloat
  | LiteralString
  | LiteralRegularExpression
  | LiteralList
  | LiteralHash
  | ConcatenatedString
  | TextExpression
  | HeredocExpression
  | QualifiedName
  | QualifiedReference
  | ReservedWord
  | VariableExpression
  | AccessExpression
  | NamedAccessExpression
  | CallNamedFunctionExpression
  | CallMethodExpression
  | LambdaExpression
  | NotExpression
  | UnaryMinusExpression
  | UnfoldExpression
  | ParenthesizedExpression
  | ArithmeticExpression
  | ComparisonExpression
  | MatchExpression
  | InExpression
  | AndExpression
  | OrExpression
  | AssignmentExpression
  | RelationshipExpression
  | BlockExpression
  | IfExpression
  | UnlessExpression
  | CaseExpression
  | SelectorExpression
  | ResourceExpression
  | ResourceDefaultsExpression
  | ResourceOverrideExpression
  | CollectExpression
  | VirtualQuery
  | ExportedQuery
  | HostClassDefinition
  | ResourceTypeDefinition
  | NodeDefinition
  | FunctionDefinition
  | TypeAlias
  | EppExpression
  | RenderStringExpression
  | RenderExpression
  | Nop

/** Parts of expressions that give no value themselves. */
export type Structure =
  | Program
  | Parameter
  | KeyedEntry
  | CaseOption
  | SelectorEntry
  | ResourceBody
  | AttributeOperation
  | AttributesOperation

interface Base {
  readonly span: Span
  /**
   * The offset that Puppet names in messages about this node, where it is not `span.start`:
   * the operator of a binary expression, the dot or parenthesis of a method call, `=>` of an entry.
   */
  readonly at?: number
}

/** A manifest, or a template (then `body` is an EppExpression). Definitions stand in `body` too. */
export interface Program extends Base {
  readonly kind: 'Program'
  readonly body: Expression
  /** Every definition of the file in order, however deep. */
  readonly definitions: readonly Definition[]
}

export type Definition = HostClassDefinition | ResourceTypeDefinition | NodeDefinition | FunctionDefinition | TypeAlias

export interface LiteralUndef extends Base {
  readonly kind: 'LiteralUndef'
}
export interface LiteralDefault extends Base {
  readonly kind: 'LiteralDefault'
}
export interface LiteralBoolean extends Base {
  readonly kind: 'LiteralBoolean'
  readonly value: boolean
}
export interface LiteralInteger extends Base {
  readonly kind: 'LiteralInteger'
  readonly value: bigint
  readonly radix: 8 | 10 | 16
}
export interface LiteralFloat extends Base {
  readonly kind: 'LiteralFloat'
  readonly value: number
}
/** A string without interpolation, escapes resolved. */
export interface LiteralString extends Base {
  readonly kind: 'LiteralString'
  readonly value: string
}
/** The text between the slashes, `\/` as `/`. */
export interface LiteralRegularExpression extends Base {
  readonly kind: 'LiteralRegularExpression'
  readonly pattern: string
}
export interface LiteralList extends Base {
  readonly kind: 'LiteralList'
  readonly values: readonly Expression[]
}
export interface LiteralHash extends Base {
  readonly kind: 'LiteralHash'
  readonly entries: readonly KeyedEntry[]
}
export interface KeyedEntry extends Base {
  readonly kind: 'KeyedEntry'
  readonly key: Expression
  readonly value: Expression
}
/** An interpolated string: LiteralString and TextExpression by turns. */
export interface ConcatenatedString extends Base {
  readonly kind: 'ConcatenatedString'
  readonly segments: readonly Expression[]
}
/** `${…}` or `$name` within a string. */
export interface TextExpression extends Base {
  readonly kind: 'TextExpression'
  readonly expression: Expression
}
export interface HeredocExpression extends Base {
  readonly kind: 'HeredocExpression'
  /** `json` of `@(END:json)`; `''` where none is given. */
  readonly syntax: string
  /** LiteralString or ConcatenatedString: margin, escapes and final newline already dealt with. */
  readonly text: Expression
}
/** A bare lower-case word or name, `a::b`; a leading `::` stays. */
export interface QualifiedName extends Base {
  readonly kind: 'QualifiedName'
  readonly value: string
}
/** A capitalised name as written, `Foo::Bar`; a leading `::` stays. */
export interface QualifiedReference extends Base {
  readonly kind: 'QualifiedReference'
  readonly value: string
}
/** A word kept for later versions (`application`, `site`, …); `future` as in Puppet's model. */
export interface ReservedWord extends Base {
  readonly kind: 'ReservedWord'
  readonly word: string
  readonly future: boolean
}
/** `$name`: the name without `$`; a leading `::` stays; digits for match variables. */
export interface VariableExpression extends Base {
  readonly kind: 'VariableExpression'
  readonly name: string
}
/** `left[keys]`. */
export interface AccessExpression extends Base {
  readonly kind: 'AccessExpression'
  readonly left: Expression
  readonly keys: readonly Expression[]
}
/** `left.right`, as the functor of a method call. */
export interface NamedAccessExpression extends Base {
  readonly kind: 'NamedAccessExpression'
  readonly left: Expression
  readonly right: Expression
}
/** `name(arguments) |…| {…}` or a statement call `name arguments`. */
export interface CallNamedFunctionExpression extends Base {
  readonly kind: 'CallNamedFunctionExpression'
  /** QualifiedName, or QualifiedReference for `Type(…)`, or another expression that Puppet then refuses. */
  readonly functor: Expression
  readonly arguments: readonly Expression[]
  readonly lambda?: LambdaExpression
  /** Whether the call stands where a value is needed. */
  readonly rvalueRequired: boolean
}
/** `value.name(arguments) |…| {…}`. */
export interface CallMethodExpression extends Base {
  readonly kind: 'CallMethodExpression'
  readonly functor: NamedAccessExpression
  readonly arguments: readonly Expression[]
  readonly lambda?: LambdaExpression
  readonly rvalueRequired: boolean
}
export interface LambdaExpression extends Base {
  readonly kind: 'LambdaExpression'
  readonly parameters: readonly Parameter[]
  readonly returnType?: Expression
  readonly body: BlockExpression
}
export interface Parameter extends Base {
  readonly kind: 'Parameter'
  /** Without `$`. */
  readonly name: string
  readonly nameSpan: Span
  readonly typeExpression?: Expression
  readonly value?: Expression
  readonly capturesRest: boolean
}
export interface NotExpression extends Base {
  readonly kind: 'NotExpression'
  readonly expression: Expression
}
export interface UnaryMinusExpression extends Base {
  readonly kind: 'UnaryMinusExpression'
  readonly expression: Expression
}
/** `*expression`. */
export interface UnfoldExpression extends Base {
  readonly kind: 'UnfoldExpression'
  readonly expression: Expression
}
export interface ParenthesizedExpression extends Base {
  readonly kind: 'ParenthesizedExpression'
  readonly expression: Expression
}

interface Binary extends Base {
  readonly left: Expression
  readonly right: Expression
  readonly operatorSpan: Span
}
export interface ArithmeticExpression extends Binary {
  readonly kind: 'ArithmeticExpression'
  readonly operator: '+' | '-' | '*' | '/' | '%' | '<<' | '>>'
}
export interface ComparisonExpression extends Binary {
  readonly kind: 'ComparisonExpression'
  readonly operator: '==' | '!=' | '<' | '>' | '<=' | '>='
}
export interface MatchExpression extends Binary {
  readonly kind: 'MatchExpression'
  readonly operator: '=~' | '!~'
}
export interface InExpression extends Binary {
  readonly kind: 'InExpression'
}
export interface AndExpression extends Binary {
  readonly kind: 'AndExpression'
}
export interface OrExpression extends Binary {
  readonly kind: 'OrExpression'
}
export interface AssignmentExpression extends Binary {
  readonly kind: 'AssignmentExpression'
  readonly operator: '=' | '+=' | '-='
}
export interface RelationshipExpression extends Binary {
  readonly kind: 'RelationshipExpression'
  readonly operator: '->' | '~>' | '<-' | '<~'
}

export interface BlockExpression extends Base {
  readonly kind: 'BlockExpression'
  readonly statements: readonly Expression[]
}
export interface IfExpression extends Base {
  readonly kind: 'IfExpression'
  readonly test: Expression
  readonly then: Expression
  /** A BlockExpression, an IfExpression for `elsif`, or Nop. */
  readonly else: Expression
}
export interface UnlessExpression extends Base {
  readonly kind: 'UnlessExpression'
  readonly test: Expression
  readonly then: Expression
  readonly else: Expression
}
export interface CaseExpression extends Base {
  readonly kind: 'CaseExpression'
  readonly test: Expression
  readonly options: readonly CaseOption[]
}
export interface CaseOption extends Base {
  readonly kind: 'CaseOption'
  readonly values: readonly Expression[]
  readonly then: BlockExpression
}
export interface SelectorExpression extends Base {
  readonly kind: 'SelectorExpression'
  readonly left: Expression
  readonly selectors: readonly SelectorEntry[]
}
export interface SelectorEntry extends Base {
  readonly kind: 'SelectorEntry'
  readonly match: Expression
  readonly value: Expression
}

export type ResourceForm = 'regular' | 'virtual' | 'exported'

export interface ResourceExpression extends Base {
  readonly kind: 'ResourceExpression'
  readonly form: ResourceForm
  /** QualifiedName (`class` included), QualifiedReference, AccessExpression or whatever else was written. */
  readonly typeName: Expression
  readonly bodies: readonly ResourceBody[]
}
export interface ResourceBody extends Base {
  readonly kind: 'ResourceBody'
  readonly title: Expression
  readonly operations: readonly (AttributeOperation | AttributesOperation)[]
}
export interface AttributeOperation extends Base {
  readonly kind: 'AttributeOperation'
  readonly name: string
  readonly nameSpan: Span
  readonly operator: '=>' | '+>'
  readonly value: Expression
}
/** `* => expression`. */
export interface AttributesOperation extends Base {
  readonly kind: 'AttributesOperation'
  readonly expression: Expression
}
/** `Type { name => value }`. */
export interface ResourceDefaultsExpression extends Base {
  readonly kind: 'ResourceDefaultsExpression'
  readonly form: ResourceForm
  readonly typeRef: Expression
  readonly operations: readonly (AttributeOperation | AttributesOperation)[]
}
/** `Type[title] { name => value }`. */
export interface ResourceOverrideExpression extends Base {
  readonly kind: 'ResourceOverrideExpression'
  readonly form: ResourceForm
  readonly resources: Expression
  readonly operations: readonly (AttributeOperation | AttributesOperation)[]
}
/** `Type<| query |> { overrides }` and `Type<<| query |>>`. */
export interface CollectExpression extends Base {
  readonly kind: 'CollectExpression'
  readonly type: Expression
  readonly query: VirtualQuery | ExportedQuery
  readonly operations: readonly (AttributeOperation | AttributesOperation)[]
}
export interface VirtualQuery extends Base {
  readonly kind: 'VirtualQuery'
  /** Nop for an empty query. */
  readonly expression: Expression
}
export interface ExportedQuery extends Base {
  readonly kind: 'ExportedQuery'
  readonly expression: Expression
}

export interface HostClassDefinition extends Base {
  readonly kind: 'HostClassDefinition'
  /** With the names of the definitions around it in front, as Puppet does while parsing; no leading `::`. */
  readonly name: string
  readonly nameSpan: Span
  readonly parameters: readonly Parameter[]
  readonly parent?: string
  readonly parentSpan?: Span
  readonly body: BlockExpression
}
export interface ResourceTypeDefinition extends Base {
  readonly kind: 'ResourceTypeDefinition'
  readonly name: string
  readonly nameSpan: Span
  readonly parameters: readonly Parameter[]
  readonly body: BlockExpression
}
export interface NodeDefinition extends Base {
  readonly kind: 'NodeDefinition'
  /** LiteralString, ConcatenatedString, QualifiedName, LiteralRegularExpression or LiteralDefault. */
  readonly matches: readonly Expression[]
  readonly parent?: Expression
  readonly body: BlockExpression
}
export interface FunctionDefinition extends Base {
  readonly kind: 'FunctionDefinition'
  readonly name: string
  readonly nameSpan: Span
  readonly parameters: readonly Parameter[]
  readonly returnType?: Expression
  readonly body: BlockExpression
}
export interface TypeAlias extends Base {
  readonly kind: 'TypeAlias'
  /** As written, `Foo::Bar`. */
  readonly name: string
  readonly nameSpan: Span
  readonly type: Expression
}

/** A whole EPP template. */
export interface EppExpression extends Base {
  readonly kind: 'EppExpression'
  /** Whether a `<%- | … | -%>` stands at the top. */
  readonly parametersSpecified: boolean
  readonly parameters: readonly Parameter[]
  readonly body: BlockExpression
}
/** Literal text of a template, trimmed as its tags say. The span covers the text it came from. */
export interface RenderStringExpression extends Base {
  readonly kind: 'RenderStringExpression'
  readonly value: string
}
/** `<%= expression %>`; the span covers the whole tag. */
export interface RenderExpression extends Base {
  readonly kind: 'RenderExpression'
  readonly expression: Expression
}
export interface Nop extends Base {
  readonly kind: 'Nop'
}

export type NodeKind = Node['kind']
export type NodeOfKind<K extends NodeKind> = Extract<Node, { kind: K }>
