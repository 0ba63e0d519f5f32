import type { FileChange, Hunk, HunkLine } from '../diff/file-change.ts'
import type { Structure } from '../diff/structure.ts'
import type { Cause, Causes } from './causes.ts'
import type { CommonText, NodeValues } from './node-values.ts'
import { joinAlike, ownValues, type PutAside, withoutValues } from './own-values.ts'
import type { GroupedChange } from './run-report.ts'

/** A change of one node's file, and what caused it. */
export interface NodeChange {
  readonly node: string
  readonly section: GroupedChange['section']
  readonly change: FileChange
  /** An entry for each hunk, or one where there are none; left out where causes are not known. */
  readonly causes?: readonly Causes[]
}

/** One hunk of one node's change, or the rest of it. */
interface Unit {
  readonly source: NodeChange
  /** The number of the hunk; undefined for attributes, and for changes without hunks. */
  readonly hunk?: number
}

interface UnitGroup {
  readonly path: string
  readonly units: Unit[]
  /** Whether the nodes have it in the same words, without their own values put aside. */
  readonly exact: Set<string>
  /** The lines of its hunk without values that nodes make of their facts, and those values. */
  readonly own?: PutAside
}

/**
 * Changes that several nodes have in common once: hunk by hunk, wherever in the file it stands on each node, and with
 * the nodes' own values put aside. Hunks of a file that the same nodes have stay together. By section, then by path.
 */
export function groupChanges(changes: readonly NodeChange[], valuesOf: NodeValues): GroupedChange[] {
  const groups = new Map<string, UnitGroup>()
  for (const source of changes)
    for (const unit of unitsOf(source)) {
      const path = valuesOf(source.node, source.change.path).text
      const key = JSON.stringify([source.section, path, unitKey(unit, (text) => valuesOf(source.node, text).text)])
      const group = groups.get(key)
      const exact = JSON.stringify([source.change.path, unitKey(unit, (text) => text)])
      if (group) {
        group.units.push(unit)
        group.exact.add(exact)
      } else groups.set(key, { path, units: [unit], exact: new Set([exact]) })
    }
  const byNodes = new Map<string, UnitGroup[]>()
  for (const group of withoutOwnValues([...groups.values()], valuesOf)) {
    const first = (group.units[0] as Unit).source
    const nodes = group.units.map((unit) => unit.source.node).join(' ')
    const key = JSON.stringify([first.section, group.path, nodes])
    const list = byNodes.get(key)
    if (list) list.push(group)
    else byNodes.set(key, [group])
  }
  const joined = [...byNodes.values()].map((parts) => joinUnits(parts, valuesOf))
  return markOutliers(joined).sort(
    (a, b) =>
      Number(a.section === 'drift') - Number(b.section === 'drift') ||
      compareText(a.change.path, b.change.path) ||
      b.nodes.length - a.nodes.length ||
      compareText(a.nodes[0], b.nodes[0]),
  )
}

/** Hunks that differ in what nodes make of their facts, once. */
function withoutOwnValues(groups: readonly UnitGroup[], valuesOf: NodeValues): UnitGroup[] {
  return joinAlike(
    groups,
    ({ path, units }) => {
      const { source, hunk } = units[0] as Unit
      const lines = hunk === undefined ? [] : (source.change.hunks[hunk] as Hunk).lines
      const ends = lines.map(({ noNewline }) => noNewline)
      return {
        key: JSON.stringify([source.section, path, source.change.kind, hunk === undefined, ends]),
        texts: lines.map(({ text, kind }) => ({
          text: valuesOf(source.node, text).text,
          ...(kind === 'context' ? {} : { side: kind === 'removed' ? ('before' as const) : ('after' as const) }),
        })),
        nodes: units.map((unit) => unit.source.node),
      }
    },
    (group, own) => ({ ...group, own }),
    (known, { units, exact }) => {
      known.units.push(...units)
      for (const each of exact) known.exact.add(each)
    },
  )
}

function unitsOf(source: NodeChange): Unit[] {
  const { change } = source
  const rest = change.kind !== 'changed' || change.attributes.length > 0 || change.binary || change.hunks.length === 0
  return [...(rest ? [{ source }] : []), ...change.hunks.map((_, hunk) => ({ source, hunk }))]
}

function unitKey({ source, hunk }: Unit, common: (text: string) => string): unknown {
  const { change } = source
  if (hunk === undefined)
    return [
      change.kind,
      change.noop,
      change.binary,
      change.hidden,
      change.attributes.map(({ name, before, after }) => [name, before && common(before), after && common(after)]),
    ]
  const { lines } = change.hunks[hunk] as Hunk
  return [
    change.kind,
    change.noop,
    lines.map((line) => `${line.kind[0]}${line.noNewline ? '!' : ''}${common(line.text)}`),
  ]
}

