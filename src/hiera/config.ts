import { fail } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import { lineOf, type Span, span } from '../source/source-file.ts'
import { unknownOrigin } from '../value/origin.ts'
import { type HashValue, hash, hashGet, integer, string, type Value } from '../value/value.ts'
import { assertInstance } from './assert.ts'
import { configType4, configType5 } from './config-type.ts'
import { configError, lookupError } from './problems.ts'
import { absolute, type DataFile, type Hiera, readData } from './sources.ts'

export type LayerKind = 'global' | 'environment' | 'module'
type ProviderKind = 'data_hash' | 'lookup_key' | 'data_dig' | 'v4_data_hash'

/** A hiera.yaml, read and checked. */
export interface Config {
  readonly version: 3 | 4 | 5
  /** Absolute, as Puppet prints it; left out for the built-in configuration. */
  readonly path: string | undefined
  /** What Puppet warns of when it reads the file. */
  readonly warning?: string
  readonly deprecation?: string
  /** Where the file says that it is of a version that is not searched. */
  readonly span?: Span
  readonly hierarchy: readonly ConfigEntry[]
  /** Of a module: searched where all layers have nothing. */
  readonly defaultHierarchy: readonly ConfigEntry[] | undefined
}

export interface ConfigEntry {
  readonly name: string
  readonly kind: ProviderKind
  readonly functionName: string
  readonly datadir: Value
  readonly locations: Locations | undefined
  readonly options: HashValue | undefined
  readonly span: Span | undefined
}

export type Locations =
  | { readonly kind: 'paths'; readonly paths: readonly Value[]; readonly extension?: string }
  | { readonly kind: 'globs'; readonly globs: readonly Value[] }
  | { readonly kind: 'uris'; readonly uris: readonly Value[] }
  | { readonly kind: 'mapped-paths'; readonly variable: Value; readonly name: Value; readonly template: Value }

export const configName = 'hiera.yaml'
const functionKeys = ['data_hash', 'lookup_key', 'data_dig', 'hiera3_backend'] as const
const locationKeys = ['path', 'paths', 'glob', 'globs', 'uri', 'uris', 'mapped_paths'] as const

function text(value: string): Value {
  return string(value, unknownOrigin)
}

/** What counts where a layer has no hiera.yaml but is searched all the same. */
const builtIn: HashValue = hash(
  [
    [text('version'), integer(5, unknownOrigin)],
    [
      text('hierarchy'),
      {
        kind: 'array',
        origin: unknownOrigin,
        values: [
          hash(
            [
              [text('name'), text('Common')],
              [text('path'), text('common.yaml')],
            ],
            unknownOrigin,
          ),
        ],
      },
    ],
  ],
  unknownOrigin,
)

/** The configuration of a layer; parsed once, whatever the number of nodes. Fails where it is not valid. */
export function readConfig(hiera: Hiera, files: Files, path: string, layer: LayerKind): Config {
  const key = `${layer} ${absolute(files, path)}`
  const known = hiera.configs.get(key)
  if (known) return known
  const config = makeConfig(hiera, files, path, layer)
  hiera.configs.set(key, config)
  return config
}

/** A configuration with one entry that calls a data function of Puppet 4's kind. */
export function functionConfig(functionName: string): Config {
  return {
    version: 5,
    path: undefined,
    hierarchy: [
      {
        name: `Legacy function '${functionName}'`,
        kind: 'v4_data_hash',
        functionName,
        datadir: text('data'),
        locations: undefined,
        options: undefined,
        span: undefined,
      },
    ],
    defaultHierarchy: undefined,
  }
}

function makeConfig(hiera: Hiera, files: Files, path: string, layer: LayerKind): Config {
  const file = readData(hiera, files, path, 'yaml')
  if (!file) return version5(builtIn, undefined, layer)
  if (file.error)
    fail({
      ...lookupError([parseFailure(file)], file.error.span ? { span: file.error.span } : {}),
      ...(file.error.related ? { related: file.error.related } : {}),
    })
  const start = span(file.file, 0, 0)
  if (file.value?.kind !== 'hash')
    return {
      ...version3(file),
      warning: `${file.path}: File exists but does not contain a valid YAML hash. Falling back to Hiera version 3 default config`,
    }
  const version = hashGet(file.value, 'version')
  const number =
    version?.kind === 'integer'
      ? Number(version.value)
      : version?.kind === 'string'
        ? Number.parseInt(version.value, 10) || 0
        : version === undefined || version.kind === 'undef'
          ? 3
          : version.kind === 'float'
            ? Math.trunc(version.value)
            : 0
  const at = version?.origin.kind === 'literal' ? version.origin.span : start
  switch (number) {
    case 5:
      return version5(file.value, file, layer)
    case 4:
      if (layer === 'global')
        fail(configError(['hiera.yaml version 4 cannot be used in the global layer'], { span: at }))
      return version4(file.value, file)
    case 3:
      return version3(file)
    default:
      return fail(configError([`This runtime does not support hiera.yaml version ${number}`], { span: at }))
  }
}

