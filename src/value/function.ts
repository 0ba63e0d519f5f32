import type { Diagnostic } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import type { PuppetType } from './type.ts'
import type { Value } from './value.ts'

/**
 * A function with Puppet's dispatch: the first dispatch whose types accept the arguments is called. Built-in functions,
 * functions of modules in Ruby and functions written in Puppet all come in this shape.
 */
export interface FunctionDefinition {
  /** In lower case without leading `::`. */
  readonly name: string
  readonly dispatches: readonly Dispatch[]
  /** `false`: a statement that gives no value (Puppet refuses it where one is needed). Left out: it gives one. */
  readonly rvalue?: boolean
  /** Ruby's old API: the arguments arrive unchecked in one array and undef as `''`. */
  readonly legacy?: boolean
}

export interface Dispatch {
  readonly parameters: readonly FunctionParameter[]
  readonly block?: { readonly type: PuppetType | string; readonly name?: string; readonly optional?: boolean }
  readonly returns?: PuppetType | string
  /** The Ruby method behind it, which Puppet names where the returned value has the wrong type. None for Puppet code. */
  readonly method?: string
  /** Names of types of this function's own: `local_types` in Ruby. */
  readonly localTypes?: ReadonlyMap<string, string>
  /** Arguments are checked already; a block is there where the dispatch asks for one. */
  readonly call: (context: CallContext, args: readonly Value[], block: Block | undefined) => Value
  /** Puppet's `argument_mismatch`: accepting these arguments is an error with this message. */
  readonly mismatch?: (context: CallContext, args: readonly Value[]) => string
}

export interface FunctionParameter {
  readonly name: string
  /** Type data, or its source text (parsed once, by the dispatcher). */
  readonly type: PuppetType | string
  readonly optional?: boolean
  /** Only the last one: takes the rest. */
  readonly repeated?: boolean
  /** With `repeated`: at least one. */
  readonly required?: boolean
}

/** A lambda with the scope it was written in. */
export interface Block {
  readonly span: Span
  readonly parameters: readonly BlockParameter[]
  /** Its type, of kind Callable. */
  readonly type: PuppetType
  /** Runs it; checks arguments against its parameters, as Puppet does for a lambda. `next` ends here. */
  readonly call: (args: readonly Value[]) => Value
}

export interface BlockParameter {
  readonly name: string
  readonly type?: PuppetType
  readonly optional: boolean
  readonly capturesRest: boolean
}

/** Finds types by name: aliases and Object types of modules and the environment. */
export interface TypeLoader {
  /** `undefined` for a name that is no type; names are as written, `Stdlib::Absolutepath`. */
  readonly load: (name: string) => PuppetType | undefined
}

export type LogLevel = 'debug' | 'info' | 'notice' | 'warning' | 'err' | 'alert' | 'emerg' | 'crit'

/** What a function may ask for: the compiler's side of every call. */
export interface CallContext {
  /** The place of the call, without lambda. */
  readonly span: Span
  readonly settings: Settings
  readonly types: TypeLoader
  readonly scope: ScopeView
  readonly modules: ModulesView
  /** The moment of this run, the same for all its calls; nanoseconds since 1970. */
  readonly now: bigint
  /** Another function by name; fails with Puppet's "Unknown function" where there is none. */
  readonly call: (name: string, args: readonly Value[], block?: Block) => Value
  readonly hasFunction: (name: string) => boolean
  /** Hiera, with all that `lookup` can be asked. `undefined`: not found and no default given. */
  readonly lookup: (request: LookupRequest) => Value | undefined
  /** Templates: `erb` of files and of texts; the result's origin is a `text`. */
  readonly render: (template: TemplateRequest) => Value
  /** A HOCON text as values, or what is wrong with it. */
  readonly parseHocon: (text: string) => { readonly value: Value } | { readonly problem: string }
  /** The catalog under construction, for `include`, `realize`, `defined` and the like. */
  readonly catalog: CatalogView
  readonly log: (level: LogLevel, message: string, span?: Span) => void
  /** Puppet's deprecations: a warning that a node gets once for a key. Gives whether this was the time. */
  readonly warnOnce: (key: string, message: string) => boolean
  /** Files and lines of the calls under evaluation, innermost first; Puppet's stack (`Puppet::Pops::PuppetStack`). */
  readonly stack: () => readonly (readonly [file: string, line: number])[]
  /** A finding that does not end the evaluation. */
  readonly report: (diagnostic: Diagnostic) => void
}

/** The value of a setting; `null` where it has none. */
export type SettingValue = string | number | boolean | null | readonly string[]

