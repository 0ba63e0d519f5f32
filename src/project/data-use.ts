import type { Compilation } from '../compiler/compile-node.ts'
import type { Environment } from '../compiler/environment.ts'
import type { Module } from '../compiler/module-index.ts'
import type { Definition } from '../compiler/state.ts'
import { lookupKey } from '../hiera/key.ts'
import type { NodeHiera } from '../hiera/node-hiera.ts'
import type { DataFile, Hiera } from '../hiera/sources.ts'
import { lintData } from '../lint/data/lint-data.ts'
import type { DataSource, Hierarchy } from '../lint/data/rule.ts'
import { type Diagnostic, Failure } from '../source/diagnostic.ts'
import { matchesPattern } from '../types/strings.ts'
import { hashGet, type Value } from '../value/value.ts'
import { factsFile } from './facts-nodes.ts'
import type { NodeFacts } from './read-facts.ts'

/** What compilations use of an environment's data, for the checks that tell what nobody uses. */
export interface DataUse {
  readonly learn: (compilation: Compilation) => void
  readonly findings: () => Diagnostic[]
}

/** `missing`: names of modules that are not here, so that nobody can tell what they would read. */
export function openDataUse(
  environment: Environment,
  nodes: readonly NodeFacts[],
  missing: ReadonlySet<string> = new Set(),
): DataUse {
  const { hiera } = environment
  const compiled = new Set<string>()
  const keys = new Set<string>()
  const hierarchies = new Map<string, Hierarchy>()
  return {
    learn: ({ node, catalog, reads, hiera: own }) => {
      if (catalog) compiled.add(node)
      for (const key of reads.hieraKeys) keys.add(rootOf(key))
      if (!hiera || !own) return
      const { signature, make } = hierarchyOf(own, hiera)
      if (!hierarchies.has(signature)) hierarchies.set(signature, make())
    },
    findings: () => {
      if (!hiera || compiled.size === 0) return []
      const parsed = [...(hiera.parsed.get(hiera.sources.files)?.values() ?? [])].filter((file) => file !== undefined)
      const { global } = hiera.sources
      const isConfiguration = ({ file }: DataFile) => file.path === 'hiera.yaml' || file.path === global?.path
      const mentions = mentionsIn(environment)
      const facts = factIndex(nodes)
      return lintData({
        sources: parsed.filter((file) => !isConfiguration(file)).flatMap(sourceOf),
        configurations: parsed.filter(isConfiguration).map(({ file }) => file),
        hierarchies: [...hierarchies.values()],
        complete: nodes.every(({ name }) => compiled.has(name)),
        readKeys: keys,
        isMentioned: (key) => (missing.size > 0 && missing.has(firstPart(key))) || mentions(key),
        parametersOf: classParameters(environment),
        classNames: environment.manifestNames,
        ...facts,
      })
    },
  }
}

function rootOf(key: string): string {
  try {
    return lookupKey(key).root
  } catch (error) {
    if (error instanceof Failure) return key
    throw error
  }
}

function sourceOf(data: DataFile | undefined): DataSource[] {
  return data?.value?.kind === 'hash' ? [{ file: data.file, value: data.value }] : []
}

const dataFunctions: ReadonlyMap<string, string> = new Map([
  ['yaml_data', 'yaml'],
  ['json_data', 'json'],
  ['hocon_data', 'hocon'],
  ['eyaml_lookup_key', 'yaml'],
])

/** The environment's layer as a node has it: the files that are there, in order. */
function hierarchyOf(own: NodeHiera, hiera: Hiera) {
  const providers = own.layers.get('environment')?.hierarchies?.main ?? []
  const places = providers.flatMap(({ entry, locations }) =>
    locations.flatMap((location) => {
      const format = dataFunctions.get(entry.functionName)
      if (!location || format === undefined || location.type !== 'path') return [undefined]
      return location.exists && location.path !== undefined ? [`${format} ${location.path}`] : []
    }),
  )
  const make = (): Hierarchy => {
    const options = new Map([...own.lookupOptions])
    return {
      levels: places.map((place) => {
        const data = place === undefined ? undefined : hiera.parsed.get(hiera.sources.files)?.get(place)
        return sourceOf(data)[0]
      }),
      firstCounts: (key) => {
        const known = options.get(lookupKey(key).module)
        if (!options.has(lookupKey(key).module)) return undefined
        const given =
          known?.byKey.get(key) ?? known?.byPattern.find(({ pattern }) => matchesPattern([pattern], key))?.options
        const merge = given?.kind === 'hash' ? hashGet(given, 'merge') : undefined
        return merge === undefined || (merge.kind === 'string' && merge.value === 'first')
      },
    }
  }
  return { signature: places.map((place) => place ?? '?').join('\n'), make }
}

