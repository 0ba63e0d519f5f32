import type { NodeValues } from './node-values.ts'
import { type Alike, joinAlike, ownValues, type PutAside } from './own-values.ts'
import type { NodeOutcome } from './rehearse-node.ts'
import type { GroupedEffect, GroupedResourceChange } from './run-report.ts'

/** Effects that several nodes have in common once, in order of the resource. */
export function groupEffects(outcomes: readonly NodeOutcome[], valuesOf: NodeValues): GroupedEffect[] {
  const groups = new Map<string, GroupedEffect & { nodes: string[] }>()
  for (const { report, effects } of outcomes)
    for (const { effect, section } of effects) {
      const common = (text: string): string => valuesOf(report.name, text).text
      const because = effect.because.map(common)
      const title = common(effect.resource.title)
      const key = JSON.stringify([section, effect.kind, effect.resource.type, title, because, effect.guards])
      const group = groups.get(key)
      if (!group) groups.set(key, { effect, nodes: [report.name], ...(section === undefined ? {} : { section }) })
      else {
        if (group.nodes.length === 1)
          Object.assign(group, { effect: { ...group.effect, because, resource: { ...effect.resource, title } } })
        group.nodes.push(report.name)
      }
    }
  return withoutOwnValues([...groups.values()]).sort(
    (a, b) =>
      Number(a.section === 'drift') - Number(b.section === 'drift') ||
      compareText(a.effect.kind, b.effect.kind) ||
      compareText(a.effect.resource.title, b.effect.resource.title) ||
      b.nodes.length - a.nodes.length,
  )
}

/** Effects that differ in what nodes make of their facts, once. */
function withoutOwnValues(groups: readonly (GroupedEffect & { nodes: string[] })[]) {
  return joinAlike(
    groups,
    ({ effect: { kind, resource, because, guards }, section, nodes }) => ({
      key: JSON.stringify([section, kind, resource.type, guards]),
      texts: [resource.title, ...because].map((text) => ({ text })),
      nodes,
    }),
    (group, { texts: [title, ...because] }) => ({
      ...group,
      effect: {
        ...group.effect,
        because: because.map(({ text }) => text),
        resource: { ...group.effect.resource, title: title?.text ?? '' },
      },
    }),
    (known, { nodes }) => known.nodes.push(...nodes),
  )
}

/** Changes of resources that several nodes have in common once, with the nodes' own values put aside. */
export function groupResources(outcomes: readonly NodeOutcome[], valuesOf: NodeValues): GroupedResourceChange[] {
  const groups = new Map<string, ResourceGroup>()
  for (const { report, resources } of outcomes)
    for (const change of resources) {
      const facts = new Set<string>()
      const common = (text: string): string => {
        const found = valuesOf(report.name, text)
        for (const fact of found.facts) facts.add(fact)
        return found.text
      }
      const shared = {
        ...change,
        resource: { ...change.resource, title: common(change.resource.title) },
        parameters: change.parameters.map(({ name, before, after }) => ({
          name,
          ...(before === undefined ? {} : { before: common(before) }),
          ...(after === undefined ? {} : { after: common(after) }),
        })),
      }
      const keyOf = ({ resource, kind, parameters }: typeof change) => JSON.stringify([resource, kind, parameters])
      const key = keyOf(shared)
      const exact = keyOf(change)
      const group = groups.get(key)
      const perNode = facts.size > 0 ? { perNode: [...facts].sort() } : {}
      const inCommon = { change: shared, nodes: [], ...perNode }
      if (!group)
        groups.set(key, {
          shown: { change, nodes: [] },
          common: inCommon,
          nodes: [report.name],
          exact: new Set([exact]),
        })
      else {
        group.nodes.push(report.name)
        group.exact.add(exact)
        if (group.exact.size > 1) group.shown = inCommon
      }
    }
  return joinAlike([...groups.values()], alikeResource, resourceWithoutOwn, (known, { nodes }) =>
    known.nodes.push(...nodes),
  )
    .map(({ shown, nodes }) => ({ ...shown, nodes }))
    .sort(
      (a, b) =>
        compareText(a.change.resource.type, b.change.resource.type) ||
        compareText(a.change.resource.title, b.change.resource.title),
    )
}

interface ResourceGroup {
  /** As one node has it, or as all have it in common. */
  shown: GroupedResourceChange
  readonly common: GroupedResourceChange
  readonly nodes: string[]
  readonly exact: Set<string>
}

function alikeResource({ common: { change }, nodes }: ResourceGroup): Alike {
  const { resource, kind, parameters } = change
  return {
    key: JSON.stringify([resource.type, kind, parameters.map(({ name }) => name)]),
    texts: [
      { text: resource.title },
      ...parameters.flatMap(({ before, after }) => [
        { text: before ?? '', side: 'before' as const },
        { text: after ?? '', side: 'after' as const },
      ]),
    ],
    nodes,
  }
}

function resourceWithoutOwn(group: ResourceGroup, { texts: [title, ...sides] }: PutAside): ResourceGroup {
  const { change, perNode = [] } = group.common
  const text = (at: number) => sides[at]?.text ?? ''
  const parameters = change.parameters.map(({ name, before, after }, i) => ({
    name,
    ...(before === undefined ? {} : { before: text(2 * i) }),
    ...(after === undefined ? {} : { after: text(2 * i + 1) }),
  }))
  const resource = { ...change.resource, title: title?.text ?? '' }
  return {
    ...group,
    shown: { change: { ...change, resource, parameters }, nodes: [], perNode: [...perNode, ownValues] },
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
