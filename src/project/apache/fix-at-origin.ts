import type { RenderedFile, Segment } from '../../catalog/rendered-file.ts'
import type { Diagnostic, Fix } from '../../source/diagnostic.ts'
import { type Span, spanText } from '../../source/source-file.ts'
import type { Origin } from '../../value/origin.ts'

/**
 * The diagnostic with its fix moved from the rendered text to the template or the data that the text comes from. Where
 * that place is not exact, the fix becomes advice, for a rendered file is not there to be edited.
 */
export function fixAtOrigin(diagnostic: Diagnostic, file: RenderedFile): Diagnostic {
  const { fix, ...rest } = diagnostic
  if (!fix) return diagnostic
  const moved = file.sensitive ? undefined : moveFix(fix, file)
  if (moved) return { ...rest, fix: moved }
  return rest.remedy === undefined ? { ...rest, remedy: fix.description } : rest
}

function moveFix(fix: Fix, file: RenderedFile): Fix | undefined {
  const { start, end } = fix.span
  const text = file.source?.text ?? ''
  // What is put in between belongs to the text in front of it.
  const first = start === end ? Math.max(0, start - 1) : start
  const segment = file.segments.find((each) => each.start <= first && each.end >= Math.max(end, first + 1))
  if (!segment || segment.sensitive) return undefined
  const own = text.slice(segment.start, segment.end)
  const place = placeOf(segment, own, fix.replacement)
  if (!place) return undefined
  const at = place.start - segment.start
  return { ...fix, span: { file: place.file, start: start + at, end: end + at } }
}

/** Where the segment's whole text stands as it is: in the template, or in the value that gave it. */
function placeOf(segment: Segment, text: string, replacement: string): Span | undefined {
  if (segment.reads.length === 0 && segment.template && spanText(segment.template) === text) return segment.template
  const [read] = segment.reads
  if (segment.reads.length !== 1 || !read) return undefined
  const { value } = read
  if (value.kind !== 'string' || value.value !== text || !isPlain(replacement)) return undefined
  const span = literalSpan(value.origin)
  const at = span ? spanText(span).indexOf(text) : -1
  if (!span || at < 0 || spanText(span).indexOf(text, at + 1) >= 0) return undefined
  return { file: span.file, start: span.start + at, end: span.start + at + text.length }
}

/** Whether a text means itself in YAML, JSON and manifests, quoted or not. */
function isPlain(text: string): boolean {
  return /^[\w ./<>*+@=-]*$/.test(text)
}

/** Where a value is written, through the variables that it went through. */
function literalSpan(origin: Origin): Span | undefined {
  switch (origin.kind) {
    case 'literal':
      return origin.span
    case 'hiera':
      return origin.secret ? undefined : origin.span
    case 'parameter':
    case 'variable':
      return literalSpan(origin.from)
    default:
      return undefined
  }
}
