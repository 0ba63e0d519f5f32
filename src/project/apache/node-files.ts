import { posix } from 'node:path'
import { moduleOfLoadFile } from '../../apache/loaded-modules.ts'
import type { RenderedFile } from '../../catalog/rendered-file.ts'
import type { DeployedTree } from '../../diff/deployed-tree.ts'
import type { DeployedFile } from '../../diff/file-change.ts'
import { outcomeOf } from '../../diff/outcome.ts'
import { purgedBy } from '../../diff/recursion.ts'
import type { Entry, EntryKind, Files } from '../../source/files.ts'
import { type SourceFile, sourceFile } from '../../source/source-file.ts'
import type { Layout } from './layouts.ts'

/** What is at a path of a node once Puppet has run there. */
export interface NodeEntry {
  readonly from: 'catalog' | 'deployed' | 'package'
  readonly kind: 'file' | 'directory' | 'link'
  readonly source?: SourceFile
  readonly bytes?: Uint8Array
  readonly target?: string
  readonly rendered?: RenderedFile
}

/** The files of a node below `/`: the catalog's over the deployed tree's over those of httpd's package. */
export interface NodeFiles extends Files {
  /** Whether there is evidence that a path is there, or that it is not. */
  knows(path: string): boolean
  /** What is at a path; links are not followed at the last place. */
  at(path: string): NodeEntry | undefined
  /** The path that links lead to; `undefined` where one leads nowhere or in circles. */
  resolve(path: string): string | undefined
}

const mostLinks = 40
const loadsModules = /\/(?:mods-enabled|conf\.modules\.d|sysconfig\.d)\/[^/]+$/

