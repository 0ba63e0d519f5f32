import type { Catalog, ResourceId } from '../catalog/catalog.ts'
import type { RenderedFile, Segment } from '../catalog/rendered-file.ts'
import { conditionsAt, fileConditions, type Step, traceAt, traceRange } from '../catalog/trace.ts'
import type { FileChange, Hunk } from '../diff/file-change.ts'
import { resourceKey } from '../diff/references.ts'
import { lineStarts, type Span } from '../source/source-file.ts'
import type { ChangedLine, ChangeSet } from './change-set.ts'

/**
 * A changed line of the control repo that explains a difference. `flows`: its text or value is part of the rendered
 * lines; `decides`: it belongs to the template, the manifests or the class parameters that make the file, so it decided
 * what they put there.
 */
export interface Cause extends ChangedLine {
  readonly how: 'flows' | 'decides'
}

/** What explains one hunk, or a change without hunks. */
export interface Causes {
  readonly causes: readonly Cause[]
  /** No changed line flows into it or decides over it: time, randomness, order, or code that nothing tells about. */
  readonly unexplained: boolean
}

/** What causes are looked for in: both versions of a node's catalog, and what reached the node. */
export interface CauseContext {
  readonly changes: ChangeSet
  readonly catalogs: readonly Catalog[]
  /** As `Reach` gives them: paths, or `path: key`. */
  readonly reasons: readonly string[]
}

/** The most that are kept of one hunk; more changed lines explain no more. */
const mostCauses = 12

/** What caused a change between two versions: an entry for each of its hunks, or one where it has none. */
export function causesOf(
  change: FileChange,
  before: RenderedFile | undefined,
  after: RenderedFile | undefined,
  context: CauseContext,
): Causes[] {
  let deciding: readonly Cause[] | undefined
  const explain = (flowing: readonly ChangedLine[], conditions: () => readonly ChangedLine[]): Causes => {
    if (flowing.length > 0) return { causes: distinct(flowing, 'flows'), unexplained: false }
    const tested = distinct(conditions(), 'decides')
    if (tested.length > 0) return { causes: tested, unexplained: false }
    deciding ??= decidingLines(change, before, after, context)
    return { causes: deciding, unexplained: deciding.length === 0 }
  }
  const { changes } = context
  const fileTests = () =>
    testedLines([...stepsOf(before, fileConditions)], [...stepsOf(after, fileConditions)], changes)
  if (change.hunks.length === 0) return [explain(declaredLines([before?.span, after?.span], changes), fileTests)]
  return change.hunks.map((hunk) => {
    const segmentSteps = (file: RenderedFile, segment: Segment, at: number) =>
      conditionsAt({ ...file, segments: [segment] }, at, at + 1)
    return explain(flowingLines(hunk, before, after, changes), () => [
      ...flowingLines(hunk, before, after, changes, segmentSteps),
      ...fileTests(),
    ])
  })
}

/** What explains the hunks of a change together. */
export function joinedCauses(each: readonly Causes[]): Causes {
  const all = new Map(each.flatMap(({ causes }) => causes.map((cause) => [JSON.stringify(cause), cause] as const)))
  return { causes: [...all.values()].slice(0, mostCauses), unexplained: each.some(({ unexplained }) => unexplained) }
}

function distinct(lines: readonly ChangedLine[], how: Cause['how']): Cause[] {
  const found = new Map<string, Cause>()
  for (const line of lines) {
    if (line.text.trim() === '' || (how === 'decides' && isComment(line))) continue
    const key = `${line.path} ${line.side} ${line.line}`
    if (!found.has(key)) found.set(key, { ...line, how })
  }
  // Where a line gave way to another one, both are changed; the newer one is what people look for.
  const all = [...found.values()]
  const newer = all.filter((cause) => cause.side === 'after')
  return (newer.length > 0 ? newer : all).slice(0, mostCauses)
}

/** In manifests and data; what a template begins a line with is for the file that it makes. */
function isComment({ path, text }: ChangedLine): boolean {
  return /\.(?:pp|ya?ml)$/.test(path) && /^\s*#/.test(text)
}

function stepsOf(file: RenderedFile | undefined, steps: (file: RenderedFile) => readonly Step[]): readonly Step[] {
  return file ? steps(file) : []
}

/** The changed lines among the places of what decided that a file is there. */
function testedLines(before: readonly Step[], after: readonly Step[], changes: ChangeSet): ChangedLine[] {
  const lines = (side: 'before' | 'after', steps: readonly Step[]) =>
    steps.flatMap(({ kind, span }) => (span && kind !== 'condition' ? changes.linesIn(side, span) : []))
  return [...lines('before', before), ...lines('after', after)]
}

const valueSteps = (file: RenderedFile, segment: Segment, at: number): readonly Step[] =>
  traceAt({ ...file, segments: [segment] }, at)

