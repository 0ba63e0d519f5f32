import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

export type EntryKind = 'file' | 'directory' | 'link' | 'other'

export interface Entry {
  readonly kind: EntryKind
  /** Permission bits, as `0o644`; undefined where the store has none. */
  readonly mode?: number
  readonly owner?: number
  readonly group?: number
  /** Where a link points, unresolved. */
  readonly target?: string
  /** Bytes. */
  readonly size?: number
}

/**
 * The only door to files: a read-only tree with `/`-separated paths below a root of its own.
 * A path that would leave the root (through `..` or a link) answers as if it were not there.
 * Questions throw for nothing but faults of the disk; `undefined` means "not there".
 */
export interface Files {
  /** How people would name the root; joined with a path, it names a file. */
  readonly root: string
  bytes(path: string): Uint8Array | undefined
  /** UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
  text(path: string): string | undefined
  /** Follows links. */
  kind(path: string): EntryKind | undefined
  /** Does not follow a link at the last place. */
  entry(path: string): Entry | undefined
  /** Names in a directory, sorted by code unit; `undefined` where there is no such directory. */
  list(path: string): readonly string[] | undefined
}

/**
 * The files below a directory of this machine. Links inside may lead to anywhere below `allowed` (default: the directory).
 * What is where is asked of the disk once: a run sees one state, and most questions are about files that are not there.
 */
export function diskFiles(root: string, allowed: readonly string[] = [root]): Files {
  const roots = allowed.map((r) => real(r) ?? r)
  const found = new Map<string, Found | undefined>()
  const listings = new Map<string, ReadonlySet<string> | undefined>()

  const find = (inside: string): Found | undefined => {
    if (!found.has(inside)) found.set(inside, look(inside))
    return found.get(inside)
  }
  const look = (inside: string): Found | undefined => {
    if (inside !== '') {
      const parent = parentOf(inside)
      if (find(parent)?.kind !== 'directory') return undefined
      const names = listing(parent)
      if (names && !names.has(posix.basename(inside))) return undefined
    }
    const full = inside === '' ? root : join(root, inside)
    const resolved = real(full)
    if (resolved === undefined || !roots.some((r) => isBelow(resolved, r))) return undefined
    return { full, kind: kindFrom(statSync(full)) }
  }
  /** `undefined` where the directory may be passed but not read. */
  const listing = (inside: string): ReadonlySet<string> | undefined => {
    if (!listings.has(inside)) listings.set(inside, readNames(inside === '' ? root : join(root, inside)))
    return listings.get(inside)
  }
  const locate = (path: string): Found | undefined => {
    const inside = normalise(path)
    return inside === undefined ? undefined : find(inside)
  }
  const bytes = (path: string): Uint8Array | undefined => {
    const at = locate(path)
    return at?.kind === 'file' ? readFileSync(at.full) : undefined
  }
  return {
    root,
    bytes,
    text: (path) => {
      const content = bytes(path)
      return content && new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    },
    kind: (path) => locate(path)?.kind,
    entry: (path) => {
      const inside = normalise(path)
      if (inside === undefined || find(parentOf(inside)) === undefined) return undefined
      return entryAt(join(root, inside))
    },
    list: (path) => {
      const inside = normalise(path)
      const at = inside === undefined ? undefined : find(inside)
      return at?.kind === 'directory' ? readdirSync(at.full).sort() : undefined
    },
  }
}

interface Found {
  readonly full: string
  readonly kind: EntryKind
}

function parentOf(inside: string): string {
  const cut = inside.lastIndexOf('/')
  return cut < 0 ? '' : inside.slice(0, cut)
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`)
}

function readNames(directory: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(directory))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return undefined
    throw error
  }
}

function entryAt(full: string): Entry | undefined {
  try {
    const stat = lstatSync(full)
    const kind = kindFrom(stat)
    return {
      kind,
      mode: stat.mode & 0o7777,
      owner: stat.uid,
      group: stat.gid,
      size: stat.size,
      ...(kind === 'link' ? { target: readlinkSync(full) } : {}),
    }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** The part of a tree below one of its directories. */
export function below(files: Files, directory: string): Files {
  const at = (path: string): string => (path === '' ? directory : `${directory}/${path}`)
  return {
    root: join(files.root, directory),
    bytes: (path) => files.bytes(at(path)),
    text: (path) => files.text(at(path)),
    kind: (path) => files.kind(at(path)),
    entry: (path) => files.entry(at(path)),
    list: (path) => files.list(at(path)),
  }
}

/** A tree out of memory, for tests, batch modes and rendered files. */
export function memoryFiles(root: string, contents: ReadonlyMap<string, string | Uint8Array>): Files {
  const files = new Map<string, string | Uint8Array>()
  const directories = new Map<string, Set<string>>([['', new Set()]])
  for (const [path, content] of contents) {
    const inside = normalise(path)
    if (inside === undefined || inside === '') continue
    files.set(inside, content)
    let at = inside
    while (at !== '') {
      const cut = at.lastIndexOf('/')
      const parent = cut < 0 ? '' : at.slice(0, cut)
      const names = directories.get(parent) ?? new Set()
      names.add(at.slice(cut + 1))
      directories.set(parent, names)
      at = parent
    }
  }
  const kind = (path: string): EntryKind | undefined => {
    const inside = normalise(path)
    if (inside === undefined) return undefined
    return files.has(inside) ? 'file' : directories.has(inside) ? 'directory' : undefined
  }
  const content = (path: string) => files.get(normalise(path) ?? '')
  return {
    root,
    bytes: (path) => {
      const found = content(path)
      return typeof found === 'string' ? new TextEncoder().encode(found) : found
    },
    text: (path) => {
      const found = content(path)
      return found === undefined || typeof found === 'string' ? found : new TextDecoder().decode(found)
    },
    kind,
    entry: (path) => {
      const found = kind(path)
      return found && { kind: found }
    },
    list: (path) => {
      const names = directories.get(normalise(path) ?? '\0')
      return names && [...names].sort()
    },
  }
}

/** `a/./b//c` → `a/b/c`; `undefined` for a path that climbs out or holds a NUL. Absolute paths count from the root. */
export function normalise(path: string): string | undefined {
  if (path.includes('\0')) return undefined
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else parts.push(part)
  }
  return parts.join('/')
}

function kindFrom(stat: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryKind {
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'link' : 'other'
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP'
}
