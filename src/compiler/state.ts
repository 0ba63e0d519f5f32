import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import type { NodeHiera } from '../hiera/node-hiera.ts'
import type { Expression, Parameter } from '../puppet/ast.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile, Span } from '../source/source-file.ts'
import type { Block, CallContext, LogLevel, ModulesView, Settings, TypeLoader } from '../value/function.ts'
import type { Condition, Origin, Read } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import type { Environment } from './environment.ts'
import type { ExportedResource } from './exported.ts'
import type { FoundFunction } from './function-index.ts'
import type { RecordedQueries } from './recorded-queries.ts'

/** A class, defined type or node definition of a manifest. */
export interface Definition {
  readonly kind: 'hostclass' | 'definition' | 'node'
  /** In lower case without leading `::`; `''` for the code outside of all definitions. */
  readonly name: string
  /** Ruby's source, for `node /…/`. */
  readonly pattern?: string
  readonly parameters: readonly Parameter[]
  /** The bodies to evaluate: one, or a manifest each for the code outside of all definitions. */
  readonly code: readonly Expression[]
  /** The class this one inherits, as written. */
  readonly parent?: string
  readonly module?: string
  readonly span?: Span
}

/** A value given to a parameter of a resource. */
export interface ResourceParameter {
  readonly name: string
  /** `undef` counts as not given in most places. */
  readonly value: Value
  readonly span?: Span
  /** The definition whose code gave it; overrides are checked against it. */
  readonly source?: Definition | undefined
  /** `+>` */
  readonly append?: boolean
}

/** A resource of the catalog under construction. */
export interface Resource {
  /** With capitalised segments; `Class` and `Node` too. */
  readonly type: string
  readonly title: string
  /** The title was a number or the like: no tag, and never the same as the name. */
  readonly looseTitle: boolean
  /** What it is an instance of. Left out for `Class[settings]`. */
  readonly of?: ResourceTypeInfo | Definition | undefined
  readonly parameters: Map<string, ResourceParameter>
  readonly sensitive: string[]
  readonly tags: Set<string>
  virtual: boolean
  exported: boolean
  readonly scope: Scope
  readonly source?: Definition | undefined
  readonly span?: Span | undefined
  /** Of the title, where it was computed. */
  readonly titleOrigin?: Origin | undefined
  /** What decided that it is declared, its title included; for one that was made real later, also that. */
  condition: Condition | undefined
  evaluated: boolean
  evaluationFinished: boolean
  finished: boolean
}

/** Variables and match results, innermost first. */
export type Frame = LocalFrame | MatchFrame | ParameterFrame

export interface LocalFrame {
  readonly kind: 'local'
  readonly values: Map<string, Value>
  readonly parent: Frame | undefined
}
/** `$0`, `$1` …; the text each group matched. */
interface MatchFrame {
  readonly kind: 'match'
  readonly groups: readonly Value[] | undefined
  readonly parent: Frame | undefined
}
/** Parameters while their defaults are evaluated, in order of declaration. */
export interface ParameterFrame {
  readonly kind: 'parameters'
  readonly callee: string
  readonly names: readonly string[]
  readonly values: Map<string, Value>
  readOnly: boolean
  readonly parent: Frame | undefined
}

/** A variable scope: the top scope, a node's, a class's or a defined type's (Puppet language documentation, "Scope"). */
export interface Scope {
  readonly state: State
  /** Where it was made: for resource defaults. Variables are looked for in the inherited and the enclosing scope. */
  readonly parent: Scope | undefined
  source: Definition | undefined
  resource: Resource | undefined
  readonly variables: LocalFrame
  /** The innermost frame. */
  frame: Frame
  /** By capitalised type name. */
  readonly defaults: Map<string, Map<string, ResourceParameter>>
  /** What an EPP template under evaluation has given so far. */
  output?: TemplatePiece[]
}

export interface TemplatePiece {
  readonly text: string
  readonly sensitive: boolean
  readonly span: Span
  readonly value?: Value
  readonly reads: readonly Read[]
  readonly condition?: Condition | undefined
}

/** A function under evaluation. */
export interface RunningCall {
  readonly span: Span
  readonly args: readonly Value[]
}

export interface Log {
  readonly level: LogLevel
  readonly message: string
  readonly span?: Span
}

/** What a compilation has read or looked for in vain, so that a change of these needs another one. */
export interface Reads {
  /** Manifests, templates, static files and data, as people are shown them; a directory that was listed ends with `/`. */
  readonly files: Set<string>
  /** Those of `files` that are Hiera's, of which only the keys below count. */
  readonly data: Set<string>
  /** Facts by their first names, those that are not there included; `''` where all were looked at. */
  readonly facts: Set<string>
  readonly hieraKeys: Set<string>
  /** Functions that were called or asked for, by name. */
  readonly functions: Set<string>
  /** Types of resources that were asked for, by name in lower case. */
  readonly resourceTypes: Set<string>
  /** Data types that were asked for and are not built in, by name in lower case. */
  readonly types: Set<string>
}

export function noReads(): Reads {
  return {
    files: new Set(),
    data: new Set(),
    facts: new Set(),
    hieraKeys: new Set(),
    functions: new Set(),
    resourceTypes: new Set(),
    types: new Set(),
  }
}

/** A pending collection of resources. */
export interface Collector {
  readonly kind: 'virtual' | 'exported' | 'realize'
  /** The resources it has found so far, by reference. */
  readonly collected: Map<string, Resource>
  /** Finds and realises; whether it found any that are new. */
  readonly evaluate: () => boolean
  /** `realize` only: the references that have not turned up. */
  readonly missing: () => readonly string[]
  /** What a chain of relationships uses where the collector finds nothing. */
  alternative?: readonly RelationshipEnd[]
}

