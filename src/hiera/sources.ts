import type { Diagnostic } from '../source/diagnostic.ts'
import { type Files, normalise } from '../source/files.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import type { Value } from '../value/value.ts'
import type { Config } from './config.ts'
import { glob } from './glob.ts'
import { parseHocon } from './hocon.ts'
import { parseJson } from './json.ts'
import { notUtf8, tooLarge } from './problems.ts'
import { parseYaml, type YamlResult } from './yaml.ts'

interface HieraModule {
  readonly name: string
  readonly files: Files
  /** How people are shown the module's directory: `site/profile`; its files' root where left out. */
  readonly shown?: string
}

/** Everything that Hiera may read. */
export interface HieraSources {
  /** The environment's directory. */
  readonly files: Files
  readonly environment: string
  readonly modules: readonly HieraModule[]
  /** The global layer's hiera.yaml, and the directory that it stands in. */
  readonly global?: { readonly files: Files; readonly path: string }
  /** The text of an eyaml key by the path that an option of hiera.yaml gives it; keys inside the repo are found without. */
  readonly eyamlKey?: (path: string, option: string) => string | undefined
  /** Variables of the environment that hiera.yaml may name for eyaml's keys; none where left out. */
  readonly environmentVariable?: (name: string) => string | undefined
  /** What becomes of encrypted values whose keys are not here: an error (default), or a mask and a finding. */
  readonly undecryptable?: 'fail' | 'mask'
}

/** Hiera over one environment. Parsed files are kept and shared by all nodes. */
export interface Hiera {
  readonly sources: HieraSources
  readonly modules: ReadonlyMap<string, HieraModule>
  readonly parsed: Map<Files, Map<string, DataFile | undefined>>
  readonly configs: Map<string, Config>
  /** Paths that were looked for, and whether there is something; files do not change during a run. */
  readonly existing: Map<Files, Map<string, boolean>>
  readonly globs: Map<Files, Map<string, readonly string[]>>
}

export type DataFormat = 'yaml' | 'json' | 'hocon'

/** A data file, read and parsed. */
export interface DataFile {
  readonly file: SourceFile
  /** Absolute, as Puppet prints it. */
  readonly path: string
  readonly value: Value | undefined
  /** The one that makes the file unreadable, and what else was noticed. */
  readonly error: Diagnostic | undefined
  readonly notes: readonly Diagnostic[]
  /** Values with their origins as Hiera's, by level and key. */
  readonly located: Map<string, Value>
}

/** Larger files are refused with a finding. */
const maximumSize = 32 * 1048576

export function openHiera(sources: HieraSources): Hiera {
  return {
    sources,
    modules: new Map(sources.modules.map((module) => [module.name, module])),
    parsed: new Map(),
    configs: new Map(),
    existing: new Map(),
    globs: new Map(),
  }
}

/** Joins a root and a path below it, as Puppet prints paths. */
export function absolute(files: Files, path: string): string {
  const inside = normalise(path) ?? path
  return inside === '' ? files.root : `${files.root.replace(/\/$/, '')}/${inside}`
}

/** The path below the root that a path of Puppet's names; `undefined` where it lies elsewhere. */
export function inside(files: Files, base: string, path: string): string | undefined {
  if (!path.startsWith('/')) return normalise(`${base}/${path}`)
  const root = files.root.replace(/\/$/, '')
  const clean = `/${normalise(path) ?? ''}`
  return clean === root ? '' : clean.startsWith(`${root}/`) ? clean.slice(root.length + 1) : undefined
}

function remembered<T>(store: Map<Files, Map<string, T>>, files: Files, key: string, find: () => T): T {
  let known = store.get(files)
  if (!known) {
    known = new Map()
    store.set(files, known)
  }
  const found = known.get(key)
  if (found !== undefined || known.has(key)) return found as T
  const made = find()
  known.set(key, made)
  return made
}

export function exists(hiera: Hiera, files: Files, path: string): boolean {
  return remembered(hiera.existing, files, path, () => files.kind(path) !== undefined)
}

/** The files that a glob pattern names. */
export function expandGlob(hiera: Hiera, files: Files, pattern: string): readonly string[] {
  return remembered(hiera.globs, files, pattern, () => glob(files, pattern))
}

/** A data file, parsed at the first question; `undefined` where there is none. */
export function readData(hiera: Hiera, files: Files, path: string, format: DataFormat): DataFile | undefined {
  return remembered(hiera.parsed, files, `${format} ${path}`, () => parseFile(hiera, files, path, format))
}

function parseFile(hiera: Hiera, files: Files, path: string, format: DataFormat): DataFile | undefined {
  const shown = shownPath(hiera, files, path)
  const printed = absolute(files, path)
  const unread = sourceFile(shown, '')
  const failed = (error: Diagnostic): DataFile => ({
    file: unread,
    path: printed,
    value: undefined,
    error: { ...error, span: { file: unread, start: 0, end: 0 } },
    notes: [],
    located: new Map(),
  })
  const size = files.entry(path)?.size ?? 0
  if (size > maximumSize) return failed(tooLarge([printed, size, maximumSize]))
  const bytes = files.bytes(path)
  if (!bytes) return undefined
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return failed(notUtf8([printed]))
  }
  const file = sourceFile(shown, text)
  const { value, diagnostics } = parsers[format](file)
  return {
    file,
    path: printed,
    value,
    error: diagnostics.find((d) => d.severity === 'error'),
    notes: diagnostics.filter((d) => d.severity !== 'error'),
    located: new Map(),
  }
}

const parsers: Readonly<Record<DataFormat, (file: SourceFile) => YamlResult>> = {
  yaml: parseYaml,
  json: parseJson,
  hocon: parseHocon,
}

/** The path as people are shown it: relative to the environment where it lies inside it. */
export function shownPath(hiera: Hiera, files: Files, path: string): string {
  if (files === hiera.sources.files) return path
  for (const module of hiera.sources.modules)
    if (module.files === files) return `${(module.shown ?? files.root).replace(/\/$/, '')}/${path}`
  return absolute(files, path)
}
