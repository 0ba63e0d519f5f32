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

/** The files below a directory of this machine. Links inside may lead to anywhere below `allowed` (default: the directory). */
export function diskFiles(root: string, allowed: readonly string[] = [root]): Files {
  const roots = allowed.map((r) => real(r) ?? r)
  const locate = (path: string): string | undefined => {
    const inside = normalise(path)
    if (inside === undefined) return undefined
    const full = inside === '' ? root : join(root, inside)
    const resolved = real(full)
    return resolved !== undefined &&
      roots.some((r) => resolved === r || resolved.startsWith(r.endsWith('/') ? r : `${r}/`))
      ? full
      : undefined
  }
  const bytes = (path: string): Uint8Array | undefined => {
    const full = locate(path)
    return full !== undefined && kindOf(full) === 'file' ? readFileSync(full) : undefined
  }
  const kindOf = (full: string): EntryKind => kindFrom(statSync(full))
  return {
    root,
    bytes,
    text: (path) => {
      const content = bytes(path)
      return content && new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    },
    kind: (path) => {
      const full = locate(path)
      return full === undefined ? undefined : kindOf(full)
    },
    entry: (path) => {
      const inside = normalise(path)
      if (inside === undefined) return undefined
      const parent = locate(posix.dirname(inside))
      if (parent === undefined) return undefined
      try {
        const full = join(root, inside)
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
    },
    list: (path) => {
      const full = locate(path)
      return full === undefined || kindOf(full) !== 'directory' ? undefined : readdirSync(full).sort()
    },
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
