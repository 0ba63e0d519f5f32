import type { RenderedFile } from '../catalog/rendered-file.ts'
import { isMasked } from '../value/origin.ts'
import { splitLines } from './line-blocks.ts'
import { clipRanges, mergeRanges, type Range } from './mask.ts'

/**
 * A deployed text with the rendered file's placeholders where it has what could not be decrypted: that is no difference
 * that anybody could tell. `undefined` where the file has no such stretches.
 */
export function withUnknown(deployed: string, file: RenderedFile): string | undefined {
  const text = file.source?.text ?? ''
  const unknown = mergeRanges(
    file.segments
      .filter(({ origin, reads }) => isMasked(origin) || reads.some(({ value }) => isMasked(value.origin)))
      .map(({ start, end }) => [start, end] as const),
  )
  if (unknown.length === 0) return undefined
  if (fits(deployed, knownParts(text, unknown))) return text
  const wanted: { readonly line: string; readonly parts: readonly string[] }[] = []
  let offset = 0
  for (const line of splitLines(text)) {
    const parts = knownParts(line, clipRanges(unknown, offset, offset + line.length))
    // A line of nothing else would fit any other.
    if (parts.length > 1 && parts.some((part) => part.trim() !== '')) wanted.push({ line, parts })
    offset += line.length
  }
  return splitLines(deployed)
    .map((line) => {
      const index = wanted.findIndex(({ parts }) => fits(line, parts))
      return index < 0 ? line : (wanted.splice(index, 1)[0]?.line ?? line)
    })
    .join('')
}

/** What lies between the ranges. */
function knownParts(text: string, ranges: readonly Range[]): string[] {
  const parts: string[] = []
  let from = 0
  for (const [start, end] of ranges) {
    parts.push(text.slice(from, start))
    from = end
  }
  return [...parts, text.slice(from)]
}

/** Whether a text is these parts in this order, with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  const last = parts.at(-1) as string
  let at = 0
  for (const [i, part] of parts.entries()) {
    const found = i === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at)
    if (found < 0) return false
    if (i < parts.length - 1) at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