function joinUnits(parts: readonly UnitGroup[], valuesOf: NodeValues): GroupedChange {
  const { source } = (parts[0] as UnitGroup).units[0] as Unit
  const { change, node } = source
  const several = parts.some((part) => part.exact.size > 1)
  const facts = new Set<string>()
  const own = new Set(parts.flatMap((part) => [...(part.own?.values ?? [])]))
  if (own.size > 0) facts.add(ownValues)
  const common = (text: string): string => {
    if (!several) return text
    const found = valuesOf(node, text)
    for (const fact of found.facts) facts.add(fact)
    return own.size > 0 ? withoutValues(found.text, own) : found.text
  }
  const hunks = parts.flatMap((part) => {
    const number = (part.units[0] as Unit).hunk
    if (number === undefined) return []
    const hunk = change.hunks[number] as Hunk
    if (!several) return [hunk]
    const lines = hunk.lines.map((line, i) => replaced(commonLine(line, node, valuesOf, facts), part.own?.texts[i]))
    return [{ ...hunk, lines }]
  })
  const rest = parts.some((part) => (part.units[0] as Unit).hunk === undefined)
  const { binary, structure, ...plain } = change
  const shown: FileChange = {
    ...plain,
    path: common(change.path),
    ...(change.resource ? { resource: { ...change.resource, title: common(change.resource.title) } } : {}),
    kind:
      rest && hunks.length === 0 && change.kind === 'changed' && !binary && !change.hidden
        ? kindOfRest(change)
        : change.kind,
    hunks,
    attributes: rest
      ? change.attributes.map((a) => ({
          ...a,
          ...(a.before === undefined ? {} : { before: common(a.before) }),
          ...(a.after === undefined ? {} : { after: common(a.after) }),
        }))
      : [],
    ...(rest && binary ? { binary } : {}),
    ...(structure && hunks.length > 0 ? { structure: within(structure, hunks, common) } : {}),
  }
  const causes = causesOfParts(parts)
  return {
    change: shown,
    nodes: (parts[0] as UnitGroup).units.map((unit) => unit.source.node),
    ...(source.section === undefined ? {} : { section: source.section }),
    ...(causes ? { causes } : {}),
    ...(facts.size > 0 ? { perNode: [...facts].sort() } : {}),
  }
}

function kindOfRest({ attributes }: FileChange): FileChange['kind'] {
  return attributes.some(({ name }) => name === 'kind' || name === 'target') ? 'changed' : 'attributes'
}

function commonLine(line: HunkLine, node: string, valuesOf: NodeValues, facts: Set<string>): HunkLine {
  const found = valuesOf(node, line.text)
  if (found.facts.length === 0) return line
  for (const fact of found.facts) facts.add(fact)
  return replaced(line, found)
}

function replaced(line: HunkLine, by: Pick<CommonText, 'text' | 'place'> | undefined): HunkLine {
  if (!by) return line
  const highlights = line.highlights.map(([start, end]) => [by.place(start), by.place(end, 'end')] as const)
  return { ...line, text: by.text, highlights }
}

/** The part of a structure that these hunks show. */
function within(structure: Structure, hunks: readonly Hunk[], common: (text: string) => string): Structure {
  const inHunks = (side: 'before' | 'after', line: number | undefined): boolean =>
    line !== undefined &&
    hunks.some((hunk) => {
      const [start, lines] =
        side === 'before' ? [hunk.beforeStart, hunk.beforeLines] : [hunk.afterStart, hunk.afterLines]
      return line >= start && line < start + lines
    })
  const items = structure.items.filter((item) => inHunks('after', item.afterLine) || inHunks('before', item.beforeLine))
  return {
    ...structure,
    items: items.map((item) => ({
      ...item,
      place: item.place.map(common),
      ...(item.before === undefined ? {} : { before: common(item.before) }),
      ...(item.after === undefined ? {} : { after: common(item.after) }),
    })),
  }
}

/** Nodes may get the same hunk from different lines: what causes it anywhere is told. */
function causesOfParts(parts: readonly UnitGroup[]): Causes[] | undefined {
  const known: Causes[] = []
  for (const { units } of parts) {
    const all = units.flatMap(({ source, hunk }) => source.causes?.[hunk ?? 0] ?? [])
    if (all.length === 0) continue
    const causes = new Map<string, Cause>()
    for (const each of all)
      for (const cause of each.causes) causes.set(`${cause.path} ${cause.side} ${cause.line}`, cause)
    const flowing = [...causes.values()].filter((cause) => cause.how === 'flows')
    known.push({
      causes: flowing.length > 0 ? flowing : [...causes.values()],
      unexplained: all.every((each) => each.unexplained),
    })
  }
  return known.length > 0 ? known : undefined
}

/** From this many nodes on, a few of them that change otherwise are worth a look. */
const fleet = 5

function markOutliers(groups: readonly GroupedChange[]): GroupedChange[] {
  const largest = new Map<string, number>()
  const key = ({ section, change }: GroupedChange): string => JSON.stringify([section, change.path])
  for (const group of groups) largest.set(key(group), Math.max(largest.get(key(group)) ?? 0, group.nodes.length))
  return groups.map((group) => {
    const most = largest.get(key(group)) as number
    return most >= fleet && group.nodes.length <= Math.max(1, most / 10) ? { ...group, outlier: true } : group
  })
}

function compareText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
