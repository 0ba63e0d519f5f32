import { stringifyJson, valueToJson } from '../catalog/catalog-json.ts'
import type { Compilation } from '../compiler/compile-node.ts'
import type { Module } from '../compiler/module-index.ts'
import { parseJson } from '../hiera/json.ts'
import { parseYaml } from '../hiera/yaml.ts'
import type { Files } from '../source/files.ts'
import { sourceFile } from '../source/source-file.ts'
import { valueToText } from '../types/text.ts'
import type { Configuration } from './configuration.ts'
import { changedNodeDefinitions } from './node-definitions.ts'
import { reachOfFacts } from './reach-facts.ts'
import { type Dependents, dependentsOf, loadedByName, meet } from './reach-types.ts'
import type { NodeFacts } from './read-facts.ts'

/** One side of a comparison, as far as it decides what a change can reach. */
export interface ReachSide {
  readonly files: Files
  /** Where the modules lie, by name; as Puppet prints them: absolute, or relative to the environment. */
  readonly modules: ReadonlyMap<string, Module>
  /** The environment itself, which may hold functions and types as a module does. */
  readonly own: Module
  /** The file or directory with the environment's own manifests. */
  readonly manifests: string
  /** The text of a file by the path that people are shown. */
  readonly text: (path: string) => string | undefined
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeFacts>
  readonly configuration: Configuration
  /** Whether Ruby has asked for a file, in any compilation so far. */
  readonly askedByRuby: (path: string) => boolean
}

/** A changed file, and the compilations that can notice. */
type Effect =
  | { readonly kind: 'everyone'; readonly path: string }
  | { readonly kind: 'readers'; readonly path: string }
  | { readonly kind: 'function' | 'type' | 'resource type'; readonly path: string; readonly name: string }
  /** Ruby that is no function or type by its place, but may be asked for by those. */
  | { readonly kind: 'ruby'; readonly path: string }
  | { readonly kind: 'nodes'; readonly path: string; readonly titles: ReadonlySet<string> }
  /** `whole` where the file must be read as a whole to tell: it does not parse, or sets `lookup_options`. */
  | { readonly kind: 'data'; readonly path: string; readonly keys: ReadonlySet<string>; readonly whole: boolean }
  | { readonly kind: 'nobody'; readonly path: string }

/** What of a change reaches a compilation: paths, and keys of data; empty where the other side compiles to the same. */
export type Reach = (compilation: Compilation) => readonly string[]

/**
 * Decides from what a compilation has read, or looked for in vain, whether a change can make it another one. A file of
 * which that cannot be told reaches everyone, so the answer errs on the side of compiling.
 */
export function reachOf(paths: readonly string[], before: ReachSide, after: ReachSide): Reach {
  const newModules = [...before.modules.keys(), ...after.modules.keys()].filter(
    (name) => before.modules.get(name)?.directory !== after.modules.get(name)?.directory,
  )
  const customData = [before, after].some((side) => hasCustomBackends(side))
  const effects = paths
    .map((path) => effectOf(path, before, after, customData))
    .filter((effect) => effect.kind !== 'nobody')
  const dependents = new Map<string, Dependents>()
  const dependentsOn = (type: string): Dependents => {
    const known = dependents.get(type) ?? dependentsOf([type], [...holdersOf(before), ...holdersOf(after)])
    dependents.set(type, known)
    return known
  }
  const settings = sameSettings(before.configuration, after.configuration) ? [] : ['rehearse.yaml']
  const factsThatReach = reachOfFacts(before.nodes, after.nodes)
  return (compilation) => {
    const { reads, catalog, collectsExported } = compilation
    const reasons = [...settings, ...newModules.map((name) => `module ${name}`), ...factsThatReach(compilation)]
    const listed = [...reads.files].filter((path) => path.endsWith('/'))
    for (const effect of effects) {
      const { path } = effect
      switch (effect.kind) {
        case 'everyone':
          reasons.push(path)
          break
        case 'readers':
          if (reads.files.has(path) || listed.some((directory) => path.startsWith(directory))) reasons.push(path)
          break
        case 'function':
          if (reads.functions.has(effect.name) || after.askedByRuby(path)) reasons.push(path)
          break
        case 'type': {
          const { types, functions } = dependentsOn(effect.name)
          const asked = meet(types, reads.types) || meet(functions, reads.functions)
          // What a compilation that failed suggests depends on the types that there are.
          if (asked || !catalog || after.askedByRuby(path)) reasons.push(path)
          break
        }
        case 'resource type':
          if (reads.resourceTypes.has(effect.name) || after.askedByRuby(path)) reasons.push(path)
          break
        case 'ruby':
          if (after.askedByRuby(path)) reasons.push(path)
          break
        case 'nodes': {
          const own = catalog?.resources.find((resource) => resource.type === 'Node')
          // What a node collects from others may come out of their definitions.
          const reached = !catalog || collectsExported || (own && effect.titles.has(own.title.toLowerCase()))
          if (reached) reasons.push(path)
          break
        }
        case 'data': {
          const globbed = customData && !reads.data.has(path)
          if (!reads.data.has(path) && !reads.files.has(path) && !globbed) break
          if (effect.whole || !reads.data.has(path)) reasons.push(path)
          else for (const key of reads.hieraKeys) if (effect.keys.has(rootOf(key))) reasons.push(`${path}: ${key}`)
        }
      }
    }
    return reasons
  }
}

/** The modules of a side and its environment, with the names that their definitions have before their own. */
function holdersOf({ modules, own }: ReachSide): (readonly [Module, string | undefined])[] {
  return [[own, undefined], ...[...modules.values()].map((module) => [module, module.name] as const)]
}

