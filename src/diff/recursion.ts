import type { RenderedFile } from '../catalog/rendered-file.ts'
import { matchesFilePattern } from '../source/file-pattern.ts'
import type { DeployedTree } from './deployed-tree.ts'

/** What a catalog has at each path. */
export type Named = ReadonlyMap<string, RenderedFile>

/**
 * The directory whose purging removes an entry of the node that the catalog does not name; `undefined` where none does.
 * Directories go only with `force`, and then with all that they hold.
 */
export function purgedBy(path: string, isDirectory: boolean, named: Named): RenderedFile | undefined {
  const owner = ownerOf(path, named)
  if (!owner?.recursion?.purge) return undefined
  const parts = path.slice(owner.path.length).split('/').filter(Boolean)
  let at = owner.path.replace(/\/$/, '')
  for (const [i, part] of parts.entries()) {
    if (!reaches(owner, part, i + 1)) return undefined
    at = `${at}/${part}`
    if (named.has(at)) continue
    if (owner.force || (i === parts.length - 1 && !isDirectory)) return owner
  }
  return undefined
}

/** The nearest resource of its own above a path, if it recurses. */
function ownerOf(path: string, named: Named): RenderedFile | undefined {
  for (let at = parentOf(path); ; at = parentOf(at)) {
    const found = named.get(at)
    if (found && !found.copied) return found.kind === 'directory' && found.recursion ? found : undefined
    if (at === '/') return undefined
  }
}

function reaches({ recursion }: RenderedFile, name: string, depth: number): boolean {
  if (!recursion || depth > (recursion.limit ?? Number.POSITIVE_INFINITY)) return false
  return !recursion.ignore.some((pattern) => matchesFilePattern(pattern, name))
}

/** An entry of a node below a directory that recurses, and what happens to it. */
export interface Reached {
  readonly path: string
  readonly action: 'remove' | 'adjust'
}

/** What a directory's recursion does to entries that the catalog does not name, in order of their paths. */
export function* reachedBy(directory: RenderedFile, named: Named, deployed: DeployedTree): Generator<Reached> {
  const { recursion } = directory
  const setsAttributes = [directory.mode, directory.owner, directory.group].some((each) => each !== undefined)
  if (!recursion || (!recursion.purge && !setsAttributes)) return
  yield* below(directory.path, 1)

  function* below(path: string, depth: number): Generator<Reached> {
    for (const name of deployed.list(path) ?? []) {
      const at = `${path.replace(/\/$/, '')}/${name}`
      const known = named.get(at)
      if (!reaches(directory, name, depth) || (known && !known.copied)) continue
      const isDirectory = deployed.kind(at) === 'directory'
      if (known) {
        if (isDirectory) yield* below(at, depth + 1)
      } else if (!recursion?.purge) {
        yield { path: at, action: 'adjust' }
        if (isDirectory) yield* below(at, depth + 1)
      } else if (!isDirectory || directory.force) {
        yield { path: at, action: 'remove' }
        if (isDirectory) yield* inside(at)
      } else yield* below(at, depth + 1)
    }
  }
  function* inside(path: string): Generator<Reached> {
    for (const at of entriesBelow(path, deployed)) yield { path: at, action: 'remove' }
  }
}

/** All that a directory of a node holds. */
export function* entriesBelow(path: string, deployed: DeployedTree): Generator<string> {
  for (const name of deployed.list(path) ?? []) {
    const at = `${path}/${name}`
    yield at
    if (deployed.kind(at) === 'directory') yield* entriesBelow(at, deployed)
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
