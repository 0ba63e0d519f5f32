import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { diskFiles, type Files } from '../../source/files.ts'
import type { BlobReader } from './blobs.ts'
import { commitOf, type GitRepository } from './git.ts'
import { withInstalled } from './installed.ts'
import { readTree } from './read-tree.ts'
import { type TreeEntry, treeFiles } from './tree-files.ts'

/** A control repo as a commit has it, read out of git: the work tree is left alone and does not count. */
export interface Revision {
  /** As people asked for it: `origin/main`. */
  readonly name: string
  readonly commit: string
  /** The environment's files, with what git ignores from disk. */
  readonly files: Files
  /** A directory elsewhere in the repository, absolute; `undefined` for what lies outside. */
  readonly elsewhere: (directory: string) => Files | undefined
  /** By paths from the top of the work tree. */
  readonly entries: ReadonlyMap<string, TreeEntry>
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens a revision; `ignored` is what git ignores below the environment. Fails where git does not know it. */
export function openRevision(
  repository: GitRepository,
  name: string,
  ignored: readonly string[],
  reader: BlobReader,
): Revision {
  const commit = commitOf(repository, name)
  const { entries, diagnostics } = readTree(repository, commit)
  const below = (prefix: string, root: string): Files => {
    const inside = new Map<string, TreeEntry>()
    for (const [path, entry] of entries) if (path.startsWith(prefix)) inside.set(path.slice(prefix.length), entry)
    return treeFiles(root, inside, reader)
  }
  const { directory, prefix, top } = repository
  return {
    name,
    commit,
    files: withInstalled(below(prefix, directory), diskFiles(directory), ignored),
    elsewhere: (place) => {
      const inside = relative(top, realPath(place))
      if (inside.startsWith('..') || inside.startsWith('/')) return undefined
      return below(inside === '' ? '' : `${inside}/`, place)
    },
    entries,
    diagnostics,
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
