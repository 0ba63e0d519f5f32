import type { Catalog, CatalogResource, ResourceId } from '../catalog/catalog.ts'
import type { Span } from '../source/source-file.ts'
import { valueToText } from '../types/text.ts'
import { isSecret } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import { type Mask, secretToken } from './mask.ts'
import { resourceKey } from './references.ts'

/** How a resource other than a file differs between two catalogs. Values are masked. */
export interface ResourceChange {
  readonly resource: ResourceId
  readonly kind: 'added' | 'removed' | 'changed'
  readonly parameters: readonly ParameterChange[]
  /** Where the catalog that has it declares it; the newer one of two. */
  readonly span?: Span
}

export interface ParameterChange {
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** Their contents and attributes are compared as files. */
const shownAsFiles = new Set(['file', 'concat_file', 'concat_fragment'])
/** What says how a resource is ordered or reported rather than what it is. */
const metaparameters = new Set('alias audit before loglevel notify require schedule stage subscribe tag'.split(' '))

/**
 * The resources that one catalog has otherwise than the other: packages, services, execs, users, everything that exists
 * on a node. A resource that is not in the newer catalog any more stays on the node as it is.
 */
export function resourceChanges(before: Catalog, after: Catalog, mask: Mask): ResourceChange[] {
  const [old, fresh] = [managed(before), managed(after)]
  const changes: ResourceChange[] = []
  for (const [key, resource] of fresh) {
    const earlier = old.get(key)
    const parameters = parameterChanges(earlier, resource, mask)
    if (!earlier) changes.push({ ...base(resource), kind: 'added', parameters })
    else if (parameters.length > 0) changes.push({ ...base(resource), kind: 'changed', parameters })
  }
  for (const [key, resource] of old)
    if (!fresh.has(key))
      changes.push({ ...base(resource), kind: 'removed', parameters: parameterChanges(resource, undefined, mask) })
  return changes
}

function base(resource: CatalogResource): Pick<ResourceChange, 'resource' | 'span'> {
  const { type, title, span } = resource
  return { resource: { type, title }, ...(span ? { span } : {}) }
}

function managed(catalog: Catalog): Map<string, CatalogResource> {
  const resources = new Map<string, CatalogResource>()
  for (const resource of catalog.resources)
    if (resource.category === 'resource' && !resource.virtual && !shownAsFiles.has(resource.type.toLowerCase()))
      if (!/^(stage|node|whit)$/i.test(resource.type)) resources.set(resourceKey(resource), resource)
  return resources
}

function parameterChanges(
  before: CatalogResource | undefined,
  after: CatalogResource | undefined,
  mask: Mask,
): ParameterChange[] {
  const names = new Set([...(after?.parameters.keys() ?? []), ...(before?.parameters.keys() ?? [])])
  const changes: ParameterChange[] = []
  for (const name of names) {
    if (metaparameters.has(name)) continue
    const [old, fresh] = [rawText(before, name), rawText(after, name)]
    if (old === fresh) continue
    const secret = isSecretParameter(before, name) || isSecretParameter(after, name)
    const shown = (text: string): string => (secret ? secretToken(mask, text) : text)
    changes.push({
      name,
      ...(old === undefined ? {} : { before: shown(old) }),
      ...(fresh === undefined ? {} : { after: shown(fresh) }),
    })
  }
  return changes
}

function rawText(resource: CatalogResource | undefined, name: string): string | undefined {
  const value = resource?.parameters.get(name)?.value
  return value && (value.kind === 'string' ? value.value : valueToText(value))
}

function isSecretParameter(resource: CatalogResource | undefined, name: string): boolean {
  const value = resource?.parameters.get(name)?.value
  return value !== undefined && (resource?.sensitive.includes(name) === true || holdsSecret(value))
}

function holdsSecret(value: Value): boolean {
  if (value.kind === 'sensitive' || isSecret(value.origin)) return true
  if (value.kind === 'array') return value.values.some(holdsSecret)
  if (value.kind === 'hash') return [...value.entries.values()].some((e) => holdsSecret(e.key) || holdsSecret(e.value))
  return false
}
