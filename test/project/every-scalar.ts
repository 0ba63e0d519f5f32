import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { conditionsAt, fileConditions, type Step, traceRange } from '../../src/catalog/trace.ts'
import { asDeployed, compareFile } from '../../src/diff/compare-file.ts'
import type { HunkLine } from '../../src/diff/file-change.ts'
import { createMask } from '../../src/diff/mask.ts'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { type ControlRepo, openControlRepo } from '../../src/project/control-repo.ts'
import { renderNode } from '../../src/project/rendered-node.ts'
import type { Node } from '../../src/puppet/ast.ts'
import { walk } from '../../src/puppet/children.ts'
import { parseManifest } from '../../src/puppet/parse.ts'
import { diskFiles, type Files } from '../../src/source/files.ts'
import {
  lineOf,
  lineStarts,
  positionAt,
  type SourceFile,
  type Span,
  sourceFile,
  spanText,
} from '../../src/source/source-file.ts'
import type { Value } from '../../src/value/value.ts'
import { fixtures } from '../cli/rehearse.ts'

/** A scalar of a data or fact file, or a literal of a manifest, and texts that could stand in its place. */
export interface Scalar {
  readonly path: string
  readonly span: Span
  readonly others: readonly string[]
  /** The only node that can feel it; any of them where left out. */
  readonly node?: string
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

function* filesBelow(fixture: string, folder: string, ending: RegExp): Generator<SourceFile> {
  const root = join(fixtures, fixture)
  for (const entry of readdirSync(join(root, folder), { recursive: true }).map(String).sort()) {
    const path = join(folder, entry)
    if (ending.test(entry)) yield sourceFile(path, readFileSync(join(root, path), 'utf8'))
  }
}

/** Every scalar of the facts in a folder of a fixture, a file for each node. */
export function factsOf(fixture: string, folder = 'facts'): Scalar[] {
  return scalarsOf(fixture, folder).map((scalar) => {
    const node = /([^/]+)\.(?:yaml|json)$/.exec(scalar.path)?.[1]
    return node === undefined ? scalar : { ...scalar, node }
  })
}

/** Every string, number and truth value that the manifests in a folder of a fixture write out. */
export function literalsOf(fixture: string, folder: string): Scalar[] {
  const scalars: Scalar[] = []
  for (const file of filesBelow(fixture, folder, /\.pp$/)) {
    const { program } = parseManifest(file)
    walk(program, (node, ancestors) => {
      const others = othersForLiteral(node, spanText(node.span), ancestors.at(-1)?.kind === 'ConcatenatedString')
      if (others.length > 0) scalars.push({ path: file.path, span: node.span, others })
      return undefined
    })
  }
  return scalars
}

function othersForLiteral(node: Node, text: string, within: boolean): string[] {
  if (node.kind === 'LiteralBoolean') return [node.value ? 'false' : 'true']
  if (node.kind === 'LiteralInteger') return [text.replace(/^\d+/, (digits) => String(Number(digits) + 1))]
  if (node.kind === 'LiteralFloat') return [text.replace(/^\d+/, (digits) => String(Number(digits) + 1))]
  if (node.kind !== 'LiteralString' || text === '') return []
  if (within || !/^['"]/.test(text)) return [text.replace(/(?=(?:\$\{?|"|\s+)?$)/, 'x')]
  const family = families.find((words) => words.includes(node.value)) ?? []
  const quote = text[0] as string
  const quoted = (inner: string): string => `${quote}${inner}${quote}`
  return [
    ...family.filter((word) => word !== node.value).map(quoted),
    ...(/^\d+$/.test(node.value) ? [quoted(String(Number(node.value) + 1))] : []),
    quoted(`${text.slice(1, -1)}x`),
    quoted(`${text.slice(1, -1)}/x`),
  ]
}

/** Every scalar of the YAML and JSON files in a folder of a fixture. */
export function scalarsOf(fixture: string, folder: string): Scalar[] {
  const scalars: Scalar[] = []
  for (const file of filesBelow(fixture, folder, /\.(?:yaml|json)$/)) {
    const { path } = file
    const { value } = parseYaml(file, { objects: 'plain' })
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
  /** Changed lines whose chain lacks the scalar: those whose counterpart, the line before or after the change, has it. */
  missed: { readonly line: string[]; readonly block: string[] }
}

export function emptyShare(): Share {
  return { scalars: 0, felt: 0, refused: [], lines: 0, exact: 0, missed: { line: [], block: [] } }
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
  const render = (repo: ControlRepo, only?: string): State | undefined => {
    const state = new Map<string, readonly RenderedFile[]>()
    for (const node of repo.nodes) {
      if (!chosen.some(({ name }) => name === node.name) || (only !== undefined && node.name !== only)) continue
      const { compilation, files } = renderNode(repo, node, [])
      if (!compilation.catalog) return undefined
      state.set(node.name, files)
    }
    return state
  }
  const before = render(first)
  if (!before) throw new Error(`${fixture} does not compile`)
  const changed = ({ path, span, node }: Scalar, other: string): State | undefined => {
    const text = span.file.text.slice(0, span.start) + other + span.file.text.slice(span.end)
    const files: Files = {
      ...disk,
      text: (asked) => (asked === path ? text : disk.text(asked)),
      bytes: (asked) => (asked === path ? Buffer.from(text) : disk.bytes(asked)),
    }
    return render(
      openControlRepo({ directory, parsed, now, files, later: first, ruby: first.ruby, vendoredTypes: true }),
      node,
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
    for (const [node, files] of before)
      if (scalar.node === undefined || scalar.node === node)
        compareStates(node, files, after.get(node) ?? [], scalar, share)
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
    for (const block of hunks.flatMap((hunk) => changedBlocks(hunk.lines))) {
      const held = block.map(({ kind, beforeLine, afterLine }) => {
        const [file, line] = kind === 'added' ? [fresh, afterLine] : [old, beforeLine]
        if (!file?.source || line === undefined) return undefined
        const declared = [file, ...(file.within ?? [])].map(({ span }) => ({ kind: 'literal', text: '', span }) as Step)
        return { kind, line, how: holds([...chainOf(file, line), ...declared], scalar) }
      })
      for (const one of held) {
        if (!one) continue
        share.lines++
        if (one.how === 'exactly') share.exact++
        if (one.how) continue
        const told = held.some((other) => other?.how && other.kind !== one.kind)
        share.missed[told ? 'line' : 'block'].push(`${placeText(scalar)} → ${node} ${path}:${one.line} ${one.kind}`)
      }
    }
  }
}

/** The stretches of changed lines between lines that stay. */
function changedBlocks(lines: readonly HunkLine[]): HunkLine[][] {
  const blocks: HunkLine[][] = []
  let open = false
  for (const line of lines) {
    const changed = line.kind === 'added' || line.kind === 'removed'
    if (changed && open) blocks.at(-1)?.push(line)
    else if (changed) blocks.push([line])
    open = changed
  }
  return blocks
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

/** Steps that name the very text that stands at a place. */
const naming: ReadonlySet<Step['kind']> = new Set([
  'hiera',
  'fact',
  'template',
  'literal',
  'condition',
  'option',
  'fragment',
])

/** Whether a chain leads to the scalar: to it, or to a collection that it is part of. */
function holds(steps: readonly Step[], { path, span }: Scalar): 'exactly' | 'around' | undefined {
  let around = false
  for (const { kind, span: place } of steps) {
    if (kind === 'variable' && place?.file.path === path && lineOf(place) === lineOf(span)) around = true
    if (!naming.has(kind) || place?.file.path !== path) continue
    if (place.start === span.start || (place.start > span.start && place.end <= span.end)) return 'exactly'
    if (place.start < span.start && place.end >= span.end) around = true
  }
  return around ? 'around' : undefined
}

/** Percent of the changed lines that have the scalar in their chain; `block`: or their counterpart has it. */
function heldShare({ lines, missed }: Share, by: 'line' | 'block'): number {
  const lost = missed.block.length + (by === 'line' ? missed.line.length : 0)
  return (100 * (lines - lost)) / Math.max(lines, 1)
}

/** What became of all the changes, misses listed. */
export function shareText(share: Share): string {
  const { scalars, felt, refused, lines, exact, missed } = share
  return [
    `${scalars} scalars, ${felt} of them felt, ${refused.length} without another value; ${lines} changed lines`,
    `${heldShare(share, 'line').toFixed(2)} % have the scalar in their chain, ${((100 * exact) / Math.max(lines, 1)).toFixed(2)} % by its own position`,
    `${heldShare(share, 'block').toFixed(2)} % have it there or in that of the line they replace`,
    ...refused.map((place) => `  no other value: ${place}`),
    ...missed.line.map((miss) => `  only in its counterpart: ${miss}`),
    ...missed.block.map((miss) => `  missed: ${miss}`),
  ].join('\n')
}
