import type { ResourceTypeInfo, TitlePattern } from '../catalog/resource-type.ts'
import { rubyRegexp } from '../value/regexp.ts'
import coreTypes from './core-resource-types.json' with { type: 'json' }
import { failWith } from './issues.ts'
import vendoredTypes from './vendored-resource-types.json' with { type: 'json' }

/** Parameters that every resource has, in Puppet's order. */
export const metaparameters: readonly string[] = [
  'noop',
  'schedule',
  'audit',
  'loglevel',
  'alias',
  'tag',
  'require',
  'subscribe',
  'before',
  'notify',
  'stage',
]

const metaparameterSet: ReadonlySet<string> = new Set(metaparameters)
const relationshipSet: ReadonlySet<string> = new Set(['require', 'subscribe', 'before', 'notify'])

/** Metaparameters that a container hands on to what it contains. */
export const inheritedMetaparameters: readonly string[] = metaparameters.filter((name) => !relationshipSet.has(name))

export function isMetaparameter(name: string): boolean {
  return metaparameterSet.has(name)
}
export function isRelationship(name: string): boolean {
  return relationshipSet.has(name)
}

interface CoreType {
  readonly parameters: readonly string[]
  readonly namevars: readonly string[]
  readonly titlePatterns: readonly {
    readonly pattern: string
    readonly multiline: boolean
    readonly names: readonly string[]
  }[]
  readonly isomorphic: boolean
}

const core = typeTable(coreTypes)
const vendored = typeTable(vendoredTypes)

function typeTable(rows: Readonly<Record<string, CoreType>>): ReadonlyMap<string, ResourceTypeInfo> {
  return new Map(
    Object.entries(rows).map(([name, row]) => [
      name,
      {
        name,
        parameters: new Set(row.parameters),
        namevars: row.namevars,
        titlePatterns: row.titlePatterns.map(({ pattern, multiline, names }) => ({
          pattern: multiline ? `(?m:${pattern})` : pattern,
          names,
        })),
        isomorphic: row.isomorphic,
      },
    ]),
  )
}

/** A resource type of Puppet itself (`file`, `package`, …). */
export function coreResourceType(name: string): ResourceTypeInfo | undefined {
  return core.get(name)
}

/** A resource type of the modules that Puppet's own packages bring along, and Debian's do not (`cron`, `mount`, …). */
export function vendoredResourceType(name: string): ResourceTypeInfo | undefined {
  return vendored.get(name)
}

/** The module that such a type comes from: `cron_core`. */
export function vendoredModule(name: string): string | undefined {
  return Object.hasOwn(vendoredTypes, name) ? vendoredTypes[name as keyof typeof vendoredTypes].module : undefined
}

export function coreResourceTypeNames(): Iterable<string> {
  return core.keys()
}

/** Whether an instance can be given this parameter. */
export function acceptsParameter(type: ResourceTypeInfo, name: string): boolean {
  return name === 'name' || type.parameters.has(name) || isMetaparameter(name)
}

/** The one parameter that names an instance; `name` where there are several. */
export function namevarOf(type: ResourceTypeInfo): string {
  return type.namevars.length === 1 ? (type.namevars[0] as string) : 'name'
}

const wholeTitle = /^\(\?m:\(\.\*\)\)$/

/** What a title says about the parameters that name the instance. */
export function splitTitle(type: ResourceTypeInfo, title: string): ReadonlyMap<string, string> {
  for (const { pattern, names, convert } of type.titlePatterns) {
    const groups = matchTitle(pattern, title)
    if (groups) return fill(names, convert ? convert(groups) : groups)
  }
  return failWith(`No set of title patterns matched the title "${title}".`)
}

function matchTitle(pattern: TitlePattern['pattern'], title: string): readonly (string | undefined)[] | undefined {
  if (wholeTitle.test(pattern)) return [title]
  return rubyRegexp(pattern).exec(title)?.slice(1)
}

function fill(names: readonly string[], groups: readonly (string | undefined)[]): ReadonlyMap<string, string> {
  const filled = new Map<string, string>()
  for (const [i, name] of names.entries()) {
    const text = groups[i]
    if (text !== undefined) filled.set(name, text)
  }
  return filled
}
