import type { Files } from '../source/files.ts'
import type { DirectiveSpec, DirectiveTable } from './directive-table.ts'
import type { Fault } from './faults.ts'
import type { ConfigLines, LogicalLine } from './lines.ts'

/** A directive that reading has kept for the walk. */
export interface ConfigNode {
  /** httpd's spelling where it knows the directive, else as written; sections begin with `<`. */
  readonly name: string
  readonly line: LogicalLine
  /** Where the name stands in the line. */
  readonly nameStart: number
  readonly nameEnd: number
  /** Raw text behind the name, and where in the line it begins. */
  readonly args: string
  readonly argsAt: number
  readonly children: ConfigNode[]
  parent: ConfigNode | undefined
}

/** What directives of a module remember between calls. */
export type State = Map<string, unknown>

export interface Server {
  readonly virtual: boolean
  /** Where `<VirtualHost>` stands, as messages show it. */
  readonly definedAt?: string
  readonly state: State
}

/** What a place in the configuration allows (httpd's `cmd_parms`). */
export interface Scope {
  readonly override: number
  /** The options that `Options` may set. */
  readonly overrideOptions: number
  /** Lower-case names that AllowOverrideList allows. */
  readonly overrideList?: ReadonlySet<string>
  readonly htaccess: boolean
  /** The directory, location or file pattern; undefined at server level. */
  readonly path: string | undefined
  /** Methods that an enclosing `<Limit>` leaves, one bit a method number; -1 outside of any. */
  readonly limited: bigint
  readonly server: Server
  /** Per-directory state. */
  readonly directory: State
  /** The directive that is being carried out; undefined while the text is being read. */
  readonly node: ConfigNode | undefined
}

/** What is known of the machine that httpd would run on; what is not given is not judged. */
export interface Machine {
  readonly users?: ReadonlySet<string>
  readonly groups?: ReadonlySet<string>
  /** Whether a host name has an address. */
  readonly resolves?: (host: string) => boolean
}

/** What a whole check shares. */
export interface Environment {
  readonly table: DirectiveTable
  /** Identifiers; LoadModule puts a larger set in their place. */
  modules: ReadonlySet<string>
  /** Loaded modules whose directives are not known here, such as `php_module`. */
  foreign: readonly string[]
  readonly defines: Map<string, string | undefined>
  readonly environment: ReadonlyMap<string, string>
  readonly files: Files | undefined
  /** Whether `files` tells all about a path. */
  readonly knows: (path: string) => boolean
  readonly machine: Machine
  /** What Include has read, in httpd's order. */
  readonly included: ConfigLines[]
  serverRoot: string
  /** State that lasts for the whole configuration. */
  readonly state: State
  /** Default flags of regular expressions, set by RegexDefaultOptions. */
  regexFlags: number
}

/** One directive being carried out by one module. */
export interface Call {
  readonly spec: DirectiveSpec
  readonly scope: Scope
  readonly node: ConfigNode
  /** The raw argument text. */
  readonly raw: string
  /** The unquoted words as the directive's argument kind hands them over; for RAW_ARGS none. */
  readonly args: readonly string[]
  readonly environment: Environment
  /** For FLAG directives. */
  readonly flag: boolean
  /** Carries out directives in a scope; their errors are reported at once. True where there was none. */
  walk(nodes: readonly ConfigNode[], scope: Scope): boolean
  /** What is done once the directive's own fault has been reported: more faults that httpd would only find later. */
  afterwards(more: () => void): void
  /** Something that httpd only logs. */
  warn(fault: Fault): void
  /** Faults that come after all directives have run (httpd's post-config hooks). */
  later(check: () => Fault | undefined): void
}

export type Handler = (call: Call) => Fault | undefined
export type Handlers = Readonly<Record<string, Handler>>

/** State under a key, made at the first question. */
export function remember<T>(state: State, key: string, make: () => T): T {
  const found = state.get(key)
  if (found !== undefined) return found as T
  const made = make()
  state.set(key, made)
  return made
}