/** Version 3 is named, not searched: Puppet has it for the global layer only, and deprecated. */
function version3(file: DataFile): Config {
  const deprecation = `${file.path}: Use of 'hiera.yaml' version 3 is deprecated. It should be converted to version 5`
  const first = file.value?.kind === 'hash' ? file.value.entries.values().next().value : undefined
  const at = first?.key.origin.kind === 'literal' ? first.key.origin.span : span(file.file, 0, 0)
  return { version: 3, path: file.path, deprecation, span: at, hierarchy: [], defaultHierarchy: undefined }
}

/** Psych's complaint with the file's name before it, as Puppet words it. */
export function parseFailure(file: DataFile): string {
  const { code = '', message = '' } = file.error ?? {}
  return /^hiera\/yaml-(?:syntax|alias)/.test(code) || /^Tried to load/.test(message)
    ? `(${file.path}): ${message}`
    : message
}

/** Without what stands there and says nothing (`hierarchy:` alone), as Puppet fills in its own before it checks. */
function withoutEmpty(config: HashValue, names: readonly string[]): HashValue {
  const entries = new Map(config.entries)
  for (const name of names) {
    const value = hashGet(config, name)
    if (value?.kind === 'undef' || (value?.kind === 'boolean' && !value.value)) entries.delete(`'${name}`)
  }
  return { ...config, entries }
}

function version5(given: HashValue, file: DataFile | undefined, layer: LayerKind): Config {
  const config = withoutEmpty(given, ['defaults', 'hierarchy'])
  assertInstance(`The Lookup Configuration at '${file?.path ?? ''}'`, configType5, config)
  const defaults = hashOrNone(hashGet(config, 'defaults'))
  if (defaults) checkDefaults(defaults)
  const hierarchy = listOf(hashGet(config, 'hierarchy') ?? hashGet(builtIn, 'hierarchy'))
  const implied = defaults ?? hash([[text('data_hash'), text('yaml_data')]], unknownOrigin)
  for (const entry of hierarchy) checkEntry(entry, implied, layer)
  for (const entry of listOf(hashGet(config, 'plan_hierarchy'))) checkEntry(entry, implied, layer)
  const fallback = config.entries.get("'default_hierarchy")
  if (fallback) {
    if (layer !== 'module')
      fail(configError(["'default_hierarchy' is only allowed in the module layer"], place(fallback.key)))
    for (const entry of listOf(fallback.value)) checkEntry(entry, implied, layer)
  }
  return {
    version: 5,
    path: file?.path,
    hierarchy: entries(hierarchy, implied),
    defaultHierarchy: fallback && entries(listOf(fallback.value), implied),
  }
}

function entries(list: readonly HashValue[], defaults: HashValue): ConfigEntry[] {
  const seen = new Map<string, Value>()
  return list.map((entry) => {
    const name = textOf(hashGet(entry, 'name'))
    refuseTwice(seen, name, hashGet(entry, 'name') as Value)
    const source = functionKeys.some((key) => hashGet(entry, key)) || hashGet(entry, 'v4_data_hash') ? entry : defaults
    const kind = [...functionKeys, 'v4_data_hash' as const].find((key) => hashGet(source, key)) ?? 'data_hash'
    const options = hashGet(entry, 'options') ?? hashGet(defaults, 'options')
    return {
      name,
      kind: kind as ProviderKind,
      functionName: textOf(hashGet(source, kind)),
      datadir: hashGet(entry, 'datadir') ?? hashGet(defaults, 'datadir') ?? text('data'),
      locations: locationsOf(entry),
      options: options?.kind === 'hash' ? options : undefined,
      span: entry.origin.kind === 'literal' ? entry.origin.span : undefined,
    }
  })
}

function refuseTwice(seen: Map<string, Value>, name: string, value: Value): void {
  const first = seen.get(name)
  if (first) {
    const line = first.origin.kind === 'literal' ? ` First defined at (line: ${lineOf(first.origin.span)})` : ''
    fail(configError([`Hierarchy name '${name}' defined more than once.${line}`], place(value)))
  }
  seen.set(name, value)
}

function locationsOf(entry: HashValue): Locations | undefined {
  const key = locationKeys.find((name) => hashGet(entry, name))
  if (!key) return undefined
  const value = hashGet(entry, key) as Value
  const list = value.kind === 'array' ? value.values : [value]
  switch (key) {
    case 'path':
    case 'paths':
      return { kind: 'paths', paths: list }
    case 'glob':
    case 'globs':
      return { kind: 'globs', globs: list }
    case 'uri':
    case 'uris':
      return { kind: 'uris', uris: list }
    case 'mapped_paths':
      return {
        kind: 'mapped-paths',
        variable: list[0] as Value,
        name: list[1] as Value,
        template: list[2] as Value,
      }
  }
}

