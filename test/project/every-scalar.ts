import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { conditionsAt, fileConditions, type Step, traceRange } from '../../src/catalog/trace.ts'
import { asDeployed, compareFile } from '../../src/diff/compare-file.ts'
import { createMask } from '../../src/diff/mask.ts'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { type ControlRepo, openControlRepo } from '../../src/project/control-repo.ts'
import { renderNode } from '../../src/project/rendered-node.ts'
import { diskFiles, type Files } from '../../src/source/files.ts'
import { lineStarts, positionAt, type Span, sourceFile, spanText } from '../../src/source/source-file.ts'
import type { Value } from '../../src/value/value.ts'
import { fixtures } from '../cli/rehearse.ts'

/** A scalar of a data or fact file, and texts that could stand in its place. */
export interface Scalar {
  readonly path: string
  readonly span: Span
  readonly others: readonly string[]
}

/** Words of which another one fits where one fits. */
const families = [
  ['present', 'absent'],
  ['running', 'stopped'],
  ['first', 'unique', 'hash', 'deep'],
  ['permanent', 'temp'],
  ['fast', 'thorough'],
  ['strict', 'lenient', 'off'],
  ['Debian', 'RedHat'],
]

function* leaves(value: Value): Generator<Value> {
  if (value.kind === 'array') for (const element of value.values) yield* leaves(element)
  else if (value.kind === 'hash') for (const entry of value.entries.values()) yield* leaves(entry.value)
  else yield value
}

