import type { NodeValues } from './node-values.ts'
import type { NodeOutcome } from './rehearse-node.ts'
import type { GroupedServerChange } from './run-report.ts'

/** What several nodes' httpd will do differently, once, in the order of the first node that has it. */
export function groupServerChanges(outcomes: readonly NodeOutcome[], valuesOf: NodeValues): GroupedServerChange[] {
  const groups = new Map<string, { shown: GroupedServerChange; nodes: string[] }>()
  for (const { report, server } of outcomes)
    for (const { change, section } of server) {
      const common = (text: string): string => valuesOf(report.name, text).text
      const shared = {
        ...change,
        place: change.place.map(common),
        ...(change.before === undefined ? {} : { before: common(change.before) }),
        ...(change.after === undefined ? {} : { after: common(change.after) }),
      }
      const { kind, place, name, before, after } = shared
      const key = JSON.stringify([section, kind, place, name, before, after])
      const group = groups.get(key)
      const inSection = section === undefined ? {} : { section }
      if (!group) groups.set(key, { shown: { change, nodes: [], ...inSection }, nodes: [report.name] })
      else {
        group.nodes.push(report.name)
        group.shown = { change: shared, nodes: [], ...inSection }
      }
    }
  return [...groups.values()].map(({ shown, nodes }) => ({ ...shown, nodes }))
}
