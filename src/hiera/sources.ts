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
  /** Data files that functions of code read by themselves, parsed for the places of what stands in them. */
  readonly besides: Map<Files, Map<string, DataFile | undefined>>
  readonly configs: Map<string, Config>
  /** What data functions made of files (`cached_file_data`), by path. */
  readonly fileData: Map<string, Value>
  /** Paths that were looked for, and whether there is something; files do not change during a run. */
  readonly existing: Map<Files, Map<string, boolean>>
  readonly globs: Map<Files, Map<string, readonly string[]>>
  readonly links: Map<Files, Map<string, DeadLink | undefined>>
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
    besides: new Map(),
    fileData: new Map(),
    configs: new Map(),
    existing: new Map(),
    globs: new Map(),
    links: new Map(),
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

/** A link on the way to a file that leads nowhere, or out of what may be read. */
export interface DeadLink {
  readonly path: string
  readonly target: string
}

export function deadLink(hiera: Hiera, files: Files, path: string): DeadLink | undefined {
  return remembered(hiera.links, files, path, () => {
    const parts = path.split('/')
    const missing = parts.findIndex((_, i) => !exists(hiera, files, parts.slice(0, i + 1).join('/')))
    const first = parts.slice(0, missing + 1).join('/')
    const target = files.entry(first)?.target
    return target === undefined ? undefined : { path: first, target }
  })
}

/** The files that a glob pattern names. */
export function expandGlob(hiera: Hiera, files: Files, pattern: string): readonly string[] {
  return remembered(hiera.globs, files, pattern, () => glob(files, pattern))
}

/** A data file, parsed at the first question; `undefined` where there is none. */
export function readData(hiera: Hiera, files: Files, path: string, format: DataFormat): DataFile | undefined {
  return remembered(hiera.parsed, files, `${format} ${path}`, () => parseFile(hiera, files, path, format))
}

/** The same for a file that code reads, of which nothing is told but where its data stand. */
export function readBesides(hiera: Hiera, files: Files, path: string, format: DataFormat): DataFile | undefined {
  const name = `${format} ${path}`
  return (
    hiera.parsed.get(files)?.get(name) ??
    remembered(hiera.besides, files, name, () => parseFile(hiera, files, path, format))
  )
}

function parseFile(hiera: Hiera, files: Files, path: string, format: DataFormat): DataFile | undefined {
  const shown = shownPath(hiera, files, path)
  const printed = absolute(files, path)
  const failed = (error: Diagnostic, text = '', at = 0): DataFile => {
    const file = sourceFile(shown, text)
    return {
      file,
      path: printed,
      value: undefined,
      error: { ...error, span: { file, start: at, end: Math.min(at + 1, text.length) } },
      notes: [],
      located: new Map(),
    }
  }
  const size = files.entry(path)?.size ?? 0
  if (size > maximumSize) return failed(tooLarge([printed, size, maximumSize]))
  const bytes = files.bytes(path)
  if (!bytes) return undefined
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    return failed(notUtf8([printed]), lossy, firstReplaced(lossy, bytes))
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

/** Where the first bytes were that no text has: a replacement character that the bytes do not hold themselves. */
function firstReplaced(lossy: string, bytes: Uint8Array): number {
  let offset = 0
  let from = 0
  for (let at = lossy.indexOf('\ufffd'); at >= 0; at = lossy.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(lossy.slice(from, at))
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at
    from = at
  }
  return 0
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
