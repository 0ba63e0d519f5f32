import { define, fail } from '../../source/diagnostic.ts'
import { diskFiles } from '../../source/files.ts'
import { lfsObject, longestLfsPointer } from '../../source/lfs-pointer.ts'
import { askGit, git } from './git.ts'
import type { TreeEntry } from './tree-files.ts'

/** Reads the contents of trees; what two trees share is read once. */
export type BlobReader = (entry: TreeEntry) => Uint8Array

const missing = define(
  'error',
  'git/missing-object',
  (id: string) => `the content of object ${id.slice(0, 10)} is not in this clone`,
)

/** Files up to this size are read together, in one process, as soon as one of them is needed. */
const small = 256 * 1024
/** Bytes that are read in one go. */
const batchSize = 64 * 1024 * 1024

/** A reader for the contents of `entries` (several trees of one repository); each content is kept. */
export function blobReader(entries: () => Iterable<TreeEntry>): BlobReader {
  const known = new Map<string, Uint8Array>()
  const fetched = lfsStores()
  return (entry) => {
    const found = known.get(entry.id)
    if (found) return found
    const wanted = new Map([[entry.id, entry]])
    if (entry.size <= small) {
      let total = entry.size
      for (const other of entries()) {
        if (other.store !== entry.store || other.size > small || known.has(other.id) || wanted.has(other.id)) continue
        total += other.size
        if (total > batchSize) break
        wanted.set(other.id, other)
      }
    }
    readBatch(entry.store, [...wanted.keys()], (id, content) => known.set(id, fetched(entry.store, content) ?? content))
    return (
      known.get(entry.id) ??
      fail(missing([entry.id], { remedy: 'A partial clone lacks it: `git fetch --refetch` gets everything.' }))
    )
  }
}

/** `git cat-file --batch`: a line with id, kind and size, the bytes, a newline, for each id. */
function readBatch(store: string, ids: readonly string[], take: (id: string, content: Uint8Array) => void): void {
  const output = git(store, 'read the contents of files', ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let at = 0
  for (const id of ids) {
    const end = output.indexOf(10, at)
    if (end < 0) return
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1]
    if (size === undefined) {
      at = end + 1
      continue
    }
    take(id, output.subarray(end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
}

/** What Git LFS has fetched, by the pointers that stand for it in a commit; as a checkout would have it. */
function lfsStores(): (store: string, content: Uint8Array) => Uint8Array | undefined {
  const directories = new Map<string, string | undefined>()
  const directoryOf = (store: string): string | undefined => {
    if (!directories.has(store)) {
      const answer = askGit(store, ['rev-parse', '--path-format=absolute', '--git-common-dir'])
      directories.set(store, answer?.toString('utf8').trimEnd())
    }
    return directories.get(store)
  }
  return (store, content) => {
    const object = content.length < longestLfsPointer ? lfsObject(Buffer.from(content).toString('latin1')) : undefined
    const directory = object === undefined ? undefined : directoryOf(store)
    if (object === undefined || directory === undefined) return undefined
    return diskFiles(directory).bytes(`lfs/objects/${object.slice(0, 2)}/${object.slice(2, 4)}/${object}`)
  }
}
