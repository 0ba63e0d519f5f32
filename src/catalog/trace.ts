import type { Span } from '../source/source-file.ts'
import type { Origin, Read } from '../value/origin.ts'
import type { RenderedFile, Segment } from './rendered-file.ts'

/** One link in the chain from a rendered line back to the data. */
export interface Step {
  readonly kind: 'template' | 'read' | 'parameter' | 'variable' | 'call' | 'hiera' | 'fact' | 'literal' | 'builtin'
  /** What people are shown: `<%= rule['expires'] %>`, `$cache_rules[1]['expires']`, `profile::web::cache_rules, level "common"`. */
  readonly text: string
  readonly span?: Span
}

const maximumSteps = 40

/** Where the text at an offset of a rendered file comes from: template → variable → manifest → data, nearest first. */
export function traceAt(file: RenderedFile, offset: number): readonly Step[] {
  return traceRange(file, offset, offset + 1)
}

/**
 * Where a stretch of a rendered file comes from (offsets, half-open): the chains of its segments one after the other,
 * those that read variables before plain text, as what varies is what people look for. Each step once.
 */
export function traceRange(file: RenderedFile, start: number, end: number): readonly Step[] {
  const within = file.segments.filter((s) => s.start < Math.max(end, start + 1) && s.end > start)
  const segments = within.length > 0 ? within : file.segments.slice(-1)
  const steps: Step[] = []
  const seen = new Set<string>()
  const add = (step: Step): void => {
    const key = `${step.kind} ${step.text} ${step.span?.file.path}:${step.span?.start}`
    if (seen.has(key) || steps.length >= maximumSteps) return
    seen.add(key)
    steps.push(step)
  }
  const varying = segments.filter((segment) => segment.reads.length > 0)
  for (const segment of varying.length > 0 ? varying : segments)
    traceSegment(segment, Math.max(start, segment.start), add)
  return steps
}

function traceSegment(segment: Segment, offset: number, add: (step: Step) => void): void {
  if (segment.template) {
    const place = placeInTemplate(segment, segment.template, offset)
    add({ kind: 'template', text: tagText(place), span: place })
  }
  for (const read of segment.reads) {
    add(readStep(read))
    follow(read.value.origin, add)
  }
  if (segment.reads.length === 0) follow(segment.origin, add)
}

/** Text that was taken over as it stands maps line by line; a tag stands for all that it gave. */
function placeInTemplate(segment: Segment, template: Span, offset: number): Span {
  const verbatim = segment.reads.length === 0 && template.end - template.start === segment.end - segment.start
  if (!verbatim) return template
  const { text } = template.file
  const at = template.start + Math.max(0, Math.min(offset - segment.start, template.end - template.start - 1))
  const start = Math.max(template.start, text.lastIndexOf('\n', at - 1) + 1)
  const lineEnd = text.indexOf('\n', at)
  return {
    file: template.file,
    start,
    end: lineEnd < 0 ? template.end : Math.min(template.end, Math.max(lineEnd, start)),
  }
}

function tagText(span: Span): string {
  const text = span.file.text.slice(span.start, span.end).trim()
  const line = text.split('\n', 1)[0] as string
  return line.length < text.length || line.length > 120 ? `${line.slice(0, 119)}…` : line
}

function readStep(read: Read): Step {
  const path = read.path.map((key) => (typeof key === 'bigint' ? `[${key}]` : `['${key}']`)).join('')
  const span = declaration(read.variable)
  return { kind: 'read', text: `$${read.name}${path}`, ...(span && span.file.path !== '' ? { span } : {}) }
}

/** Where the variable got its name: the first place on the way back. */
function declaration(origin: Origin): Span | undefined {
  if (origin.kind === 'secret') return declaration(origin.from)
  return origin.kind === 'builtin' ? undefined : origin.span
}

function follow(origin: Origin, add: (step: Step) => void): void {
  switch (origin.kind) {
    case 'literal':
      add({ kind: 'literal', text: tagText(origin.span), span: origin.span })
      return
    case 'fact':
      add({ kind: 'fact', text: `fact ${origin.name}`, ...(origin.span ? { span: origin.span } : {}) })
      return
    case 'hiera':
      add({ kind: 'hiera', text: `${origin.key}, level "${origin.level}"`, span: origin.span })
      return
    case 'secret':
      follow(origin.from, add)
      return
    case 'parameter':
    case 'variable':
      // Code that came without a file has no place that people could open.
      if (origin.span.file.path !== '') add({ kind: origin.kind, text: `$${origin.name}`, span: origin.span })
      follow(origin.from, add)
      return
    case 'call':
      add({ kind: 'call', text: `${origin.name}()`, span: origin.span })
      for (const from of origin.from) follow(from, add)
      return
    case 'operation':
      for (const from of origin.from) follow(from, add)
      return
    case 'text':
      for (const piece of origin.pieces) {
        for (const read of piece.reads) {
          add(readStep(read))
          follow(read.value.origin, add)
        }
        if (piece.reads.length === 0) follow(piece.origin, add)
      }
      return
    case 'builtin':
      add({ kind: 'builtin', text: origin.name })
      return
  }
}
