import type { SourceFile, Span } from '../source/source-file.ts'
import type { Condition, Origin, Read } from '../value/origin.ts'
import type { ResourceId } from './catalog.ts'

/** A stretch of a rendered file with one origin. UTF-16 offsets, half-open. */
export interface Segment {
  readonly start: number
  readonly end: number
  /** The template's, string's or static file's text or tag that gave it. */
  readonly template?: Span
  readonly origin: Origin
  readonly reads: readonly Read[]
  /** What decided that the stretch is there, beside what decided over the whole file. */
  readonly conditions?: readonly Condition[]
  /** Out of a Sensitive or an encrypted value, or computed from one: reports mask it. */
  readonly sensitive?: boolean
}

/** What a catalog puts at a path of a node. */
export interface RenderedFile {
  /** Absolute on the node. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link' | 'absent'
  readonly resource: ResourceId
  /** Where the resource is declared. */
  readonly span?: Span
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
  /** Directories: entries that the catalog does not name will be removed. */
  readonly purge?: boolean
  /** The resource types and titles this one notifies, directly. */
  readonly notifies?: readonly ResourceId[]
}
