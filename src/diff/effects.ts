import type { Catalog, CatalogResource, ResourceId } from '../catalog/catalog.ts'
import type { Span } from '../source/source-file.ts'
import type { DeployedTree } from './deployed-tree.ts'
import type { FileChange } from './file-change.ts'
import { referencesIn, resourceKey } from './references.ts'
import type { ResourceChange } from './resource-changes.ts'

/** What a Puppet run does on a node because something else changes there. */
export interface Effect {
  readonly kind: 'restart' | 'reload' | 'exec'
  readonly resource: ResourceId
  /** The changes that lead to it: paths of files, references of other resources. Sorted. */
  readonly because: readonly string[]
  /** What still decides on the node whether an exec runs: `unless`, `onlyif`, `creates`. */
  readonly guards: readonly string[]
  readonly span?: Span
}

/**
 * What follows from changes by `notify`, `subscribe` and containment (Puppet documentation, "Relationships and
 * ordering: Refresh"): services that restart and execs that run. A refreshed service or exec refreshes others in turn.
 * An exec whose `creates` is on the node does not run.
 */
export function effectsOf(
  catalog: Catalog,
  files: readonly FileChange[],
  resources: readonly ResourceChange[],
  deployed?: DeployedTree,
): Effect[] {
  const graph = refreshGraph(catalog)
  const found = new Map<string, { kind: Effect['kind']; resource: CatalogResource; because: Set<string> }>()
  const refresh = (resource: CatalogResource, because: string): void => {
    const kind = reactionOf(resource)
    if (kind === undefined || (kind === 'exec' && hasCreated(resource, deployed))) return
    const key = resourceKey(resource)
    const known = found.get(key)
    if (known?.because.has(because)) return
    if (known) known.because.add(because)
    else found.set(key, { kind, resource, because: new Set([because]) })
    for (const target of graph.targets(resource)) refresh(target, because)
  }
  for (const { resource, path } of files) {
    const changed = resource && graph.find(resource)
    if (changed) for (const target of graph.targets(changed)) refresh(target, path)
  }
  for (const { resource, kind } of resources) {
    const changed = kind === 'removed' ? undefined : graph.find(resource)
    if (!changed) continue
    const reference = `${resource.type}[${resource.title}]`
    if (resource.type.toLowerCase() === 'exec') {
      if (!isTrue(changed, 'refreshonly')) refresh(changed, reference)
      continue
    }
    for (const target of graph.targets(changed)) refresh(target, reference)
  }
  return [...found.values()].map(({ kind, resource, because }) => ({
    kind,
    resource: { type: resource.type, title: resource.title },
    because: [...because].sort(),
    guards: kind === 'exec' ? ['unless', 'onlyif', 'creates'].filter((name) => resource.parameters.has(name)) : [],
    ...(resource.span ? { span: resource.span } : {}),
  }))
}

interface RefreshGraph {
  readonly find: (id: ResourceId) => CatalogResource | undefined
  /** What a change of this resource refreshes directly. */
  readonly targets: (resource: CatalogResource) => ReadonlySet<CatalogResource>
}

function refreshGraph(catalog: Catalog): RefreshGraph {
  const byKey = new Map<string, CatalogResource>()
  const contents = new Map<string, string[]>()
  const holders = new Map<string, string[]>()
  const edges = new Map<string, string[]>()
  const add = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  for (const resource of catalog.resources) {
    if (resource.virtual) continue
    const key = resourceKey(resource)
    byKey.set(key, resource)
    for (const target of referencesIn(resource.parameters.get('notify')?.value)) add(edges, key, resourceKey(target))
    for (const source of referencesIn(resource.parameters.get('subscribe')?.value)) add(edges, resourceKey(source), key)
  }
  for (const { source, target } of catalog.edges) {
    add(contents, resourceKey(source), resourceKey(target))
    add(holders, resourceKey(target), resourceKey(source))
  }
  const inside = new Map<string, ReadonlySet<string>>()
  const insideOf = (key: string): ReadonlySet<string> => {
    const found = inside.get(key) ?? reachable(key, contents)
    inside.set(key, found)
    return found
  }
  const known = new Map<CatalogResource, ReadonlySet<CatalogResource>>()
  return {
    find: (id) => byKey.get(resourceKey(id)),
    targets: (resource) => {
      const earlier = known.get(resource)
      if (earlier) return earlier
      const targets = new Set<CatalogResource>()
      for (const source of reachable(resourceKey(resource), holders))
        for (const target of edges.get(source) ?? [])
          for (const key of insideOf(target)) {
            const found = byKey.get(key)
            if (found?.category === 'resource') targets.add(found)
          }
      targets.delete(resource)
      known.set(resource, targets)
      return targets
    },
  }
}

/** A resource and all that the steps lead to from it. */
function reachable(from: string, steps: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([from])
  for (const key of found) for (const next of steps.get(key) ?? []) found.add(next)
  return found
}

/** What a resource does when it is refreshed; `undefined` for those that do nothing. */
function reactionOf(resource: CatalogResource): Effect['kind'] | undefined {
  if (isTrue(resource, 'noop')) return undefined
  switch (resource.type.toLowerCase()) {
    case 'service': {
      const ensure = text(resource, 'ensure')
      if (ensure === 'stopped' || ensure === 'false') return undefined
      return /reload|graceful|\bHUP\b/.test(text(resource, 'restart') ?? '') ? 'reload' : 'restart'
    }
    case 'exec':
      return 'exec'
    default:
      return undefined
  }
}

function hasCreated(resource: CatalogResource, deployed: DeployedTree | undefined): boolean {
  const creates = resource.parameters.get('creates')?.value
  const paths = creates?.kind === 'array' ? creates.values : creates ? [creates] : []
  return paths.some((path) => path.kind === 'string' && deployed?.kind(path.value) !== undefined)
}

function text(resource: CatalogResource, name: string): string | undefined {
  const value = resource.parameters.get(name)?.value
  return value?.kind === 'string' ? value.value : value?.kind === 'boolean' ? String(value.value) : undefined
}

function isTrue(resource: CatalogResource, name: string): boolean {
  return text(resource, name) === 'true'
}