/** The changed lines in the chains of what a hunk adds and removes. */
function flowingLines(
  hunk: Hunk,
  before: RenderedFile | undefined,
  after: RenderedFile | undefined,
  changes: ChangeSet,
  steps = valueSteps,
): ChangedLine[] {
  const found: { lines: readonly ChangedLine[]; size: number }[] = []
  const isSecret = (file: RenderedFile, segment: Segment): boolean =>
    file.sensitive || file.showDiff === false || segment.sensitive === true
  for (const line of hunk.lines) {
    const [file, number, side] =
      line.kind === 'added'
        ? ([after, line.afterLine, 'after'] as const)
        : line.kind === 'removed'
          ? ([before, line.beforeLine, 'before'] as const)
          : ([undefined, undefined, 'after'] as const)
    const source = file?.source
    if (!file || !source || number === undefined) continue
    const start = lineStarts(source)[number - 1] ?? 0
    const end = lineStarts(source)[number] ?? source.text.length
    for (let i = segmentAt(file.segments, start); i < file.segments.length; i++) {
      const segment = file.segments[i] as Segment
      if (segment.start >= end) break
      for (const { span } of steps(file, segment, Math.max(start, segment.start))) {
        const lines = span ? changes.linesIn(side, span) : []
        if (span && lines.length > 0)
          found.push({ lines: isSecret(file, segment) ? lines.map(hidden) : lines, size: linesTouched(span) })
      }
    }
  }
  // A call that spans a whole resource says little where one of its own lines is known.
  const narrow = found.filter(({ size }) => size <= 2)
  return (narrow.length > 0 ? narrow : found).flatMap(({ lines }) => lines)
}

/** A line that a secret comes from: its place may be told, its text not. */
function hidden(line: ChangedLine): ChangedLine {
  return { ...line, text: '••••' }
}

/** The first segment that reaches beyond the offset. */
function segmentAt(segments: readonly Segment[], offset: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle] as Segment).end <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function linesTouched({ file, start, end }: Span): number {
  return file.text.slice(start, end).split('\n').length
}

function declaredLines(spans: readonly (Span | undefined)[], changes: ChangeSet): ChangedLine[] {
  const [before, after] = spans
  return [...(before ? changes.linesIn('before', before) : []), ...(after ? changes.linesIn('after', after) : [])]
}

/** Changed lines of whatever makes the file: its templates, the manifests around it, data of its classes. */
function decidingLines(
  change: FileChange,
  before: RenderedFile | undefined,
  after: RenderedFile | undefined,
  { changes, catalogs, reasons }: CauseContext,
): readonly Cause[] {
  const files = new Set<string>()
  const classes = new Set<string>()
  const visitResource = (id: ResourceId): void => {
    for (const catalog of catalogs) {
      const resource = catalog.resources.find((candidate) => resourceKey(candidate) === resourceKey(id))
      if (!resource) continue
      if (resource.span) files.add(resource.span.file.path)
      for (const container of resource.containers) {
        if (container.type === 'Class') classes.add(container.title.toLowerCase())
        const declared = catalog.resources.find((candidate) => resourceKey(candidate) === resourceKey(container))
        if (declared?.span) files.add(declared.span.file.path)
      }
    }
  }
  for (const id of [before?.resource, after?.resource, change.resource]) if (id) visitResource(id)
  for (const file of [before, after])
    for (const step of file?.source ? traceRange(file, 0, file.source.text.length) : [])
      if (step.span) files.add(step.span.file.path)
  for (const file of [before, after])
    for (const segment of file?.segments ?? []) if (segment.template) files.add(segment.template.file.path)
  const lines: ChangedLine[] = []
  for (const reason of reasons) {
    const [, path, key] = /^(.*\.(?:ya?ml|eyaml|json)): (.*)$/.exec(reason) ?? []
    if (path !== undefined && key !== undefined) {
      const owner = key.includes('::') ? key.slice(0, key.lastIndexOf('::')) : undefined
      const relevant = owner === undefined || classes.has(owner) || [...files].some((file) => isManifestOf(file, owner))
      if (relevant) lines.push(...changes.linesOfKey(path, (key.split('.')[0] as string).replace(/^["']|["']$/g, '')))
    } else if (files.has(reason) || isClassManifest(reason, classes)) lines.push(...changes.linesOf(reason))
  }
  const secret = [before, after].some(
    (file) => file?.sensitive || file?.showDiff === false || file?.segments.some((s) => s.sensitive),
  )
  return distinct(secret ? lines.map(hidden) : lines, 'decides')
}

function isClassManifest(path: string, classes: ReadonlySet<string>): boolean {
  return [...classes].some((name) => isManifestOf(path, name))
}

/** Whether the class of that name lives in a manifest: `profile::web` in `…/profile/manifests/web.pp`. */
function isManifestOf(path: string, name: string): boolean {
  const [module = '', ...rest] = name.split('::')
  return path.endsWith(`${module}/manifests/${rest.length === 0 ? 'init' : rest.join('/')}.pp`)
}
