import { type Catalog, type CatalogResource, idText } from '../catalog/catalog.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Value } from '../value/value.ts'

const dependencyCycle = define(
  'error',
  'catalog/dependency-cycle',
  (chain: string) => `Found 1 dependency cycle: (${chain})`,
)

/**
 * Relationships that contradict each other. A catalog with such a cycle compiles, and the agent then refuses to apply
 * it (Puppet documentation, "Relationships and ordering: Dependency cycles"). Containers have a beginning and an end:
 * what they contain comes between, and what they come before comes after their end.
 */
export function dependencyCycles(catalog: Catalog): Diagnostic[] {
  const graph = orderOf(catalog)
  return components(graph.edges)
    .filter((component) => component.length > 1)
    .map((component) => cycleDiagnostic(graph, component))
}

interface Order {
  readonly resources: readonly CatalogResource[]
  /** For each point (twice the resource's number, plus one for its end), the points that come later. */
  readonly edges: readonly (readonly number[])[]
}

const relationships = { require: 'after', subscribe: 'after', before: 'before', notify: 'before' } as const

function orderOf(catalog: Catalog): Order {
  const resources = catalog.resources.filter((resource) => !resource.virtual)
  const numbers = new Map(resources.map((resource, number) => [idText(resource), number]))
  const edges: number[][] = resources.flatMap((_, number) => [[2 * number + 1], []])
  const link = (from: number | undefined, to: number | undefined): void => {
    if (from !== undefined && to !== undefined) edges[from]?.push(to)
  }
  const start = (text: string) => doubled(numbers.get(text), 0)
  const end = (text: string) => doubled(numbers.get(text), 1)
  for (const { source, target } of catalog.edges) {
    const [container, inner] = [idText(source), idText(target)]
    link(start(container), start(inner))
    link(end(inner), end(container))
  }
  for (const resource of resources)
    for (const [name, direction] of Object.entries(relationships))
      for (const other of references(resource.parameters.get(name)?.value)) {
        const own = idText(resource)
        if (direction === 'before') link(end(own), start(other))
        else link(end(other), start(own))
      }
  return { resources, edges }
}

function doubled(number: number | undefined, part: 0 | 1): number | undefined {
  return number === undefined ? undefined : 2 * number + part
}

function references(value: Value | undefined): string[] {
  if (value?.kind === 'array') return value.values.flatMap(references)
  if (value?.kind !== 'type') return []
  const { type } = value
  if (type.kind === 'Resource' && type.typeName !== undefined && type.title !== undefined)
    return [idText({ type: type.typeName, title: type.title })]
  if (type.kind !== 'Class' || type.name === undefined) return []
  return [idText({ type: 'Class', title: type.name.replace(/(^|::)[a-z]/g, (letter) => letter.toUpperCase()) })]
}

/** Tarjan's strongly connected components, without recursion: catalogs can be deep. */
function components(edges: readonly (readonly number[])[]): number[][] {
  const index = new Array<number>(edges.length).fill(-1)
  const low = new Array<number>(edges.length).fill(0)
  const onStack = new Array<boolean>(edges.length).fill(false)
  const stack: number[] = []
  const found: number[][] = []
  let counter = 0
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== -1) continue
    const work: { at: number; next: number }[] = [{ at: root, next: 0 }]
    while (work.length > 0) {
      const frame = work.at(-1) as { at: number; next: number }
      const { at } = frame
      if (frame.next === 0) {
        index[at] = low[at] = counter++
        stack.push(at)
        onStack[at] = true
      }
      const to = edges[at]?.[frame.next++]
      if (to !== undefined) {
        if (index[to] === -1) work.push({ at: to, next: 0 })
        else if (onStack[to]) low[at] = Math.min(low[at] as number, index[to] as number)
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent) low[parent.at] = Math.min(low[parent.at] as number, low[at] as number)
      if (low[at] !== index[at]) continue
      const component = stack.splice(stack.indexOf(at))
      for (const member of component) onStack[member] = false
      found.push(component)
    }
  }
  return found
}

function cycleDiagnostic({ resources, edges }: Order, component: readonly number[]): Diagnostic {
  const path = shortestCycle(edges, component)
  const members = path.map((point) => resources[point >> 1] as CatalogResource)
  const distinct = members.filter((resource, i) => resource !== members[i - 1] || i === 0)
  if (distinct.length > 1 && distinct[0] === distinct.at(-1)) distinct.pop()
  const chain = [...distinct, distinct[0] as CatalogResource].map(idText).join(' => ')
  const placed = distinct.flatMap((resource) => (resource.span ? [{ resource, span: resource.span }] : []))
  const [first, ...rest] = placed
  return dependencyCycle([chain], {
    ...(first ? { span: first.span } : {}),
    related: rest.map(({ resource, span }) => ({ message: `${idText(resource)} is declared here`, span })),
    remedy: 'Take one of these relationships away: the agent refuses to apply such a catalog.',
  })
}

/** A shortest way from the component's first point back to it. */
function shortestCycle(edges: readonly (readonly number[])[], component: readonly number[]): number[] {
  const inside = new Set(component)
  const root = Math.min(...component)
  const from = new Map<number, number>()
  const queue = [root]
  for (const at of queue)
    for (const to of edges[at] ?? []) {
      if (to === root) {
        const path = [at]
        while (path[0] !== root) path.unshift(from.get(path[0] as number) as number)
        return path
      }
      if (!inside.has(to) || from.has(to)) continue
      from.set(to, at)
      queue.push(to)
    }
  return [root]
}
