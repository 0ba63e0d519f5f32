import type { ResourceId } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { SourceFile, Span } from '../source/source-file.ts'
import type { Range } from './mask.ts'
import type { Structure } from './structure.ts'

/** A file as it is on a node now. */
export interface DeployedFile {
  /** Absolute on the node. */
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link'
  /** Its text, where it is UTF-8 text of a regular file. */
  readonly source?: SourceFile
  /** Its bytes, where it is no text. */
  readonly bytes?: Uint8Array
  readonly target?: string
  /** Permission bits; left out where the tree does not tell them. */
  readonly mode?: number
  /** A name, or a number where the tree knows no name for it. */
  readonly owner?: string
  readonly group?: string
  /** It could not be read, so nothing is known of it, not even its kind; differences from it cannot be told. */
  readonly unreadable?: boolean
  /** Stretches of `source` that are known to be secret, sorted; a tree on disk knows none. */
  readonly secrets?: readonly Range[]
  /** `false` where an earlier catalog asked not to show its content. */
  readonly showDiff?: false
}

/** How a rendered file differs from what is deployed. Its hunks are masked; `before` and `after` are not. */
export interface FileChange {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed' | 'attributes' | 'unchanged'
  readonly resource?: ResourceId
  /** Where that is declared; left out where `after` tells. */
  readonly declared?: Span
  readonly before?: DeployedFile
  readonly after?: RenderedFile
  /** Text files with a change of content only. */
  readonly hunks: readonly Hunk[]
  /** One side is no text and the bytes differ: sizes in bytes. */
  readonly binary?: { readonly before?: number; readonly after?: number }
  readonly attributes: readonly AttributeChange[]
  /** The catalog asks not to show how the content differs: numbers of lines instead of hunks. */
  readonly hidden?: { readonly added: number; readonly removed: number }
  /** Puppet reports the difference and leaves the node as it is. */
  readonly noop?: true
  /** The same difference in the file's own terms, for the formats that are known. */
  readonly structure?: Structure
}

export interface AttributeChange {
  readonly name: 'mode' | 'owner' | 'group' | 'target' | 'kind'
  readonly before?: string
  readonly after?: string
}

/** Lines that belong together, with context around them. Line numbers count from 1. */
export interface Hunk {
  readonly beforeStart: number
  readonly beforeLines: number
  readonly afterStart: number
  readonly afterLines: number
  readonly lines: readonly HunkLine[]
}

export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed'
  /** Without its newline; a carriage return before it stays. Secrets are masked. */
  readonly text: string
  readonly beforeLine?: number
  readonly afterLine?: number
  /** The stretches (offsets in `text`, half-open) that differ from the line's counterpart. */
  readonly highlights: readonly Range[]
  /** The index in its hunk's lines of the other version of this line. */
  readonly counterpart?: number
  /** The last line of a file that has no newline at its end. */
  readonly noNewline?: boolean
}
