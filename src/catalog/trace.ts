import { type Span, spanText } from '../source/source-file.ts'
import {
  type Condition,
  elementsOf,
  isSecret,
  type Origin,
  type Read,
  unknownOrigin,
  wholeOrigin,
} from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import { idText } from './catalog.ts'
import type { RenderedFile, Segment } from './rendered-file.ts'

/** One link in the chain from a rendered line back to the data. */
export interface Step {
  readonly kind:
    | 'template'
    | 'read'
    | 'parameter'
    | 'variable'
    | 'call'
    | 'hiera'
    | 'fact'
    | 'literal'
    | 'builtin'
    | 'condition'
    | 'option'
    | 'fragment'
  /** What people are shown: `<%= rule['expires'] %>`, `$cache_rules[1]['expires']`, `profile::web::cache_rules, level "common"`. */
  readonly text: string
  readonly span?: Span
  /** Of a value out of data: the key that was looked up. */
  readonly key?: string
  /** It tells why the node reads a data file of the chain at all, not what stands there. */
  readonly level?: true
}

/** Enough for any line that people would read about; a list that is written on one line may have thousands of sources. */
const maximumSteps = 400
/** A chain that a long loop made is followed this far, and no deeper than the stack is. */
const mostFollowed = 4000

/** Where steps go, and the conditions that are told elsewhere: those of the whole file. */
interface Trail {
  readonly add: (step: Step) => unknown
  readonly has: (step: Step) => boolean
  readonly known: ReadonlySet<Condition>
  /** The data files that were met. */
  readonly dataFiles: Set<string>
  /** What has been followed; loops share much of it. */
  readonly followed: Set<Origin | Value>
}

/** Where the text at an offset of a rendered file comes from: template → variable → manifest → data, nearest first. */
export function traceAt(file: RenderedFile, offset: number): readonly Step[] {
  return traceRange(file, offset, offset + 1)
}

/**
 * Where a stretch of a rendered file comes from (offsets, half-open): the chains of its segments one after the other,
 * those that read variables before plain text, as what varies is what people look for. Each step once.
 */
export function traceRange(file: RenderedFile, start: number, end: number): readonly Step[] {
  const segments = segmentsWithin(file, start, end)
  const varying = segments.filter((segment) => segment.reads.length > 0)
  return collected(file, conditionsOf(file), (trail) => {
    for (const segment of varying.length > 0 ? varying : segments)
      traceSegment(segment, Math.max(start, segment.start), trail)
  })
}

/**
 * What decided that a stretch of a rendered file is there, beside what decided over the whole file: the fragment that has
 * it, and each condition with the chain of what it tested, innermost first.
 */
export function conditionsAt(file: RenderedFile, start: number, end: number): readonly Step[] {
  return collected(file, conditionsOf(file), (trail) => {
    for (const { fragments = [], conditions = [] } of segmentsWithin(file, start, end)) {
      for (const { resource, span } of fragments) trail.add({ kind: 'fragment', text: idText(resource), span })
      for (const condition of conditions) followCondition(condition, trail)
    }
  })
}

/** What decided that the catalog has a file, and has it at its path. */
export function fileConditions(file: RenderedFile): readonly Step[] {
  return collected(file, new Set(), (trail) => {
    for (const condition of file.conditions ?? []) followCondition(condition, trail)
  })
}

/** Why the node of a file reads a data file: its place in hiera.yaml, and what filled it in; nothing where all nodes do. */
export function levelSteps(file: RenderedFile, path: string): readonly Step[] {
  const level = file.levels?.get(path)
  return level ? collected(file, new Set(), (trail) => followLevel(level, trail)) : []
}

function conditionsOf(file: RenderedFile): ReadonlySet<Condition> {
  return new Set((file.conditions ?? []).flatMap((condition) => [...listed(condition)]))
}

function segmentsWithin(file: RenderedFile, start: number, end: number): readonly Segment[] {
  const within = file.segments.filter((s) => s.start < Math.max(end, start + 1) && s.end > start)
  return within.length > 0 ? within : file.segments.slice(-1)
}

/** Each step once, in the order in which they came. */
function collected(file: RenderedFile, known: ReadonlySet<Condition>, trace: (trail: Trail) => void): readonly Step[] {
  const steps = new Map<string, Step>()
  const keyOf = (step: Step) => `${step.kind} ${step.text} ${step.span?.file.path}:${step.span?.start}`
  const has = (step: Step) => steps.has(keyOf(step))
  const add = (step: Step): void => {
    if (!has(step) && steps.size < maximumSteps) steps.set(keyOf(step), step)
  }
  const dataFiles = new Set<string>()
  trace({ add, has, known, dataFiles, followed: new Set() })
  for (const path of dataFiles) {
    const level = file.levels?.get(path)
    if (level) followLevel(level, { add, has, known, dataFiles: new Set(), followed: new Set() })
  }
  const told = [...steps.values()]
  // That Puppet made a part of it is news only where nothing else is known.
  return told.length > 1 ? told.filter((step) => step.kind !== 'builtin' || step.text !== unknownName) : told
}

const unknownName = unknownOrigin.kind === 'builtin' ? unknownOrigin.name : ''