/** The parameters of classes, out of the manifests that Puppet would look for them in. */
function classParameters(environment: Environment): (className: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>()
  const learn = (definitions: readonly Definition[]): void => {
    for (const { kind, name, parameters } of definitions)
      if (kind === 'hostclass' && !known.has(name))
        known.set(
          name,
          parameters.map((parameter) => parameter.name),
        )
  }
  for (const site of environment.siteManifests()) learn(site.definitions(undefined))
  return (className) => {
    const module = firstPart(className)
    if (!environment.modules.has(module) || known.has(className)) return known.get(className)
    const rest = className.slice(module.length + 2).split('::')
    const path = module === className ? 'manifests/init.pp' : `manifests/${rest.join('/')}.pp`
    learn(environment.moduleManifest(module, path)?.definitions(module) ?? [])
    if (!known.has(className)) known.set(className, undefined)
    return known.get(className)
  }
}

/** Whether code that could look a key up holds it: that of the environment, of its own modules and of the key's module. */
function mentionsIn(environment: Environment): (key: string) => boolean {
  const { modules, files } = environment
  const known = new Map<string, KeyMatcher>()
  const matcherOf = (module: Module): KeyMatcher => {
    const matcher = known.get(module.name) ?? keyMatcher(codeOf(module))
    known.set(module.name, matcher)
    return matcher
  }
  const own = [...modules.values()].filter((module) => !module.directory.startsWith('/'))
  const ownTexts = (): string[] => [
    ...environment.siteManifests().map(({ file }) => file.text),
    files.text('hiera.yaml') ?? '',
    ...[...(environment.hiera?.parsed.get(environment.hiera.sources.files)?.values() ?? [])].map(interpolations),
  ]
  let shared: readonly KeyMatcher[] | undefined
  return (key) => {
    shared ??= [keyMatcher(ownTexts().join('\n')), ...own.map(matcherOf)]
    if (shared.some((matches) => matches(key))) return true
    const module = modules.get(firstPart(key))
    return module !== undefined && matcherOf(module)(key)
  }
}

/** `profile` of `profile::web::port`. */
function firstPart(name: string): string {
  const cut = name.indexOf('::')
  return cut < 0 ? name : name.slice(0, cut)
}

type KeyMatcher = (key: string) => boolean

/**
 * Whether a text holds a key: as a word, with and without the parts that dig into its value, or put together from a part
 * and a variable (`"secrets::${user}"`, `"${module_name}::port"`).
 */
function keyMatcher(text: string): KeyMatcher {
  const words = new Set<string>()
  for (const [found] of text.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_:./-]*/gu)) {
    words.add(found)
    words.add(found.replace(/[:./-]+$/, ''))
    words.add(found.split('.')[0] as string)
  }
  const starts = new Set<string>()
  for (const [, start] of text.matchAll(/([a-z]\w*(?:::\w+)*::\w*)[$%#]\{/g)) starts.add(start as string)
  const ends = new Set<string>()
  for (const [, end] of text.matchAll(/\}(\w*(?:::\w+)+)/g)) ends.add(end as string)
  return (key) => {
    if (words.has(key)) return true
    for (const start of starts) if (key.startsWith(start)) return true
    for (const end of ends) if (key.endsWith(end)) return true
    return false
  }
}

/** The expressions of a data file alone: the keys themselves are no mention. */
function interpolations(data: DataFile | undefined): string {
  return (data?.file.text.match(/%\{[^}]*\}/g) ?? []).join('\n')
}

/** The texts of a module's manifests, templates, functions and data. */
function codeOf(module: Module): string {
  const texts: string[] = []
  const visit = (path: string): void => {
    for (const name of module.list(path) ?? []) {
      const inside = `${path}/${name}`
      if (/\.(pp|epp|erb|rb|ya?ml)$/.test(name)) texts.push(module.text(inside) ?? '')
      else if (!name.includes('.')) visit(inside)
    }
  }
  for (const directory of ['manifests', 'functions', 'templates', 'lib', 'data', 'types']) visit(directory)
  return texts.join('\n')
}

function factIndex(nodes: readonly NodeFacts[]) {
  const at = (facts: Value, path: readonly (string | bigint)[]): Value | undefined => {
    let value: Value | undefined = facts
    for (const part of path) {
      if (value?.kind === 'hash') value = hashGet(value, String(part)) ?? value.entries.get(`integer ${part}`)?.value
      else if (value?.kind === 'array') value = typeof part === 'bigint' ? value.values.at(Number(part)) : undefined
      else return undefined
    }
    return value
  }
  return {
    hasFact: (path: readonly (string | bigint)[]) => nodes.some(({ facts }) => at(facts, path) !== undefined),
    ownFacts: nodes.some((node) => factsFile(node) !== undefined),
    factNames: () => {
      const names = new Set<string>()
      const visit = (value: Value, name: string): void => {
        if (name !== '') names.add(name)
        if (value.kind !== 'hash') return
        for (const entry of value.entries.values())
          if (entry.key.kind === 'string')
            visit(entry.value, name === '' ? entry.key.value : `${name}.${entry.key.value}`)
      }
      for (const { facts } of nodes) visit(facts, '')
      return names
    },
  }
}
