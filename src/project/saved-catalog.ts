import type { Catalog, CatalogParameter, CatalogResource, Edge, ResourceId } from '../catalog/catalog.ts'
import type { Origin } from '../value/origin.ts'
import { array, boolean, float, hash, integer, string, undef, type Value } from '../value/value.ts'

const origin: Origin = { kind: 'builtin', name: 'a saved catalog' }

/**
 * The catalog of a node in JSON that Puppet wrote (`puppet catalog compile`, an agent's cache), or that PuppetDB gives
 * (`/pdb/query/v4/catalogs`, one or a list). `undefined` where the data hold none for this node.
 */
export function catalogFromJson(data: unknown, node: string): Catalog | undefined {
  if (Array.isArray(data)) {
    const own = data.find((each) => isObject(each) && (each.certname === node || each.name === node))
    return own === undefined ? undefined : catalogFromJson(own, node)
  }
  if (!isObject(data)) return undefined
  const body = isObject(data.data) && !Array.isArray(data.resources) && data.data.resources ? data.data : data
  const resources = rows(body.resources)
  if (!resources) return undefined
  const edges = containmentOf(rows(body.edges) ?? [])
  const containers = new Map(edges.map(({ source, target }) => [idKey(target), source]))
  const holders = new Set([...containers.values()].map(idKey))
  return {
    node,
    environment: typeof body.environment === 'string' ? body.environment : 'production',
    resources: resources.filter(isObject).map((resource) => resourceFrom(resource, containers, holders)),
    edges,
    classes: [],
    tags: [],
    version: '',
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list as it stands, or under `data` as PuppetDB has it. */
function rows(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  return isObject(value) && Array.isArray(value.data) ? value.data : undefined
}

/** What holds what. */
function containmentOf(edges: readonly unknown[]): Edge[] {
  return edges.flatMap((edge) => {
    if (!isObject(edge)) return []
    // PuppetDB lists all relationships; a catalog's own edges are those of containment.
    if (edge.relationship !== undefined && edge.relationship !== 'contains') return []
    const [source, target] = [idFrom(edge, 'source'), idFrom(edge, 'target')]
    return source && target ? [{ source, target }] : []
  })
}

function idFrom(edge: JsonObject, side: 'source' | 'target'): ResourceId | undefined {
  const value = edge[side]
  if (isObject(value)) return { type: String(value.type), title: String(value.title) }
  if (typeof value === 'string') {
    const found = /^([\w:]+)\[([\s\S]*)\]$/.exec(value)
    return found ? { type: found[1] as string, title: found[2] as string } : undefined
  }
  const [type, title] = [edge[`${side}_type`], edge[`${side}_title`]]
  return typeof type === 'string' && typeof title === 'string' ? { type, title } : undefined
}

function idKey({ type, title }: ResourceId): string {
  return `${type}[${title}]`
}

function resourceFrom(
  resource: JsonObject,
  containers: ReadonlyMap<string, ResourceId>,
  holders: ReadonlySet<string>,
): CatalogResource {
  const id = { type: String(resource.type), title: String(resource.title) }
  const around: ResourceId[] = []
  const seen = new Set<string>()
  for (let at = containers.get(idKey(id)); at && !seen.has(idKey(at)); at = containers.get(idKey(at))) {
    seen.add(idKey(at))
    around.push(at)
  }
  const sensitive = Array.isArray(resource.sensitive_parameters) ? resource.sensitive_parameters.map(String) : []
  const parameters = new Map<string, CatalogParameter>()
  for (const [name, given] of Object.entries(isObject(resource.parameters) ? resource.parameters : {})) {
    const wrapped = isObject(given) && given.__ptype === 'Sensitive' ? given.__pvalue : undefined
    if (wrapped !== undefined) sensitive.push(name)
    parameters.set(name, { name, value: valueFrom(wrapped ?? given) })
  }
  const isClass = id.type === 'Class'
  const isDefine =
    resource.kind === 'defined_type' || (resource.kind === undefined && !isClass && holders.has(idKey(id)))
  return {
    ...id,
    parameters,
    sensitive,
    exported: resource.exported === true,
    virtual: false,
    tags: [],
    category: isClass ? 'class' : isDefine ? 'define' : 'resource',
    containers: around,
  }
}

function valueFrom(data: unknown): Value {
  if (data === null || data === undefined) return undef(origin)
  if (typeof data === 'boolean') return boolean(data, origin)
  if (typeof data === 'number') return Number.isInteger(data) ? integer(data, origin) : float(data, origin)
  if (typeof data === 'string') return string(data, origin)
  if (Array.isArray(data)) return array(data.map(valueFrom), origin)
  return hash(
    Object.entries(data as object).map(([key, value]) => [string(key, origin), valueFrom(value)] as const),
    origin,
  )
}