/** The place of a data file in hiera.yaml, and what filled it in. */
function followLevel({ span, origin, reads }: Condition, trail: Trail): void {
  const add = (step: Step) => step.kind !== 'literal' && step.kind !== 'template' && trail.add({ ...step, level: true })
  if (span) add({ kind: 'condition', text: tagText(span), span })
  followReads(reads, origin, { ...trail, add })
}

function traceSegment(segment: Segment, offset: number, trail: Trail): void {
  for (const { template, reads } of segment.around ?? []) {
    if (template) trail.add({ kind: 'template', text: tagText(template), span: template })
    for (const read of reads) trail.add(readStep(read))
  }
  if (segment.template) {
    const place = placeInTemplate(segment, segment.template, offset)
    trail.add({ kind: 'template', text: tagText(place), span: place })
  }
  followReads(segment.reads, segment.origin, trail)
}

/** What was read, or where the value itself comes from where no variable was. */
function followReads(reads: readonly Read[], origin: Origin, trail: Trail): void {
  for (const read of reads) {
    trail.add(readStep(read))
    follow(wholeOrigin(read.value), trail)
  }
  if (reads.length === 0) follow(origin, trail)
  else
    follow(origin, { ...trail, add: (step) => step.kind !== 'literal' && step.kind !== 'builtin' && trail.add(step) })
}

function* listed(condition: Condition | undefined): Generator<Condition> {
  for (let at = condition; at; at = at.within) yield at
}

function followCondition(condition: Condition, trail: Trail): void {
  for (const each of listed(condition)) {
    if (trail.known.has(each)) return
    // What is fixed beside what varies decided nothing, and what another condition has told is no news.
    const found: Step[] = []
    const gather = { ...trail, add: (step: Step) => step.kind !== 'literal' && found.push(step) }
    const within = isSecret(each.origin) ? hushed(gather) : gather
    followReads(each.reads, each.origin, within)
    if (found.every(trail.has)) continue
    if (each.span) trail.add({ kind: 'condition', text: tagText(each.span), span: each.span })
    if (each.option) trail.add({ kind: 'option', text: tagText(each.option), span: each.option })
    for (const step of found) trail.add(step)
  }
}

/** What stands at a secret's places is not told. */
function hushed(trail: Trail): Trail {
  const add = (step: Step) =>
    trail.add(
      step.kind === 'literal' || step.kind === 'condition' || step.kind === 'option' ? { ...step, text: '••••' } : step,
    )
  return { ...trail, add }
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
  const text = spanText(span).trim()
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
  switch (origin.kind) {
    case 'secret':
    case 'chosen':
      return declaration(origin.from)
    case 'collection':
      return declaration(origin.value.origin)
    case 'builtin':
      return undefined
    default:
      return origin.span
  }
}

function follow(origin: Origin, trail: Trail): void {
  const same = origin.kind === 'collection' ? origin.value : origin
  if (trail.followed.has(same) || trail.followed.size > mostFollowed) return
  trail.followed.add(same)
  switch (origin.kind) {
    case 'literal':
      trail.add({ kind: 'literal', text: tagText(origin.span), span: origin.span })
      return
    case 'fact':
      trail.add({ kind: 'fact', text: `fact ${origin.name}`, ...(origin.span ? { span: origin.span } : {}) })
      return
    case 'hiera':
      trail.add({
        kind: 'hiera',
        text: `${origin.key}, level "${origin.level}"`,
        span: origin.span,
        key: origin.key,
      })
      trail.dataFiles.add(origin.span.file.path)
      return
    case 'secret':
      follow(origin.from, hushed(trail))
      return
    case 'chosen':
      follow(origin.from, trail)
      followCondition(origin.by, trail)
      return
    case 'parameter':
    case 'variable':
      // Code that came without a file has no place that people could open.
      if (origin.span.file.path !== '') trail.add({ kind: origin.kind, text: `$${origin.name}`, span: origin.span })
      follow(origin.from, trail)
      return
    case 'call':
      trail.add({ kind: 'call', text: `${origin.name}()`, span: origin.span })
      for (const from of origin.from) follow(from, trail)
      return
    case 'operation':
      for (const from of origin.from) follow(from, trail)
      return
    case 'collection':
      followCollection(origin, trail)
      return
    case 'text':
      if (origin.of) follow(origin.of, trail)
      for (const piece of origin.pieces) followReads(piece.reads, piece.origin, trail)
      return
    case 'builtin':
      trail.add({ kind: 'builtin', text: origin.name })
      return
  }
}

/** The collection, then what is in it and stands elsewhere. */
function followCollection({ value }: Origin & { kind: 'collection' }, trail: Trail): void {
  const places: Span[] = []
  follow(value.origin, {
    ...trail,
    add: (step) => {
      if (step.span && step.kind !== 'call') places.push(step.span)
      trail.add(step)
    },
  })
  const visit = (element: typeof value | ReturnType<typeof elementsOf>[number]): void => {
    const { origin } = element
    const inside =
      'span' in origin &&
      (origin.kind === 'literal' || origin.kind === 'hiera' || origin.kind === 'fact') &&
      places.some((p) => origin.span?.file === p.file && p.start <= origin.span.start && origin.span.end <= p.end)
    if (!inside) follow(origin, trail)
    if (element.kind === 'array' || element.kind === 'hash') for (const each of elementsOf(element)) visit(each)
    else if (element.kind === 'sensitive') visit(element.value)
  }
  if (value.origin.kind !== 'fact') for (const element of elementsOf(value)) visit(element)
}
