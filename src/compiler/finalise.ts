import type { Catalog, CatalogParameter, CatalogResource, ResourceId } from '../catalog/catalog.ts'
import { array, string, type Value } from '../value/value.ts'
import { isRelationship, namevarOf, splitTitle } from './resource-types.ts'
import { flatten } from './resources.ts'
import { isDefinition, type Resource, type State } from './state.ts'

/** The catalog as Puppet hands it to a node: virtual resources left out, title parameters filled in. */
export function finaliseCatalog(state: State): Catalog {
  const { ledger } = state
  const kept = ledger.resources.filter((resource) => !resource.virtual || resource.exported)
  const present = new Set(kept)
  const containers: Containers = new Map()
  return {
    node: state.node,
    environment: state.environment.name,
    resources: kept.map((resource) => finaliseResource(resource, containers)),
    edges: kept.flatMap((target) =>
      [...(ledger.edgesIn.get(target) ?? [])]
        .filter((source) => present.has(source))
        .map((source) => ({ source: idOf(source), target: idOf(target) })),
    ),
    classes: ledger.classes,
    tags: [...ledger.tags],
    version: state.now / 1_000_000_000n,
  }
}

function idOf({ type, title }: Resource): ResourceId {
  const isSettings = type === 'Class' && title === 'settings'
  return { type, title: isSettings ? 'Settings' : title }
}

/** What each resource contains stands in, so that the many that stand in one share one list. */
type Containers = Map<Resource, readonly ResourceId[]>

function finaliseResource(resource: Resource, containers: Containers): CatalogResource {
  const { of, span, type } = resource
  const { title } = idOf(resource)
  const tags = [...resource.tags]
  const parameters = finalParameters(resource)
  const category = type === 'Class' || type === 'Node' ? 'class' : of && isDefinition(of) ? 'define' : 'resource'
  const { sensitive, exported, virtual } = resource
  const inside = containersOf(resource, containers)
  const condition = resource.condition ? { condition: resource.condition } : {}
  return span
    ? { type, title, parameters, sensitive, exported, virtual, tags, category, containers: inside, span, ...condition }
    : { type, title, parameters, sensitive, exported, virtual, tags, category, containers: inside, ...condition }
}

/** As in the catalog: the parameter that only repeats the title is left out. */
function finalParameters(resource: Resource): ReadonlyMap<string, CatalogParameter> {
  const parameters = parametersWithTitle(resource)
  const namevar = nameOfTitle(resource)
  const naming = parameters.get(namevar)?.value
  if (!resource.looseTitle && naming?.kind === 'string' && naming.value === resource.title) parameters.delete(namevar)
  return parameters
}

/** What the title says, then what was given, but undef. */
export function parametersWithTitle(resource: Resource): Map<string, CatalogParameter> {
  const { of, title } = resource
  const namevar = nameOfTitle(resource)
  const parameters = new Map<string, CatalogParameter>()
  const origin = resource.titleOrigin ?? ({ kind: 'builtin', name: 'title' } as const)
  const fromTitle = of && !isDefinition(of) ? splitTitle(of, title) : new Map([['name', title]])
  for (const [name, text] of fromTitle) parameters.set(name, { name, value: string(text, origin) })
  for (const { name: given, value, span } of resource.parameters.values()) {
    if (value.kind === 'undef') continue
    const name = given === 'name' ? namevar : given
    const shown = isRelationship(name) && value.kind === 'array' ? array(references(value), value.origin) : value
    parameters.set(name, { name, value: shown, ...(span ? { span } : {}) })
  }
  return parameters
}

function nameOfTitle({ of }: Resource): string {
  return of && !isDefinition(of) ? namevarOf(of) : 'name'
}

/** References without nesting and without undef. */
function references(value: Value): readonly Value[] {
  return flatten(value).filter((reference) => reference.kind !== 'undef')
}

function containersOf(resource: Resource, known: Containers): readonly ResourceId[] {
  const first = resource.scope.resource
  if (!first || first === resource) return []
  const before = known.get(first)
  if (before) return before
  const containers: ResourceId[] = []
  const seen = new Set([resource])
  for (let at: Resource | undefined = first; at && !seen.has(at); at = at.scope.resource) {
    seen.add(at)
    containers.push(idOf(at))
  }
  known.set(first, containers)
  return containers
}
