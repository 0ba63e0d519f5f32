import type { FileChange } from '../diff/file-change.ts'
import type { Span } from '../source/source-file.ts'
import { positionAt } from '../source/source-file.ts'

/** `1 file`, `2 files`, `1,200 files`. The runtime's own locales would take longer to load than a report to write. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${number === 1 ? singular : plural}`
}

/** `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** `web01, web02 and 45 more`; `all 47 nodes` where that is so and shorter. */
export function nodeList(nodes: readonly string[], allNodes: number): string {
  if (nodes.length <= 3) return enumerate(nodes)
  if (nodes.length === allNodes) return `all ${nodes.length} nodes`
  return `${nodes[0]}, ${nodes[1]} and ${nodes.length - 2} more`
}

/** `data/common.yaml:9:14`. */
export function placeText(span: Span): string {
  const { line, column } = positionAt(span.file, span.start)
  return `${span.file.path}:${line}:${column}`
}

/** `0.82 s`. */
export function seconds(milliseconds: number): string {
  return milliseconds < 950 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** `1.4 kB`, for files that are no text. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Lines added and removed. */
export function lineCounts(change: FileChange): { readonly added: number; readonly removed: number } {
  let { added, removed } = change.hidden ?? { added: 0, removed: 0 }
  for (const hunk of change.hunks)
    for (const line of hunk.lines) {
      if (line.kind === 'added') added++
      else if (line.kind === 'removed') removed++
    }
  return { added, removed }
}

/** What decides on the node what becomes of a difference, or on its being shown, in sentences. */
export function conditionNotes({ kind, noop, hidden, after }: FileChange): string[] {
  const checked = after?.validateCommand !== undefined && (kind === 'added' || kind === 'changed')
  return [
    ...(noop ? ["Puppet reports it and leaves the node as it is: 'noop' is set."] : []),
    ...(hidden ? ["Its lines are not shown: 'show_diff' is false."] : []),
    ...(checked ? [`Puppet writes it only if '${after?.validateCommand}' succeeds.`] : []),
  ]
}

/** Whether a file goes because a directory is purged, or removed with what it holds, rather than by its own resource. */
export function isPurged({ kind, after }: FileChange): boolean {
  return kind === 'removed' && after === undefined
}

/** What is known of a file that is no text. */
export function binaryText(sizes: NonNullable<FileChange['binary']>): string {
  const { before, after } = sizes
  if (before === undefined) return `not text, ${sizeText(after ?? 0)}`
  if (after === undefined) return `not text, ${sizeText(before)} before`
  return `not text, ${before === after ? `${sizeText(before)}, other content` : `${sizeText(before)} → ${sizeText(after)}`}`
}
