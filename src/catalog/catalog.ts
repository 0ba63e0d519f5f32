import type { Span } from '../source/source-file.ts'
import type { Condition } from '../value/origin.ts'
import type { Value } from '../value/value.ts'

/** What names a resource in a catalog: the type with capitalised segments, and the title. */
export interface ResourceId {
  readonly type: string
  readonly title: string
}

/** `Apache::Vhost[shop]`, as Puppet prints it. */
export function idText(id: ResourceId): string {
  return `${id.type}[${id.title}]`
}

export interface CatalogParameter {
  readonly name: string
  readonly value: Value
  /** Where it was set. */
  readonly span?: Span
}

export interface CatalogResource extends ResourceId {
  /**
   * As the wire format has them: without undef, with what title patterns read out of the title, without a namevar that
   * only repeats the title. Sensitive values are unwrapped here and named in `sensitive`.
   */
  readonly parameters: ReadonlyMap<string, CatalogParameter>
  readonly sensitive: readonly string[]
  readonly exported: boolean
  /** In the catalog, but not to be applied: virtual, or exported without being collected here. */
  readonly virtual: boolean
  /** In Puppet's order, each once. */
  readonly tags: readonly string[]
  /** Where it was declared; left out for `Class[settings]` and the like. */
  readonly span?: Span
  /** Whether it is a class or an instance of a defined type, rather than something that exists on a node. */
  readonly category: 'class' | 'define' | 'resource'
  /** The declarations around it, innermost first: class ← class ← node. */
  readonly containers: readonly ResourceId[]
  /** What decided that it is in the catalog: tests, loops, computed titles, its own and those around it. */
  readonly condition?: Condition
}

export interface Edge {
  readonly source: ResourceId
  readonly target: ResourceId
}

/** A compiled catalog (Puppet's catalog wire format, schema `catalog.json`): resources in Puppet's order. */
export interface Catalog {
  readonly node: string
  readonly environment: string
  readonly resources: readonly CatalogResource[]
  readonly edges: readonly Edge[]
  readonly classes: readonly string[]
  readonly tags: readonly string[]
  /** Puppet's: the seconds since 1970 at which the environment was read, or what `config_version` says. */
  readonly version: string | bigint
}
