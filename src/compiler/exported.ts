import type { CatalogParameter, CatalogResource } from '../catalog/catalog.ts'
import type { Value } from '../value/value.ts'
import { addResource } from './catalog-building.ts'
import { joined } from './conditions.ts'
import { failWith } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { declaredResource } from './resolve-type.ts'
import { makeResource } from './resource.ts'
import type { Resource, ResourceParameter, Scope } from './state.ts'

/** A resource that another node exports, as its catalog has it. */
export interface ExportedResource {
  readonly node: string
  readonly resource: CatalogResource
}

/**
 * What other nodes export of a type that passes the query, entered into this catalog as if it had been declared where
 * the collector stands (Puppet's documentation, "Exported resources"). The same resource is entered once; one that the
 * catalog has from elsewhere is an error.
 */
export function importExported(
  scope: Scope,
  type: string,
  of: Resource['of'],
  query: ((resource: Resource) => boolean) | undefined,
): Resource[] {
  const { state } = scope
  const entered: Resource[] = []
  for (const { node, resource: exported } of state.exported?.(type) ?? []) {
    if (node === state.node) continue
    const resource = makeResource(scope, {
      type,
      title: exported.title,
      of,
      parameters: [...exported.parameters.values()].map((parameter) => asGiven(parameter, exported)),
      ...(exported.span ? { span: exported.span } : {}),
    })
    resource.condition = joined(exported.condition, resource.condition)
    // A query sees the tags that the resource has on its own node.
    const seen: Resource = { ...resource, tags: new Set([...resource.tags, ...exported.tags]) }
    if (query && !query(seen)) continue
    const origin = JSON.stringify([node, type, exported.title])
    const existing = declaredResource(state, type, exported.title)
    if (existing) {
      if (state.imported.get(existing) === origin) continue
      const related = existing.span ? [{ message: 'already declared here', span: existing.span }] : []
      failWith(
        `A duplicate resource was found while collecting exported resources, with the type and title ${referenceOf(resource)}`,
        { ...(exported.span ? { span: exported.span } : {}), related, remedy: `It is exported by ${node}.` },
      )
    }
    state.imported.set(resource, origin)
    addResource(scope, resource)
    entered.push(resource)
  }
  return entered
}

function asGiven({ name, value, span }: CatalogParameter, { sensitive }: CatalogResource): ResourceParameter {
  const secret: Value = sensitive.includes(name) ? { kind: 'sensitive', value, origin: value.origin } : value
  return { name, value: secret, ...(span ? { span } : {}) }
}
