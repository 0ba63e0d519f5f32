import { posix } from 'node:path'
import type { Entry, EntryKind, Files } from '../../source/files.ts'
import { normalise } from '../../source/files.ts'

/** A file or link of a tree in git. */
export interface TreeEntry {
  readonly kind: 'file' | 'link'
  readonly mode: number
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
 * of an entry; `root` is how people name the tree's root.
 */
export function treeFiles(
  root: string,
  entries: ReadonlyMap<string, TreeEntry>,
  content: (entry: TreeEntry) => Uint8Array,
): Files {
  const directories = directoriesOf(entries.keys())
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
        : { kind: 'file', mode: found.mode, size: found.size }
    },
    list: (path) => {
      const place = locate(path)
      const names = place === undefined ? undefined : directories.get(place)
      return names && [...names].sort()
    },
  }
}

function directoriesOf(paths: Iterable<string>): Map<string, Set<string>> {
  const directories = new Map<string, Set<string>>([['', new Set()]])
  for (const path of paths) {
    for (let at = path; at !== ''; ) {
      const cut = at.lastIndexOf('/')
      const parent = cut < 0 ? '' : at.slice(0, cut)
      const names = directories.get(parent)
      const name = at.slice(cut + 1)
      // A parent that is known already has its own ancestors in place.
      if (names) {
        names.add(name)
        break
      }
      directories.set(parent, new Set([name]))
      at = parent
    }
  }
  return directories
}