export interface Settings {
  readonly puppet: 7 | 8
  readonly strict: 'off' | 'warning' | 'error'
  readonly strictVariables: boolean
  readonly environment: string
  /** Puppet's other settings by name, as `$settings::…` shows them. */
  readonly values: ReadonlyMap<string, SettingValue>
}

export interface ScopeView {
  /** The value of a variable by its name without `$`, qualified or not; `undefined` where it is not set. */
  readonly lookup: (name: string) => Value | undefined
  /** Names of the variables that an unqualified look-up can find here, nearest scope first. */
  readonly names: () => readonly string[]
  readonly set: (name: string, value: Value) => void
  /** The module of the code that calls: `module_name`; undefined in the environment's own manifests. */
  readonly moduleName: string | undefined
  readonly tags: readonly string[]
  readonly classes: readonly string[]
  /** Facts, for old code that asks for them by name. */
  readonly facts: Value
  /** `Class[main]`, `Foo::Bar[title]`: what is being evaluated. */
  readonly resource: { readonly type: string; readonly title: string }
  readonly environment: string
  readonly nodeName: string
}

export interface ModulesView {
  /** Names of the modules on the modulepath. */
  readonly names: readonly string[]
  /** A module's directory; absolute. */
  readonly directory: (module: string) => string | undefined
  /** `apache/vhost.erb` below `templates` or `files`; an absolute path where the environment holds it. */
  readonly find: (kind: 'files' | 'templates' | 'scripts', reference: string) => FoundFile | undefined
  /** Names in a directory below a module's `files` or `templates`; `undefined` where there is no such directory. */
  readonly list: (kind: 'files' | 'templates', reference: string) => readonly string[] | undefined
  /** Where a link below a module's `files` points; `undefined` for what is no link. */
  readonly linkTarget: (reference: string) => string | undefined
  /** The module's metadata.json. */
  readonly metadata: (module: string) => unknown
}

export interface FoundFile {
  /** As people are shown it. */
  readonly path: string
  /** As code is told it. */
  readonly absolute: string
  readonly text: () => string
  readonly bytes: () => Uint8Array
}

export interface LookupRequest {
  /** The first one found counts. */
  readonly names: readonly string[]
  readonly valueType?: PuppetType
  /** As `lookup` takes it: the name of a strategy, or a hash with `strategy` and its options. */
  readonly merge?: Value
  readonly defaultValue?: Value
  readonly defaultValues?: Value
  readonly override?: Value
  readonly block?: Block
  /** `lookup()` and `hiera()` fail where nothing is found; parameter look-ups do not. */
  readonly required: boolean
  /** Asked by one of the `hiera…` functions: only the global layer counts where the environment has no hiera.yaml. */
  readonly hiera?: boolean
}

export type TemplateRequest =
  | { readonly kind: 'erb'; readonly name: string; readonly file: FoundFile }
  | { readonly kind: 'inline-erb'; readonly text: string; readonly span: Span }
  | { readonly kind: 'epp'; readonly name: string; readonly file: FoundFile; readonly parameters?: Value }
  | { readonly kind: 'inline-epp'; readonly text: string; readonly span: Span; readonly parameters?: Value }

export interface CatalogView {
  readonly include: (names: readonly string[]) => readonly string[]
  /** Whether a resource (capitalised type, title) or, without title, a class, defined type or resource type by that name exists. */
  readonly hasResource: (type: string, title: string) => boolean
  readonly hasClass: (name: string) => boolean
  readonly hasResourceType: (name: string) => boolean
  /** Every resource declared so far, in order. */
  readonly resources: () => readonly { readonly type: string; readonly title: string }[]
  /** The defaults for a type of resources (`File { … }`) in force where the call stands, by parameter. */
  readonly defaults: (type: string) => ReadonlyMap<string, Value>
  /** A parameter of a resource that is in the catalog already. */
  readonly parameter: (type: string, title: string, name: string) => Value | undefined
  /** All of them, with what the title says; undefined where there is no such resource. */
  readonly parameters: (type: string, title: string) => ReadonlyMap<string, Value> | undefined
  readonly createResources: (
    type: string,
    resources: Value,
    defaults: Value,
    form: 'regular' | 'virtual' | 'exported',
  ) => void
  readonly tag: (names: readonly string[]) => void
  /** `include`, and an edge from the resource being evaluated to each class. Names in lower case without leading `::`. */
  readonly contain: (names: readonly string[]) => void
  /** `include`, and each class added to `require` of the resource being evaluated. */
  readonly require: (names: readonly string[]) => void
  /** Makes virtual resources real, also those that are declared later; one that never comes fails the catalog. */
  readonly realize: (references: readonly { readonly type: string; readonly title: string }[]) => void
  /** Whether the catalog or the resource being evaluated carries this tag. */
  readonly tagged: (name: string) => boolean
}