/** Whether settings that decide over catalogs say the same; the others tell how a run goes, and count as they are now. */
function sameSettings(before: Configuration, after: Configuration): boolean {
  const deciding = ({ puppet, modulePath, globalHiera, eyamlKeys, classifier }: Configuration) =>
    JSON.stringify([puppet, modulePath, globalHiera, eyamlKeys, classifier])
  return deciding(before) === deciding(after)
}

/** The part of a key that data are asked for: `a` of `a.b` and of `'a'.b`. */
function rootOf(key: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(key)
  return quoted ? (quoted[2] as string) : (key.split('.')[0] as string)
}

function effectOf(path: string, before: ReachSide, after: ReachSide, customData: boolean): Effect {
  for (const side of [after, before])
    for (const { directory } of side.modules.values())
      if (path.startsWith(`${directory}/`))
        return inModule(path, path.slice(directory.length + 1), before, after, customData)
  for (const side of [after, before])
    if (path === side.manifests || path.startsWith(`${side.manifests}/`)) {
      const titles = changedNodeDefinitions(path, before.text(path), after.text(path))
      return titles ? { kind: 'nodes', path, titles } : { kind: 'everyone', path }
    }
  if (/^(environment\.conf|hiera\.yaml)$/.test(path)) return { kind: 'everyone', path }
  return byPath(path, path, undefined, before, after, customData)
}

function inModule(path: string, rest: string, before: ReachSide, after: ReachSide, customData: boolean): Effect {
  if (/^(hiera\.yaml|metadata\.json)$/.test(rest)) return { kind: 'everyone', path }
  const directory = path.slice(0, -rest.length - 1)
  return byPath(path, rest, directory.slice(directory.lastIndexOf('/') + 1), before, after, customData)
}

/** What a file of a module, or of the environment, stands for by its place. */
function byPath(
  path: string,
  rest: string,
  /** Left out for the environment itself, whose files have the whole name in their path. */
  module: string | undefined,
  before: ReachSide,
  after: ReachSide,
  customData: boolean,
): Effect {
  const loaded = loadedByName(rest, module)
  if (loaded) return { ...loaded, path }
  const type = /^lib\/puppet\/type\/([^/]+)\.rb$/.exec(rest)
  if (type) return { kind: 'resource type', path, name: (type[1] as string).toLowerCase() }
  const both = before.text(path) !== undefined && after.text(path) !== undefined
  // Whether there is a provider at all decides over a type's parameters; what it does is no part of a catalog.
  const provider = /^lib\/puppet\/provider\/([^/]+)\//.exec(rest)
  if (provider) return both ? { kind: 'nobody', path } : { kind: 'resource type', path, name: provider[1] as string }
  if (/^lib\/(facter|puppet\/(face|application|reports))\//.test(rest)) return { kind: 'nobody', path }
  if (/^lib\//.test(rest) && after.text(path) !== undefined) return { kind: 'ruby', path }
  if (/^lib\//.test(rest)) return { kind: 'everyone', path }
  if (/\.(ya?ml|eyaml|json)$/.test(rest) && !/^(templates|files|manifests)\//.test(rest))
    return customData ? { kind: 'data', path, keys: new Set(), whole: true } : dataEffect(path, before, after)
  return { kind: 'readers', path }
}

function dataEffect(path: string, before: ReachSide, after: ReachSide): Effect {
  const [old, fresh] = [dataOf(path, before.text(path)), dataOf(path, after.text(path))]
  // What is wrong with a file is told to everyone who reads it, whatever the key.
  if (!old.entries || !fresh.entries || old.complaints !== fresh.complaints)
    return { kind: 'data', path, keys: new Set(), whole: true }
  const keys = new Set<string>()
  for (const key of new Set([...old.entries.keys(), ...fresh.entries.keys()]))
    if (old.entries.get(key) !== fresh.entries.get(key)) keys.add(key)
  return { kind: 'data', path, keys, whole: keys.has('lookup_options') }
}

interface DataFile {
  /** Its values by key, as text that tells them apart; left out where the file cannot be read so. */
  readonly entries?: ReadonlyMap<string, string>
  readonly complaints: string
}

function dataOf(path: string, text: string | undefined): DataFile {
  if (text === undefined) return { entries: new Map(), complaints: '' }
  const file = sourceFile(path, text)
  const { value, diagnostics } = path.endsWith('.json') ? parseJson(file) : parseYaml(file)
  const complaints = JSON.stringify(diagnostics.map(({ code, message }) => [code, message]))
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { complaints }
  if (value === undefined || value.kind === 'undef') return { entries: new Map(), complaints }
  if (value.kind !== 'hash') return { complaints }
  const entries = new Map<string, string>()
  for (const { key, value: data } of value.entries.values()) {
    if (key.kind !== 'string') return { complaints }
    entries.set(key.value, stringifyJson(valueToJson(data, valueToText)))
  }
  return { entries, complaints }
}

const builtIn = new Set(['yaml_data', 'json_data', 'eyaml_lookup_key'])

/** Whether data come through functions of somebody else's, or from patterns of paths: then keys and paths do not tell. */
function hasCustomBackends(side: ReachSide): boolean {
  const configurations = ['hiera.yaml', ...[...side.modules.values()].map(({ directory }) => `${directory}/hiera.yaml`)]
  return configurations.some((path) => {
    const text = side.text(path) ?? ''
    if (/^\s*-?\s*globs?:|hiera3_backend:|mapped_paths:|:backends:/m.test(text)) return true
    return [...text.matchAll(/\b(?:data_hash|lookup_key|data_dig):\s*["']?([\w:]+)/g)].some(
      ([, name]) => !builtIn.has(name as string),
    )
  })
}
