import { stringifyJson, valueToJson } from '../catalog/catalog-json.ts'
import type { Compilation } from '../compiler/compile-node.ts'
import { valueToText } from '../types/text.ts'
import type { Value } from '../value/value.ts'
import { factsFile } from './facts-nodes.ts'
import type { NodeFacts } from './read-facts.ts'

type Nodes = ReadonlyMap<string, NodeFacts>

/**
 * Which facts that differ between two states reach a compilation, as `PATH: FACT`: those of its node that it has read,
 * or looked for in vain. What it collects from other nodes depends on facts of theirs.
 */
export function reachOfFacts(before: Nodes, after: Nodes): (compilation: Compilation) => readonly string[] {
  const known = new Map<string, ReadonlySet<string>>()
  const changedOf = (name: string): ReadonlySet<string> => {
    const found = known.get(name) ?? changedFacts(before.get(name), after.get(name))
    known.set(name, found)
    return found
  }
  let others: readonly string[] | undefined
  return ({ node, reads, collectsExported }) => {
    const place = pathOf(after.get(node))
    const own = [...changedOf(node)]
      .filter((fact) => reads.facts.has(fact) || reads.facts.has('') || fact === 'trusted')
      .map((fact) => `${place}: ${fact}`)
    if (!collectsExported) return own
    others ??= [...after.values()].filter(({ name }) => changedOf(name).size > 0).map(pathOf)
    return [...own, ...others.filter((path) => path !== place)]
  }
}

/** The first names of the facts that differ; `trusted` where that does. */
function changedFacts(before: NodeFacts | undefined, after: NodeFacts | undefined): ReadonlySet<string> {
  const changed = new Set<string>()
  if (before === after || !before || !after) return changed
  const [old, fresh] = [textsOf(before.facts), textsOf(after.facts)]
  for (const name of new Set([...old.keys(), ...fresh.keys()])) if (old.get(name) !== fresh.get(name)) changed.add(name)
  if (textOf(before.trusted) !== textOf(after.trusted)) changed.add('trusted')
  return changed
}

function textsOf(facts: NodeFacts['facts']): Map<string, string | undefined> {
  const texts = new Map<string, string | undefined>()
  for (const { key, value } of facts.entries.values()) if (key.kind === 'string') texts.set(key.value, textOf(value))
  return texts
}

function textOf(value: Value | undefined): string | undefined {
  return value && stringifyJson(valueToJson(value, valueToText))
}

function pathOf(node: NodeFacts | undefined): string {
  return (node && factsFile(node)?.path) ?? 'facts'
}
