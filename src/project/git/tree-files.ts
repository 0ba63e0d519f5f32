import { posix } from 'node:path'
import type { Entry, EntryKind, Files } from '../../source/files.ts'
import { normalise } from '../../source/files.ts'

/** A file or link of a tree that is read as a whole: a commit's, an archive's. */
export interface TreeEntry {
  readonly kind: 'file' | 'link'
  readonly mode: number
  /** Numbers of user and group, where the store knows them. */
  readonly owner?: number
  readonly group?: number
  /** The id of its content; equal ids mean equal content. */
  readonly id: string
  /** Bytes. */
  readonly size: number
  /** The directory of the repository that holds the content: the repository's own, or a submodule's. */
  readonly store: string
}

const mostLinks = 40

/**
 * The files of a tree by their paths, as `Files`. Links lead to places within the tree only. `content` gives the bytes
 * of an entry; `root` is how people name the tree's root; `empty` are directories that are there without files.
 */
export function treeFiles(
  root: string,
  entries: ReadonlyMap<string, TreeEntry>,
  content: (entry: TreeEntry) => Uint8Array,
  empty: Iterable<string> = [],
): Files {
  const directories = directoriesOf(entries.keys())
  for (const path of empty) addDirectory(path, directories)
  const targetOf = (entry: TreeEntry): string => new TextDecoder().decode(content(entry))
  const locate = (path: string, links = 0): string | undefined => {
    const inside = normalise(path)
    if (inside === undefined || links > mostLinks) return undefined
    if (inside === '' || directories.has(inside)) return inside
    const direct = entries.get(inside)
    if (direct?.kind === 'file') return inside
    let at = ''
    const parts = inside.split('/')
    for (const [i, part] of parts.entries()) {
      const next = at === '' ? part : `${at}/${part}`
      const entry = entries.get(next)
      if (entry?.kind === 'link') {
        const target = targetOf(entry)
        if (target.startsWith('/')) return undefined
        return locate([at, target, ...parts.slice(i + 1)].filter((piece) => piece !== '').join('/'), links + 1)
      }
      if (!entry && !directories.has(next)) return undefined
      at = next
    }
    return at
  }
  const fileAt = (path: string): TreeEntry | undefined => {
    const place = locate(path)
    const entry = place === undefined ? undefined : entries.get(place)
    return entry?.kind === 'file' ? entry : undefined
  }
  const bytes = (path: string): Uint8Array | undefined => {
    const entry = fileAt(path)
    return entry && content(entry)
  }
  return {
    root,
    bytes,
    text: (path) => {
      const found = bytes(path)
      return found && new TextDecoder('utf-8', { ignoreBOM: true }).decode(found)
    },
    kind: (path): EntryKind | undefined => {
      const place = locate(path)
      if (place === undefined) return undefined
      return directories.has(place) ? 'directory' : entries.get(place)?.kind
    },
    entry: (path): Entry | undefined => {
      const inside = normalise(path)
      if (inside === undefined) return undefined
      const parent = locate(posix.dirname(inside))
      if (parent === undefined) return undefined
      const place = inside === '' ? '' : parent === '' ? posix.basename(inside) : `${parent}/${posix.basename(inside)}`
      const found = entries.get(place)
      if (!found) return directories.has(place) ? { kind: 'directory' } : undefined
      return found.kind === 'link'
        ? { kind: 'link', target: targetOf(found) }
        : {
            kind: 'file',
            mode: found.mode,
            size: found.size,
            ...(found.owner === undefined ? {} : { owner: found.owner }),
            ...(found.group === undefined ? {} : { group: found.group }),
          }
    },
    list: (path) => {
      const place = locate(path)
      const names = place === undefined ? undefined : directories.get(place)
      return names && [...names].sort()
    },
  }
}

type Directories = Map<string, Set<string>>

function directoriesOf(paths: Iterable<string>): Directories {
  const directories: Directories = new Map([['', new Set()]])
  for (const path of paths) addToParents(path, directories)
  return directories
}

function addDirectory(path: string, directories: Directories): void {
  if (directories.has(path)) return
  directories.set(path, new Set())
  addToParents(path, directories)
}

function addToParents(path: string, directories: Directories): void {
  for (let at = path; at !== ''; ) {
    const cut = at.lastIndexOf('/')
    const parent = cut < 0 ? '' : at.slice(0, cut)
    const name = at.slice(cut + 1)
    const names = directories.get(parent)
    // A parent that is known already has its own ancestors in place.
    if (names) {
      names.add(name)
      return
    }
    directories.set(parent, new Set([name]))
    at = parent
  }
}
