/** What Ruby sees as files: read-only, absolute `/`-separated paths below the root. */
export interface FileTree {
  readonly kind: (path: string) => 'file' | 'directory' | undefined
  readonly bytes: (path: string) => Uint8Array | undefined
  readonly list: (path: string) => readonly string[] | undefined
}

/** Several trees, each below a folder of its own: `/rehearsal`, `/modules`. Anything else is not there. */
export function mountedTree(mounts: ReadonlyMap<string, FileTree>): FileTree {
  const find = (path: string): { tree: FileTree; path: string } | undefined => {
    const cut = path.indexOf('/')
    const tree = mounts.get(cut < 0 ? path : path.slice(0, cut))
    return tree && { tree, path: cut < 0 ? '' : path.slice(cut + 1) }
  }
  return {
    kind: (path) => {
      if (path === '') return 'directory'
      const found = find(path)
      return found?.tree.kind(found.path)
    },
    bytes: (path) => {
      const found = find(path)
      return found?.tree.bytes(found.path)
    },
    list: (path) => {
      if (path === '') return [...mounts.keys()].sort()
      const found = find(path)
      return found?.tree.list(found.path)
    },
  }
}
