import type { Files } from '../../source/files.ts'
import { askGit, type GitRepository } from './git.ts'

/**
 * Paths below the environment that git ignores: modules that r10k installed, keys. No commit holds them, so every
 * revision is seen with those that are on disk now. Directories end with `/`.
 */
export function ignoredPaths(repository: GitRepository): readonly string[] {
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']
  const found = askGit(repository.directory, args)
  return (found?.toString('utf8') ?? '').split('\0').filter((path) => path !== '' && !path.startsWith('../'))
}

/** A revision's files together with what git ignores on disk; where both have a path, the revision's counts. */
export function withInstalled(files: Files, disk: Files, ignored: readonly string[]): Files {
  if (ignored.length === 0) return files
  const roots = ignored.map((path) => path.replace(/\/$/, ''))
  const ancestors = new Map<string, Set<string>>()
  for (const path of roots)
    for (let at = path; at !== ''; ) {
      const cut = at.lastIndexOf('/')
      const parent = cut < 0 ? '' : at.slice(0, cut)
      ancestors.set(parent, (ancestors.get(parent) ?? new Set()).add(at.slice(cut + 1)))
      at = parent
    }
  const rootSet = new Set(roots)
  const installed = (path: string): boolean => {
    for (let at = path; at !== ''; ) {
      if (rootSet.has(at)) return true
      const cut = at.lastIndexOf('/')
      at = cut < 0 ? '' : at.slice(0, cut)
    }
    return false
  }
  const plain = (path: string): string =>
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/')
  const onDisk = <T>(path: string, ask: (path: string) => T): T | undefined =>
    installed(plain(path)) ? ask(path) : undefined
  return {
    root: files.root,
    bytes: (path) => files.bytes(path) ?? onDisk(path, disk.bytes),
    text: (path) => files.text(path) ?? onDisk(path, disk.text),
    kind: (path) =>
      files.kind(path) ?? onDisk(path, disk.kind) ?? (ancestors.has(plain(path)) ? disk.kind(path) : undefined),
    entry: (path) =>
      files.entry(path) ?? onDisk(path, disk.entry) ?? (ancestors.has(plain(path)) ? disk.entry(path) : undefined),
    list: (path) => {
      const own = files.list(path)
      const beside = onDisk(path, disk.list) ?? [...(ancestors.get(plain(path)) ?? [])]
      return own || beside.length > 0 ? [...new Set([...(own ?? []), ...beside])].sort() : undefined
    },
  }
}