export type RelationshipEnd =
  | { readonly kind: 'reference'; readonly type: string; readonly title: string }
  | { readonly kind: 'collector'; readonly collector: Collector }

export interface Relationship {
  readonly source: RelationshipEnd
  readonly target: RelationshipEnd
  readonly parameter: 'before' | 'notify'
  readonly span: Span
}

/** The catalog while it grows. */
export interface Ledger {
  /** In order of declaration. */
  readonly resources: Resource[]
  /** By type and title, and by type and names. */
  readonly byKey: Map<string, Resource>
  /** Target → its sources, both in order. */
  readonly edgesIn: Map<Resource, Set<Resource>>
  readonly edgesOut: Map<Resource, Set<Resource>>
  readonly classes: string[]
  readonly tags: Set<string>
}

/** Definitions that this compilation knows, by name. */
export interface Known {
  readonly classes: Map<string, Definition>
  readonly defines: Map<string, Definition>
  readonly nodes: Map<string, Definition>
  readonly loadedFiles: Set<string>
  readonly missing: Set<string>
}

/** Everything that one compilation changes. */
export interface State {
  readonly environment: Environment
  readonly settings: Settings
  readonly node: string
  readonly facts: Value
  readonly trusted: Value
  readonly serverFacts: Value
  readonly now: bigint
  readonly known: Known
  readonly ledger: Ledger
  /** The resources that wait for evaluation and finishing: all but `Stage[main]` and `Class[settings]`. */
  readonly resources: Resource[]
  readonly collectors: Collector[]
  /** What other nodes export of a type; without it, Puppet has no PuppetDB and ignores exports and their collectors. */
  readonly exported: ((type: string) => readonly ExportedResource[]) | undefined
  /** Whether a collector of exported resources was met. */
  collectsExported: boolean
  /** Resources of other nodes, with what tells them from others of the same name. */
  readonly imported: Map<Resource, string>
  readonly relationships: Relationship[]
  readonly overrides: Map<string, Resource[]>
  /** Definitions whose collectors override parameters; they may override what others set. */
  readonly overriding: Set<Definition>
  /** Top-scope variables by name and class variables by `class::name`. */
  readonly qualified: Map<string, Value>
  readonly classScopes: Map<string, Scope>
  readonly logs: Log[]
  readonly diagnostics: Diagnostic[]
  /** Data for this node; without it, every look-up finds nothing. */
  readonly hiera: NodeHiera | undefined
  readonly reads: Reads
  readonly warned: Set<string>
  /** Lambdas, functions and blocks within each other. */
  depth: number
  /** What `node /…/` matched. */
  readonly nodeMatches: Map<Definition, readonly Value[]>
  /** The calls that declared a class without a resource expression. */
  readonly includedAt: Map<Resource, Span>
  /** Set before anything is evaluated. */
  top: Scope
  nodeScope: Scope | undefined
  /** The calls under evaluation, innermost last: for functions that ask where they were called. */
  readonly calls: RunningCall[]
  /** The manifest whose code outside of definitions is under evaluation. */
  program: SourceFile | undefined
  readonly evaluate: (node: Expression, scope: Scope) => Value
  readonly callFunction: (
    name: string,
    args: readonly Value[],
    block: Block | undefined,
    span: Span,
    scope: Scope,
  ) => Value
  readonly contextFor: (scope: Scope, span: Span) => CallContext
  /** A type by its name as written. */
  readonly findType: (name: string) => PuppetType | undefined
  readonly similarTypes: (name: string) => { remedy?: string }
  readonly types: TypeLoader
  readonly modules: ModulesView
  /** Answers for functions that ask PuppetDB; undefined where nothing stands in for it. */
  readonly queries: RecordedQueries | undefined
  /** Functions and types that the environment's own manifests define, by name. */
  readonly siteFunctions: Map<string, FoundFunction>
  readonly siteTypes: Map<string, PuppetType>
  /** Types of a definition's parameters, evaluated once. */
  readonly parameterTypes: (definition: Definition) => ReadonlyMap<string, PuppetType>
  /** What the templates under evaluation read, innermost last. */
  readonly tracking: Read[][]
  /** Texts that came out of Sensitive or encrypted data, and those that functions made of them. */
  readonly secrets: Set<string>
  /** What decided that the code under evaluation runs. */
  condition: Condition | undefined
}

/** What is asked of one node. */
export interface NodeRequest {
  readonly name: string
  /** A hash. */
  readonly facts: Value
  /** A hash. */
  readonly trusted?: Value
  /** A hash. */
  readonly serverFacts?: Value
  /** Replaces the environment's own manifests. */
  readonly code?: SourceFile
  /** An external node classifier's: each with its parameters, or none. */
  readonly classes?: ReadonlyMap<string, Value | undefined>
  /** What other nodes export, by type with capitalised segments; there where PuppetDB is to be stood in for. */
  readonly exported?: (type: string) => readonly ExportedResource[]
  /** PuppetDB's recorded answers. */
  readonly queries?: RecordedQueries
  /** An external node classifier's variables of the top scope, a hash; they go before facts of the same name. */
  readonly parameters?: Value
  /** The environment that an external node classifier assigns: what `$environment` says. */
  readonly environment?: string
}

export function isDefinition(of: ResourceTypeInfo | Definition | undefined): of is Definition {
  return of !== undefined && 'kind' in of
}