export function nodeFiles(
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  layout: Layout | undefined,
): NodeFiles {
  const rendered = new Map(files.map((file) => [file.path, file]))
  const children = new Map<string, Set<string>>()
  for (const file of files) {
    if (file.kind === 'absent') continue
    addPath(children, file.path)
  }
  const packaged = packageEntries(layout)
  const kept = new Map<string, NodeEntry | undefined>()
  const hasDeployedConfiguration = layout !== undefined && deployed?.file(layout.main) !== undefined

  const isPurged = (path: string): boolean => {
    const kind = deployed?.kind(path) ?? packaged.entries.get(path)?.kind
    return purgedBy(path, kind === 'directory', rendered) !== undefined
  }
  const deployedNames = (directory: string): readonly string[] => deployed?.list(directory) ?? []
  const find = (path: string): NodeEntry | undefined => {
    const file = rendered.get(path)
    const there = deployed?.file(path)
    if (file && there && !there.unreadable && keeps(there, file)) return fromDeployed(there)
    if (file) {
      const entry = file.kind === 'absent' ? undefined : fromCatalog(file, there?.source)
      const withoutText = entry?.kind === 'file' && !entry.source && !entry.bytes
      return withoutText ? { ...moduleFile(path), ...entry } : entry
    }
    if (children.has(path)) return { from: 'catalog', kind: 'directory' }
    if (isPurged(path)) return undefined
    if (there && !there.unreadable) return fromDeployed(there)
    const shipped = packaged.entries.get(path)
    if (!shipped) return path === '/' ? { from: 'package', kind: 'directory' } : availableModule(path)
    // A deployed tree that tells some of the modules tells all of them.
    return loadsModules.test(path) && deployedNames(parentOf(path)).length > 0 ? undefined : shipped
  }
  const at = (path: string): NodeEntry | undefined => {
    if (!kept.has(path)) kept.set(path, find(path))
    return kept.get(path)
  }
  const places = new Map<string, string | undefined>()
  const resolve = (path: string, links = 0): string | undefined => {
    const plain = absolutePath(path)
    if (plain === '/') return plain
    if (places.has(plain)) return places.get(plain)
    const parent = resolve(parentOf(plain), links)
    let place = parent === undefined ? undefined : join(parent, posix.basename(plain))
    const entry = place === undefined ? undefined : at(place)
    if (entry?.kind === 'link' && place !== undefined)
      place =
        entry.target === undefined || links >= mostLinks
          ? undefined
          : resolve(posix.resolve(parentOf(place), entry.target), links + 1)
    if (links === 0) places.set(plain, place)
    return place
  }
  const follow = (path: string): NodeEntry | undefined => {
    const place = resolve(path)
    return place === undefined ? undefined : at(place)
  }
  const list = (path: string): readonly string[] | undefined => {
    const place = resolve(path)
    if (place === undefined || at(place)?.kind !== 'directory') return undefined
    const names = new Set(children.get(place))
    for (const name of deployedNames(place)) names.add(name)
    for (const name of packaged.children.get(place) ?? []) names.add(name)
    return [...names].filter((name) => at(join(place, name)) !== undefined).sort()
  }
  const knows = (path: string): boolean => {
    const place = resolve(path) ?? absolutePath(path)
    if (rendered.has(place) || at(place) !== undefined || isPurged(place)) return true
    // A deployed tree with the main file and others of this directory has its configuration whole.
    if (!hasDeployedConfiguration || !layout || !/\.(?:conf|load)$|[*?[]/.test(place)) return false
    return place.startsWith(`${layout.directory}/`) && deployedNames(parentOf(place)).length > 0
  }
  return {
    root: '/',
    at: (path) => at(absolutePath(path)),
    resolve,
    knows: (path) => knows(path),
    kind: (path): EntryKind | undefined => follow(path)?.kind,
    text: (path) => {
      const entry = follow(path)
      return entry?.source?.text ?? (entry?.bytes ? new TextDecoder().decode(entry.bytes) : undefined)
    },
    bytes: (path) => {
      const entry = follow(path)
      return entry?.bytes ?? (entry?.source ? new TextEncoder().encode(entry.source.text) : undefined)
    },
    entry: (path): Entry | undefined => {
      const parent = resolve(parentOf(absolutePath(path)))
      const entry = parent === undefined ? undefined : at(join(parent, posix.basename(path)))
      return entry && { kind: entry.kind, ...(entry.target === undefined ? {} : { target: entry.target }) }
    },
    list,
  }
}

/** Whether a run leaves what is there as it is, but for owner, group and mode. */
function keeps(there: DeployedFile, file: RenderedFile): boolean {
  return file.noop === true || !['made', 'removed'].includes(outcomeOf(there, file))
}

function fromDeployed({ kind, source, bytes, target }: DeployedFile): NodeEntry {
  const content = { ...(source ? { source } : {}), ...(bytes ? { bytes } : {}) }
  return { from: 'deployed', kind, ...content, ...(target === undefined ? {} : { target }) }
}

/** A file of which the catalog sets no content keeps the content that it has. */
function fromCatalog(file: RenderedFile, deployedSource: SourceFile | undefined): NodeEntry {
  const kind = file.kind === 'absent' ? 'file' : file.kind
  const source = kind === 'file' && !file.source && !file.bytes ? deployedSource : file.source
  return {
    from: 'catalog',
    kind,
    rendered: file,
    ...(source ? { source } : {}),
    ...(file.bytes ? { bytes: file.bytes } : {}),
    ...(file.target === undefined ? {} : { target: file.target }),
  }
}

/** What Debian's packages keep for modules that are not enabled. */
function availableModule(path: string): NodeEntry | undefined {
  return path.includes('/mods-available/') ? moduleFile(path) : undefined
}

function moduleFile(path: string): NodeEntry | undefined {
  const [, name, kind] = /\/mods-(?:available|enabled)\/([\w.-]+)\.(load|conf)$/.exec(path) ?? []
  if (name === undefined) return undefined
  const text = kind === 'load' ? `LoadModule ${moduleOfLoadFile(name)}_module mod_${name}.so\n` : ''
  return { from: 'package', kind: 'file', source: sourceFile(path.slice(1), text) }
}

interface Packaged {
  readonly entries: ReadonlyMap<string, NodeEntry>
  readonly children: ReadonlyMap<string, ReadonlySet<string>>
}

const packages = new WeakMap<Layout, Packaged>()

function packageEntries(layout: Layout | undefined): Packaged {
  if (!layout) return { entries: new Map(), children: new Map() }
  const known = packages.get(layout)
  if (known) return known
  const entries = new Map<string, NodeEntry>()
  const children = new Map<string, Set<string>>()
  for (const [path, text] of layout.files)
    entries.set(path, { from: 'package', kind: 'file', source: sourceFile(path.slice(1), text) })
  for (const [path, target] of layout.links) entries.set(path, { from: 'package', kind: 'link', target })
  for (const path of layout.directories) entries.set(path, { from: 'package', kind: 'directory' })
  for (const path of entries.keys()) addPath(children, path)
  for (const path of children.keys()) if (!entries.has(path)) entries.set(path, { from: 'package', kind: 'directory' })
  const made = { entries, children }
  packages.set(layout, made)
  return made
}

function addPath(children: Map<string, Set<string>>, path: string): void {
  for (let at = path; at !== '/'; at = parentOf(at)) {
    const parent = parentOf(at)
    const names = children.get(parent)
    if (names) {
      names.add(posix.basename(at))
      // Its own parents are there already.
      return
    }
    children.set(parent, new Set([posix.basename(at)]))
  }
}

function absolutePath(path: string): string {
  return posix.resolve('/', path)
}

function parentOf(path: string): string {
  return posix.dirname(path)
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`
}
