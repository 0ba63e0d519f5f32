import { stringifyJson, valueToJson } from '../catalog/catalog-json.ts'
import type { Compilation } from '../compiler/compile-node.ts'
import { parseJson } from '../hiera/json.ts'
import { parseYaml } from '../hiera/yaml.ts'
import type { Files } from '../source/files.ts'
import { sourceFile } from '../source/source-file.ts'
import { valueToText } from '../types/text.ts'
import { changedNodeDefinitions } from './node-definitions.ts'

/** One side of a comparison, as far as it decides what a change can reach. */
export interface ReachSide {
  readonly files: Files
  /** Where the modules lie, by name; as Puppet prints them: absolute, or relative to the environment. */
  readonly modules: ReadonlyMap<string, { readonly directory: string }>
  /** The file or directory with the environment's own manifests. */
  readonly manifests: string
  /** The text of a file by the path that people are shown. */
  readonly text: (path: string) => string | undefined
}

/** A changed file, and the compilations that can notice. */
type Effect =
  | { readonly kind: 'everyone'; readonly path: string }
  | { readonly kind: 'readers'; readonly path: string }
  | { readonly kind: 'function'; readonly path: string; readonly name: string }
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
  return ({ reads, catalog, collectsExported }) => {
    const reasons = newModules.map((name) => `module ${name}`)
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
          if (reads.functions.has(effect.name)) reasons.push(path)
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
  const inPuppet = /^functions\/(.+)\.pp$/.exec(rest)
  if (inPuppet) {
    const segments = (inPuppet[1] as string).split('/')
    return { kind: 'function', path, name: [...(module === undefined ? [] : [module]), ...segments].join('::') }
  }
  const inRuby = /^lib\/puppet\/functions\/(.+)\.rb$/.exec(rest)
  if (inRuby) return { kind: 'function', path, name: (inRuby[1] as string).split('/').join('::') }
  if (/^lib\/(facter|puppet\/(provider|face|application|reports))\//.test(rest)) return { kind: 'nobody', path }
  if (/^(types|lib)\//.test(rest)) return { kind: 'everyone', path }
  if (/\.(ya?ml|eyaml|json)$/.test(rest) && !/^(templates|files|manifests)\//.test(rest))
    return customData ? { kind: 'data', path, keys: new Set(), whole: true } : dataEffect(path, before, after)
  return { kind: 'readers', path }
}

function dataEffect(path: string, before: ReachSide, after: ReachSide): Effect {
  const [old, fresh] = [dataOf(path, before.text(path)), dataOf(path, after.text(path))]
  if (!old || !fresh) return { kind: 'data', path, keys: new Set(), whole: true }
  const keys = new Set<string>()
  for (const key of new Set([...old.keys(), ...fresh.keys()])) if (old.get(key) !== fresh.get(key)) keys.add(key)
  return { kind: 'data', path, keys, whole: keys.has('lookup_options') }
}

/** The values of a data file by key, as text that tells them apart; `undefined` where the file cannot be read so. */
function dataOf(path: string, text: string | undefined): Map<string, string> | undefined {
  if (text === undefined) return new Map()
  const file = sourceFile(path, text)
  const { value, diagnostics } = path.endsWith('.json') ? parseJson(file) : parseYaml(file)
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return undefined
  if (value === undefined || value.kind === 'undef') return new Map()
  if (value.kind !== 'hash') return undefined
  const entries = new Map<string, string>()
  for (const { key, value: data } of value.entries.values()) {
    if (key.kind !== 'string') return undefined
    entries.set(key.value, stringifyJson(valueToJson(data, valueToText)))
  }
  return entries
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
