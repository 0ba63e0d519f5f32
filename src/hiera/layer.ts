import { posix } from 'node:path'
import { type DiagnosticDetail, Failure, fail } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import type { Value } from '../value/value.ts'
import { type Config, type ConfigEntry, configName, functionConfig, type LayerKind, readConfig } from './config.ts'
import { dependenciesHold, interpolate } from './interpolate.ts'
import { guarded, type Invocation, type ScopeDependency, warnOnce, within } from './invocation.ts'
import type { LookupKey } from './key.ts'
import { type Location, resolveLocations } from './locations.ts'
import { lookupVariants, type Strategy } from './merge.ts'
import { configError, convertVersion3, noDatadir, unsupportedVersion3 } from './problems.ts'
import { lookupInProvider } from './providers.ts'
import { deadLink, exists, inside } from './sources.ts'

/** One of the three places with a hiera.yaml, for one node. */
export interface Layer {
  readonly kind: LayerKind
  readonly module: string | undefined
  readonly files: Files
  /** The directory of its hiera.yaml below the files' root. */
  readonly base: string
  readonly config: Config
  /** Made at the first look-up, and again when a variable changes that its locations name. */
  hierarchies?: {
    readonly dependencies: readonly ScopeDependency[]
    readonly main: readonly Provider[]
    readonly fallback: readonly Provider[]
  }
}

/** An entry of a hierarchy with its locations. */
export interface Provider {
  readonly layer: Layer
  readonly entry: ConfigEntry
  readonly options: Value | undefined
  /** `[undefined]`: the entry has no locations. */
  readonly locations: readonly (Location | undefined)[]
  readonly cache: Map<Location | undefined, ProviderCache>
}

/** What a data function said and kept, by location. */
export interface ProviderCache {
  data: Value | undefined
  readonly byKey: Map<string, Value>
  /** `cache` of the context that functions get. */
  readonly kept: Map<string, { readonly key: Value; readonly value: Value }>
}

/** The global layer where there is none: nothing to search. */
const noConfig: Config = { version: 5, path: undefined, hierarchy: [], defaultHierarchy: undefined }

/** The layer, or `undefined` where it has no configuration. */
export function openLayer(invocation: Invocation, kind: LayerKind, module?: string): Layer | undefined {
  const { node } = invocation
  const name = module === undefined ? kind : `${kind} ${module}`
  if (!node.layers.has(name)) node.layers.set(name, makeLayer(invocation, kind, module))
  return node.layers.get(name)
}

function makeLayer(invocation: Invocation, kind: LayerKind, module: string | undefined): Layer | undefined {
  const { hiera } = invocation.node
  const { sources } = hiera
  if (kind === 'global') {
    if (!sources.global) return { kind, module: undefined, files: sources.files, base: '', config: noConfig }
    const { files, path } = sources.global
    const config = readConfig(hiera, files, path, kind)
    if (config.warning !== undefined) warnOnce(invocation, config.warning)
    if (config.version === 3) fail(unsupportedVersion3([config.path ?? path], versionPlace(config)))
    return { kind, module: undefined, files, base: posix.dirname(path) === '.' ? '' : posix.dirname(path), config }
  }
  const files = kind === 'environment' ? sources.files : hiera.modules.get(module ?? '')?.files
  if (!files) return undefined
  const legacy = module === undefined ? undefined : dataProvider(invocation, module)
  let config = exists(hiera, files, configName) ? readConfig(hiera, files, configName, kind) : undefined
  if (config?.warning !== undefined) warnOnce(invocation, config.warning)
  if (config?.deprecation !== undefined) warnUnlessOff(invocation, config.deprecation)
  if (config?.version === 3) {
    const where = kind === 'environment' ? 'an environment' : 'a module'
    if (invocation.context.settings.strict === 'error')
      fail(configError([`hiera.yaml version 3 cannot be used in ${where}`], versionPlace(config)))
    const place = kind === 'environment' ? 'the environment root' : 'module root'
    warnOnce(invocation, `hiera.yaml version 3 found at ${place} was ignored`)
    config = undefined
  }
  if (legacy !== undefined && legacy !== 'none') {
    const instead = config ? '' : " A 'hiera.yaml' file should be used instead"
    const ignored = "It is ignored since a 'hiera.yaml' with version >= 5 is present"
    const what = `Defining "data_provider": "${legacy}" in metadata.json is deprecated.`
    warnUnlessOff(invocation, `${what} ${config?.version === 5 ? ignored : instead.trim()}`.trim())
  }
  if (config?.version !== 5 && legacy === 'function') {
    const name = `${module}::data`
    warnUnlessOff(
      invocation,
      `Using of legacy data provider function '${name}'. Please convert to a 'data_hash' function`,
    )
    config = functionConfig(name)
  } else if (!config && legacy === 'hiera') config = readConfig(hiera, files, configName, kind)
  return config && { kind, module, files, base: '', config }
}

