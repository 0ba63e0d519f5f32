import type { SourceFile, Span } from '../source/source-file.ts'
import type { Condition, DataLevels, Origin, Read } from '../value/origin.ts'
import type { ResourceId } from './catalog.ts'

/** A resource and the place that declares it. */
export interface Declaration {
  readonly resource: ResourceId
  readonly span: Span
}

/** A stretch of a rendered file with one origin. UTF-16 offsets, half-open. */
export interface Segment {
  readonly start: number
  readonly end: number
  /** The template's, string's or static file's text or tag that gave it. */
  readonly template?: Span
  readonly origin: Origin
  readonly reads: readonly Read[]
  /** Of text that was put together before: the tags that it came through as a whole, and what they read, from the outside in. */
  readonly around?: readonly Pick<Segment, 'template' | 'reads'>[]
  /** What decided that the stretch is there, beside what decided over the whole file. */
  readonly conditions?: readonly Condition[]
  /** Of a file that is put together on the node: the declarations of the parts that have it. */
  readonly fragments?: readonly Declaration[]
  /** Out of a Sensitive or an encrypted value, or computed from one: reports mask it. */
  readonly sensitive?: boolean
}

/** How far a `file` resource reaches below its directory (`recurse`, `recurselimit`, `ignore`, `purge`). */
export interface Recursion {
  /** Entries that neither the catalog nor the source has are removed; without it they get owner, group and mode. */
  readonly purge: boolean
  /** Levels below the directory; left out for all. */
  readonly limit?: number
  /** Patterns of names that are passed over, with all that is below them. */
  readonly ignore: readonly string[]
}

/** What a catalog puts at a path of a node. */
export interface RenderedFile {
  /** Absolute on the node. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link' | 'absent'
  readonly resource: ResourceId
  /** Where the resource is declared. */
  readonly span?: Span
  /** The instances of defined types that it is declared in, innermost first. */
  readonly within?: readonly Declaration[]
  /** Its text, under the path without its leading `/`. Files only; left out where Puppet manages no content. */
  readonly source?: SourceFile
  /** Content that is not UTF-8 text, or a static file of another kind; then `source` is left out. */
  readonly bytes?: Uint8Array
  /** Sorted, touching, covering `source` exactly. */
  readonly segments: readonly Segment[]
  /** Where a link points. */
  readonly target?: string
  readonly owner?: string
  readonly group?: string
  /** As Puppet has it in the catalog: `0644`, `u=rw`. */
  readonly mode?: string
  /** The whole content is secret. */
  readonly sensitive: boolean
  /** What decided that the catalog has this file, and has it here. */
  readonly conditions?: readonly Condition[]
  /**
   * How much `ensure` asks for where something is there: left out, it becomes a `kind`; `present`, anything will do;
   * `unset`, it keeps its kind, and nothing is made where nothing is.
   */
  readonly ensure?: 'present' | 'unset'
  /** `false`: what is there keeps its content, and its kind. */
  readonly replace?: false
  /** Directories may give way to something else, and be removed with what they hold. */
  readonly force?: true
  /** `false`: the catalog asks not to show differences of its content. */
  readonly showDiff?: false
  /** Puppet reports what it would do, and does nothing. */
  readonly noop?: true
  /** What is asked before new content takes the place of old: `validate_cmd`. */
  readonly validateCommand?: string
  /** Directories: what happens to entries on the node that the catalog does not name; left out where nothing does. */
  readonly recursion?: Recursion
  /** The recursion of a directory's resource brings it; it is no resource of its own. */
  readonly copied?: true
  /** Why its node reads the data files that it reads. */
  readonly levels?: DataLevels
}