const allFunctionKeys = 'data_hash, lookup_key, data_dig, or hiera3_backend'

function checkEntry(entry: HashValue, defaults: HashValue, layer: LayerKind): void {
  const name = textOf(hashGet(entry, 'name'))
  const has = (keys: readonly string[], of: HashValue = entry): number => keys.filter((key) => hashGet(of, key)).length
  const at = place(entry)
  const functions = has([...functionKeys, 'v4_data_hash'])
  if (functions === 0 && has(functionKeys, defaults) === 0)
    fail(configError([`One of ${allFunctionKeys} must be defined in hierarchy '${name}'`], at))
  if (functions > 1) fail(configError([`Only one of ${allFunctionKeys} can be defined in hierarchy '${name}'`], at))
  const legacy = entry.entries.get("'hiera3_backend")
  if (legacy) {
    if (layer !== 'global')
      fail(configError(["'hiera3_backend' is only allowed in the global layer"], place(legacy.key)))
    const backend = textOf(legacy.value)
    if (backend === 'json' || backend === 'yaml' || backend === 'hocon')
      fail(
        configError([`Use "data_hash: ${backend}_data" instead of "hiera3_backend: ${backend}"`], place(legacy.value)),
      )
    fail(
      configError([`The Hiera 3 back end '${backend}' of hierarchy '${name}' is not supported`], {
        ...place(legacy.value),
        remedy: 'Write it as a lookup_key or data_hash function of Hiera 5.',
      }),
    )
  }
  if (has(locationKeys) > 1)
    fail(
      configError(
        [`Only one of path, paths, glob, globs, uri, uris, or mapped_paths can be defined in hierarchy '${name}'`],
        at,
      ),
    )
  refuseReserved(
    hashGet(entry, 'options'),
    (key) => `Option key '${key}' used in hierarchy '${name}' is reserved by Puppet`,
  )
}

function checkDefaults(defaults: HashValue): void {
  if (functionKeys.filter((key) => hashGet(defaults, key)).length > 1)
    fail(configError([`Only one of ${allFunctionKeys} can be defined in defaults`], place(defaults)))
  refuseReserved(hashGet(defaults, 'options'), (key) => `Option key '${key}' used in defaults is reserved by Puppet`)
}

function refuseReserved(options: Value | undefined, message: (key: string) => string): void {
  if (options?.kind !== 'hash') return
  for (const key of ['path', 'uri']) {
    const entry = options.entries.get(`'${key}`)
    if (entry) fail(configError([message(key)], place(entry.key)))
  }
}

function version4(given: HashValue, file: DataFile): Config {
  const config = withoutEmpty(given, ['datadir', 'hierarchy'])
  assertInstance(`The Lookup Configuration at '${file.path}'`, configType4, config)
  const datadir = hashGet(config, 'datadir') ?? text('data')
  const seen = new Map<string, Value>()
  const list = config.entries.has("'hierarchy")
    ? listOf(hashGet(config, 'hierarchy'))
    : [
        hash(
          [
            [text('name'), text('common')],
            [text('backend'), text('yaml')],
          ],
          unknownOrigin,
        ),
      ]
  const hierarchy = list.map((entry): ConfigEntry => {
    const name = hashGet(entry, 'name') as Value
    refuseTwice(seen, textOf(name), name)
    const backend = hashGet(entry, 'backend') as Value
    const extension = { yaml: '.yaml', json: '.json', hocon: '.conf' }[textOf(backend)]
    if (!extension)
      fail(configError([`No data provider is registered for backend '${textOf(backend)}'`], place(backend)))
    const paths = hashGet(entry, 'paths')
    return {
      name: textOf(name),
      kind: 'data_hash',
      functionName: `${textOf(backend)}_data`,
      datadir: hashGet(entry, 'datadir') ?? datadir,
      locations: {
        kind: 'paths',
        paths: paths?.kind === 'array' ? paths.values : [hashGet(entry, 'path') ?? name],
        extension,
      },
      options: undefined,
      span: entry.origin.kind === 'literal' ? entry.origin.span : undefined,
    }
  })
  const deprecation = `${file.path}: Use of 'hiera.yaml' version 4 is deprecated. It should be converted to version 5`
  return { version: 4, path: file.path, deprecation, hierarchy, defaultHierarchy: undefined }
}

function place(value: Value): { span?: Span } {
  return value.origin.kind === 'literal' ? { span: value.origin.span } : {}
}
function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}
function hashOrNone(value: Value | undefined): HashValue | undefined {
  return value?.kind === 'hash' ? value : undefined
}
function listOf(value: Value | undefined): readonly HashValue[] {
  return value?.kind === 'array' ? value.values.filter((v) => v.kind === 'hash') : []
}