function versionPlace({ span }: Config): DiagnosticDetail {
  return { ...(span ? { span } : {}), remedy: convertVersion3 }
}

function warnUnlessOff(invocation: Invocation, message: string): void {
  if (invocation.context.settings.strict !== 'off') warnOnce(invocation, message)
}

function dataProvider(invocation: Invocation, module: string): string | undefined {
  const metadata = invocation.context.modules.metadata(module)
  const name =
    typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>).data_provider : undefined
  return typeof name === 'string' ? name : undefined
}

/** A layer's name as explanations show it. */
function layerName(layer: Layer): string {
  const place = { global: 'Global', environment: 'Environment', module: 'Module' }[layer.kind]
  const module = layer.module === undefined ? '' : `"${layer.module}" `
  return `${place} ${module}Data Provider (hiera configuration version ${layer.config.version})`
}

/** Searches a layer's hierarchy, or a module's default hierarchy, for the root of a key. */
export function lookupInLayer(
  layer: Layer,
  key: LookupKey,
  invocation: Invocation,
  strategy: Strategy,
  hierarchy: 'main' | 'fallback' = 'main',
): Value | undefined {
  return guarded(invocation, key.text, () => {
    const { path } = layer.config
    return within(
      invocation,
      () => ({ kind: 'provider', name: layerName(layer), ...(path === undefined ? {} : { configuration: path }) }),
      () => {
        const providers = hierarchies(layer, invocation)[hierarchy]
        if (providers.length === 0) {
          invocation.explain?.notFound(key.text)
          return undefined
        }
        return lookupVariants(strategy, providers, invocation, (provider) =>
          lookupInProvider(provider, key, invocation, strategy),
        )
      },
    )
  })
}

function hierarchies(layer: Layer, invocation: Invocation): NonNullable<Layer['hierarchies']> {
  const known = layer.hierarchies
  if (known) {
    if (dependenciesHold(invocation, known.dependencies)) return known
    invocation.explain?.text(
      'Hiera configuration recreated due to change of scope variables used in interpolation expressions',
    )
  }
  const dependencies: ScopeDependency[] = []
  const own: Invocation = { ...invocation, explain: undefined, overrides: undefined, defaults: undefined, dependencies }
  const make = (entries: readonly ConfigEntry[]): Provider[] =>
    entries.flatMap((entry) => {
      const { locations } = entry
      const datadir = interpolate(entry.datadir, own, false)
      if (layer.kind !== 'module') checkDatadir(layer, entry, invocation)
      const resolved = locations && resolveLocations(layer, datadir, locations, own)
      if (layer.config.path === undefined && resolved?.length === 0) return []
      const options = entry.options && interpolate(entry.options, own, false)
      return [{ layer, entry, options, locations: resolved ?? [undefined], cache: new Map() }]
    })
  const made = configured(() => ({
    dependencies,
    main: make(layer.config.hierarchy),
    fallback: make(layer.config.defaultHierarchy ?? []),
  }))
  layer.hierarchies = made
  return made
}

/** A directory that hiera.yaml names for all nodes, and that is not there, is told; Puppet passes it in silence. */
function checkDatadir(layer: Layer, { datadir }: ConfigEntry, invocation: Invocation): void {
  const { origin } = datadir
  if (datadir.kind !== 'string' || origin.kind !== 'literal' || datadir.value.includes('%{')) return
  const below = inside(layer.files, layer.base, datadir.value)
  if (below === undefined || exists(invocation.node.hiera, layer.files, below)) return
  if (deadLink(invocation.node.hiera, layer.files, below)) return
  invocation.context.report(noDatadir([datadir.value], { span: origin.span }))
}

/** A variable that hiera.yaml names and nobody set is a fault of the configuration. */
function configured<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Failure) || error.diagnostic.code !== 'hiera/undefined-variable') throw error
    const { span } = error.diagnostic
    return fail(configError([error.diagnostic.message.replace(/; .*$/, '')], span ? { span } : {}))
  }
}