/** Other texts of the same kind for a scalar as its file writes it. */
function othersFor(value: Value, text: string): string[] {
  const [quote = ''] = /^['"]/.exec(text) ?? []
  const bare = quote === '' ? text : text.slice(1, -1)
  const quoted = (inner: string): string => `${quote}${inner}${quote}`
  switch (value.kind) {
    case 'boolean':
      return [value.value ? 'false' : 'true']
    case 'integer':
    case 'float':
      return /^\d/.test(bare) ? [quoted(bare.replace(/^\d+/, (digits) => String(Number(digits) + 1)))] : []
    case 'string': {
      if (/^[|>]/.test(text)) return [text.replace(/\n(\s+)(\S)/, '\n$1x$2')]
      const family = families.find((words) => words.includes(bare))
      return [
        ...(family ? family.filter((word) => word !== bare).map(quoted) : []),
        ...(/^\d+$/.test(bare) ? [quoted(String(Number(bare) + 1))] : []),
        quoted(`${bare}x`),
        quoted(`${bare}/x`),
      ]
    }
    default:
      return []
  }
}

/** Every scalar of the YAML files in a folder of a fixture. */
export function scalarsOf(fixture: string, folder: string, names: (path: string) => boolean = () => true): Scalar[] {
  const scalars: Scalar[] = []
  const root = join(fixtures, fixture)
  for (const entry of readdirSync(join(root, folder), { recursive: true }).map(String).sort()) {
    const path = join(folder, entry)
    if (!entry.endsWith('.yaml') || !names(path)) continue
    const file = sourceFile(path, readFileSync(join(root, path), 'utf8'))
    const { value } = parseYaml(file)
    if (!value) continue
    const seen = new Set<number>()
    for (const leaf of leaves(value)) {
      if (leaf.origin.kind !== 'literal' || seen.has(leaf.origin.span.start)) continue
      seen.add(leaf.origin.span.start)
      const others = othersFor(leaf, spanText(leaf.origin.span))
      if (others.length > 0) scalars.push({ path, span: leaf.origin.span, others })
    }
  }
  return scalars
}

export interface Share {
  /** Scalars that another text could stand for, and those of them that changed a file. */
  scalars: number
  felt: number
  /** Scalars for which no other text was accepted. */
  refused: string[]
  lines: number
  /** Lines whose chain holds the scalar itself, not just a collection around it. */
  exact: number
  missed: string[]
}

export function emptyShare(): Share {
  return { scalars: 0, felt: 0, refused: [], lines: 0, exact: 0, missed: [] }
}

type State = ReadonlyMap<string, readonly RenderedFile[]>

/** A fixture whose scalars can be changed one at a time; nodes by name, all of them where left out. */
export function openChanging(fixture: string, names?: readonly string[]): (scalar: Scalar, share: Share) => void {
  const directory = join(fixtures, fixture)
  const parsed = new Map()
  const now = 1_700_000_000_000_000_000n
  const first = openControlRepo({ directory, parsed, now, vendoredTypes: true })
  const chosen = first.nodes.filter(({ name }) => names === undefined || names.includes(name))
  const disk = diskFiles(directory)
  const render = (repo: ControlRepo): State | undefined => {
    const state = new Map<string, readonly RenderedFile[]>()
    for (const node of repo.nodes) {
      if (!chosen.some(({ name }) => name === node.name)) continue
      const { compilation, files } = renderNode(repo, node, [])
      if (!compilation.catalog) return undefined
      state.set(node.name, files)
    }
    return state
  }
  const before = render(first)
  if (!before) throw new Error(`${fixture} does not compile`)
  const changed = ({ path, span }: Scalar, other: string): State | undefined => {
    const text = span.file.text.slice(0, span.start) + other + span.file.text.slice(span.end)
    const files: Files = {
      ...disk,
      text: (asked) => (asked === path ? text : disk.text(asked)),
      bytes: (asked) => (asked === path ? Buffer.from(text) : disk.bytes(asked)),
    }
    return render(
      openControlRepo({ directory, parsed, now, files, later: first, ruby: first.ruby, vendoredTypes: true }),
    )
  }
  return (scalar, share) => {
    share.scalars++
    let after: State | undefined
    for (const other of scalar.others) {
      after = changed(scalar, other)
      if (after) break
    }
    const place = placeText(scalar)
    if (!after) {
      share.refused.push(place)
      return
    }
    const lines = share.lines
    for (const [node, files] of before) compareStates(node, files, after.get(node) ?? [], scalar, share)
    if (share.lines > lines) share.felt++
  }
}

function placeText({ path, span }: Scalar): string {
  const { line, column } = positionAt(span.file, span.start)
  return `${path}:${line}:${column} ${spanText(span).split('\n')[0]}`
}

function compareStates(
  node: string,
  before: readonly RenderedFile[],
  after: readonly RenderedFile[],
  scalar: Scalar,
  share: Share,
): void {
  const mask = createMask('key')
  for (const path of new Set([...before, ...after].map((file) => file.path))) {
    const [old, fresh] = [before, after].map((files) => files.find((file) => file.path === path))
    if (old?.source?.text === fresh?.source?.text && old?.kind === fresh?.kind) continue
    const { hunks } = compareFile(old && asDeployed(old), fresh, { mask })
    for (const { kind, beforeLine, afterLine } of hunks.flatMap((hunk) => hunk.lines)) {
      const [file, line] = kind === 'added' ? [fresh, afterLine] : kind === 'removed' ? [old, beforeLine] : []
      if (!file?.source || line === undefined) continue
      share.lines++
      const held = holds(chainOf(file, line), scalar)
      if (held === 'exactly') share.exact++
      if (!held) share.missed.push(`${placeText(scalar)} → ${node} ${path}:${line} ${kind}`)
    }
  }
}

/** All that explains a line, counted from 1. */
export function chainOf(file: RenderedFile, line: number): readonly Step[] {
  const { source } = file
  if (!source) return []
  const starts = lineStarts(source)
  const [start, end] = [starts[line - 1] ?? 0, starts[line] ?? source.text.length]
  return [...file.segments]
    .flatMap((segment) =>
      segment.start < end && segment.end > start
        ? [
            ...traceRange({ ...file, segments: [segment] }, start, end),
            ...conditionsAt({ ...file, segments: [segment] }, start, end),
          ]
        : [],
    )
    .concat(fileConditions(file))
}

/** Whether a chain leads to the scalar: to it, or to a collection that it is part of. */
function holds(steps: readonly Step[], { path, span }: Scalar): 'exactly' | 'around' | undefined {
  let around = false
  for (const { kind, span: place } of steps) {
    if ((kind !== 'hiera' && kind !== 'fact' && kind !== 'template') || place?.file.path !== path) continue
    if (place.start === span.start || (place.start > span.start && place.end <= span.end)) return 'exactly'
    if (place.start < span.start && place.end >= span.end) around = true
  }
  return around ? 'around' : undefined
}
