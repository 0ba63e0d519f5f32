import type { Related, Severity } from '../../source/diagnostic.ts'
import type { SourceFile, Span } from '../../source/source-file.ts'
import type { HashEntry, HashValue } from '../../value/value.ts'

/** What Hiera accepts without a word, although it can hardly be meant. */
export interface DataRule {
  /** Without `data/`. */
  readonly code: string
  /** What comes of it, for the documentation. */
  readonly why: string
  readonly severity: Severity
  readonly find: (context: DataContext) => Iterable<Found>
}

export interface Found {
  readonly span: Span
  readonly message: string
  readonly remedy?: string
  readonly related?: readonly Related[]
}

/** A data file of the environment's layer that a node reads. */
export interface DataSource {
  readonly file: SourceFile
  readonly value: HashValue
}

/** What the environment's layer is for some of the nodes, highest level first. */
export interface Hierarchy {
  /** `undefined` stands for a level that is no data file. */
  readonly levels: readonly (DataSource | undefined)[]
  /** Whether the first value found counts for a key; unknown where nobody has asked for a key of its module. */
  readonly firstCounts: (key: string) => boolean | undefined
}

export interface DataContext {
  readonly sources: readonly DataSource[]
  /** Each hiera.yaml of the environment's layer. */
  readonly configurations: readonly SourceFile[]
  readonly hierarchies: readonly Hierarchy[]
  /** All nodes that are known have been compiled, so that a key which nobody read is read by none of them. */
  readonly complete: boolean
  /** The keys that a compilation looked up, by themselves or by a part of their value. */
  readonly readKeys: ReadonlySet<string>
  /** Whether code that may look a key up holds it literally. */
  readonly isMentioned: (key: string) => boolean
  /** Names of a class's parameters; `undefined` where there is no such class. */
  readonly parametersOf: (className: string) => readonly string[] | undefined
  readonly classNames: () => Iterable<string>
  /** Whether a node has the fact, by the parts of its name. */
  readonly hasFact: (path: readonly (string | bigint)[]) => boolean
  /** Whether nodes have facts of their own: bundled ones say nothing of what a site adds. */
  readonly ownFacts: boolean
  /** Names of all facts, dotted, structured ones with all their parts. */
  readonly factNames: () => Iterable<string>
}

/** The keys of a data file that are looked up by name. */
export function* keysOf({ value }: DataSource): Generator<string> {
  // A string's key in the map is `'` and its text.
  for (const name of value.entries.keys()) if (name.startsWith("'") && name !== "'lookup_options") yield name.slice(1)
}

/** A key of a data file: where it stands, and its value, which is read when somebody asks for it. */
export function entryAt({ value }: DataSource, key: string): { span: Span; entry: HashEntry } | undefined {
  const entry = value.entries.get(`'${key}`)
  const origin = entry?.key.origin
  return entry && origin?.kind === 'literal' ? { span: origin.span, entry } : undefined
}

/** `profile::web` and `port` of `profile::web::port`; `undefined` for a key of no class. */
export function parameterKey(key: string): readonly [className: string, parameter: string] | undefined {
  const cut = key.lastIndexOf('::')
  return cut < 1 ? undefined : [key.slice(0, cut), key.slice(cut + 2)]
}
