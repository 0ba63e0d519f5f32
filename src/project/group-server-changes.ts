import type { ServerChange } from './apache/server-changes.ts'
import type { NodeValues } from './node-values.ts'
import { joinAlike } from './own-values.ts'
import type { NodeOutcome } from './rehearse-node.ts'
import type { GroupedServerChange } from './run-report.ts'

/** What several nodes' httpd will do differently, once, in the order of the first node that has it. */
export function groupServerChanges(outcomes: readonly NodeOutcome[], valuesOf: NodeValues): GroupedServerChange[] {
  const groups = new Map<string, { shown: GroupedServerChange; common: ServerChange; nodes: string[] }>()
  for (const { report, server } of outcomes)
    for (const { change, section } of server) {
      const common = (text: string): string => valuesOf(report.name, text).text
      const shared = {
        ...change,
        place: change.place.map(common),
        name: common(change.name),
        ...(change.before === undefined ? {} : { before: common(change.before) }),
        ...(change.after === undefined ? {} : { after: common(change.after) }),
      }
      const { kind, place, name, before, after } = shared
      const key = JSON.stringify([section, kind, place, name, before, after])
      const group = groups.get(key)
      const inSection = section === undefined ? {} : { section }
      if (!group) groups.set(key, { shown: { change, nodes: [], ...inSection }, common: shared, nodes: [report.name] })
      else {
        group.nodes.push(report.name)
        group.shown = { change: shared, nodes: [], ...inSection }
      }
    }
  return joinAlike(
    [...groups.values()],
    ({ common: { kind, place, name, before, after }, shown, nodes }) => ({
      key: JSON.stringify([shown.section, kind, place.length, before === undefined, after === undefined]),
      texts: [
        ...[...place, name].map((text) => ({ text })),
        { text: before ?? '', side: 'before' },
        { text: after ?? '', side: 'after' },
      ],
      nodes,
    }),
    (group, own) => {
      const texts = own.texts.map(({ text }) => text)
      const { place, before, after } = group.common
      const [name = '', was = '', is = ''] = texts.slice(place.length)
      const change = {
        ...group.common,
        place: texts.slice(0, place.length),
        name,
        ...(before === undefined ? {} : { before: was }),
        ...(after === undefined ? {} : { after: is }),
      }
      return { ...group, shown: { ...group.shown, change } }
    },
    (known, { nodes }) => known.nodes.push(...nodes),
  ).map(({ shown, nodes }) => ({ ...shown, nodes }))
}
