import { posix } from 'node:path'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Entry, Files } from '../source/files.ts'
import { sourceFile } from '../source/source-file.ts'
import { attributeListing, readListing } from './attribute-listing.ts'
import { type Accounts, type Attributes, attributesOnDisk, readAccounts } from './deployed-attributes.ts'
import type { DeployedFile } from './file-change.ts'

const missingTree = define('error', 'deployed/missing-tree', (root: string) => `no deployed tree at '${root}'`)
const unreadable = define(
  'error',
  'deployed/unreadable',
  (path: string, reason: string) => `cannot read '${path}' of the deployed tree: ${reason}`,
)

export interface DeployedTreeOptions {
  /**
   * Where owner, group and mode come from. A copy of a node's files seldom keeps them: a git checkout knows no owner
   * and makes every mode 0644 or 0755, and only root can make files of other owners. So they are taken from the tree's
   * listing (`.rehearse-attributes`) alone, and are unknown without one. `disk` trusts the files themselves: for a
   * mounted snapshot, or a copy made by root with `rsync -a`.
   */
  readonly attributes?: 'listing' | 'disk'
}

/** The files of one node as they are now. Paths are the node's own, absolute. */
export interface DeployedTree {
  /** How people would name it. */
  readonly root: string
  /**
   * What is at a path. Links on the way to it are followed within the tree, as the node would; the last is not. Where
   * the disk refuses, the answer is `unreadable`, and a diagnostic tells why.
   */
  file(path: string): DeployedFile | undefined
  /** What kind of thing is at a path, without reading it; `undefined` also for what the disk refuses to tell. */
  kind(path: string): DeployedFile['kind'] | undefined
  /** The names in a directory, sorted; `undefined` where there is none. */
  list(path: string): readonly string[] | undefined
  /** What could not be read so far. */
  diagnostics(): readonly Diagnostic[]
}

/** Opens a directory that holds a node's files below their own paths (`etc/apache2/apache2.conf`). Nothing is written. */
export function openDeployedTree(files: Files, options: DeployedTreeOptions = {}): DeployedTree {
  const problems = new Map<string, Diagnostic>()
  let faults = 0
  const attempt = <T>(path: string, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      const reason = diskFault(error)
      if (reason === undefined) throw error
      problems.set(path, unreadable([path, reason]))
      faults++
      return undefined
    }
  }
  if (attempt('/', () => files.kind('')) !== 'directory' && problems.size === 0)
    problems.set('/', missingTree([files.root], { remedy: 'Name a directory that holds the files of a node.' }))

  let listing: ReadonlyMap<string, Attributes> | undefined
  const listed = (path: string): Attributes => {
    if (!listing) {
      const text = attempt(`/${attributeListing}`, () => files.text(attributeListing))
      const read = readListing(sourceFile(attributeListing, text ?? ''))
      for (const [i, problem] of read.diagnostics.entries()) problems.set(`/${attributeListing}:${i}`, problem)
      listing = read.entries
    }
    return listing.get(path) ?? {}
  }
  let accounts: Accounts | undefined
  const attributes = (path: string, entry: Entry): Attributes => {
    if (options.attributes !== 'disk') return listed(path)
    accounts ??= readAccounts((name) => attempt(`/${name}`, () => files.text(name)))
    return attributesOnDisk(entry, accounts)
  }

  const resolve = linkResolver(files, attempt)
  const file = (path: string): DeployedFile | undefined => {
    const earlier = faults
    const found = read(path)
    return found ?? (faults > earlier ? { path, kind: 'file', unreadable: true } : undefined)
  }
  const read = (path: string): DeployedFile | undefined => {
    const place = resolve(path)
    if (place === undefined) return undefined
    const entry = attempt(path, () => files.entry(place))
    if (!entry || entry.kind === 'other') return undefined
    const base = { path, kind: entry.kind, ...attributes(`/${place}`, entry) }
    if (entry.kind === 'link') return { ...base, ...(entry.target !== undefined ? { target: entry.target } : {}) }
    if (entry.kind === 'directory') return base
    const bytes = attempt(path, () => files.bytes(place))
    if (!bytes) return undefined
    const text = decode(bytes)
    return text === undefined ? { ...base, bytes } : { ...base, source: sourceFile(path.replace(/^\/+/, ''), text) }
  }
  return {
    root: files.root,
    file,
    kind: (path) => {
      const place = resolve(path)
      const kind = place === undefined ? undefined : attempt(path, () => files.entry(place))?.kind
      return kind === 'other' ? undefined : kind
    },
    list: (path) => {
      const place = resolve(posix.join(path, '.entry'))
      return place === undefined ? undefined : attempt(path, () => files.list(posix.dirname(place)))
    },
    diagnostics: () => [...problems.values()],
  }
}

type Attempt = <T>(path: string, read: () => T) => T | undefined

const mostLinks = 40

/** Finds the place in the tree of a node's path: absolute targets of links count from the tree's root. */
function linkResolver(files: Files, attempt: Attempt): (path: string) => string | undefined {
  const directories = new Map<string, string | undefined>([['', '']])
  const directory = (path: string, links: number): string | undefined => {
    if (directories.has(path)) return directories.get(path)
    const parent = directory(parentOf(path), links)
    const place = parent === undefined ? undefined : follow(inside(parent, posix.basename(path)), links)
    directories.set(path, place)
    return place
  }
  const follow = (place: string, links: number): string | undefined => {
    const entry = attempt(`/${place}`, () => files.entry(place))
    if (entry?.kind !== 'link') return place
    if (links >= mostLinks || entry.target === undefined) return undefined
    const target = posix.resolve('/', parentOf(place), entry.target).slice(1)
    return directory(target, links + 1)
  }
  return (path) => {
    const plain = posix.resolve('/', path).slice(1)
    const parent = directory(parentOf(plain), 0)
    return parent === undefined ? undefined : inside(parent, posix.basename(plain))
  }
}

function parentOf(path: string): string {
  const parent = posix.dirname(path)
  return parent === '.' || parent === '/' ? '' : parent
}

function inside(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}

/** The text of bytes that are UTF-8 without NUL; `undefined` for anything else. */
function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function diskFault(error: unknown): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'EIO':
      return 'input/output error'
    case 'ELOOP':
      return 'too many levels of links'
    case 'EISDIR':
      return 'is a directory'
    case 'EMFILE':
    case 'ENFILE':
      return 'too many open files'
    case 'ENAMETOOLONG':
      return 'file name too long'
    default:
      return undefined
  }
}
