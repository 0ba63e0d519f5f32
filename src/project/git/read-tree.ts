import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, define } from '../../source/diagnostic.ts'
import { askGit, type GitRepository, git } from './git.ts'
import type { TreeEntry } from './tree-files.ts'

const submoduleMissing = define(
  'error',
  'git/submodule-missing',
  (path: string, commit: string) => `the submodule ${path} is at commit ${commit.slice(0, 10)}, which is not here`,
)

/** Everything in a commit's tree, by paths from the top of the work tree; submodules opened up. */
export interface CommitTree {
  readonly entries: ReadonlyMap<string, TreeEntry>
  readonly diagnostics: readonly Diagnostic[]
}

/** Lists a commit's tree, with the trees of its submodules where their commits are on this machine. */
export function readTree(repository: GitRepository, commit: string): CommitTree {
  const entries = new Map<string, TreeEntry>()
  const diagnostics: Diagnostic[] = []
  listInto(repository.top, repository.top, '', commit, entries, diagnostics, repository.gitDirectory)
  return { entries, diagnostics }
}

function listInto(
  top: string,
  store: string,
  prefix: string,
  commit: string,
  entries: Map<string, TreeEntry>,
  diagnostics: Diagnostic[],
  gitDirectory: string,
): void {
  const listing = git(store, `list the files of ${commit}`, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit])
  for (const row of listing.toString('utf8').split('\0')) {
    const found = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(row)
    if (!found) continue
    const [, mode, id, size, name] = found as unknown as [string, string, string, string, string]
    const path = `${prefix}${name}`
    if (mode === '160000') {
      const inside = submoduleStore(top, gitDirectory, path, id)
      if (inside !== undefined) listInto(top, inside, `${path}/`, id, entries, diagnostics, gitDirectory)
      else
        diagnostics.push(
          submoduleMissing([path, id], {
            remedy: `\`git submodule update --init -- ${path}\` gets it; for an older commit, \`git -C ${path} fetch\`.`,
          }),
        )
    } else
      entries.set(path, {
        kind: mode === '120000' ? 'link' : 'file',
        mode: mode === '100755' ? 0o755 : 0o644,
        id,
        size: size === '-' ? 0 : Number(size),
        store,
      })
  }
}

/** Where a submodule's objects are: its work tree, or what a removed one left in the repository's own data. */
function submoduleStore(top: string, gitDirectory: string, path: string, commit: string): string | undefined {
  return [join(top, path), join(gitDirectory, 'modules', path)].find(
    (place) =>
      (existsSync(join(place, '.git')) || existsSync(join(place, 'HEAD'))) &&
      askGit(place, ['cat-file', '-e', `${commit}^{commit}`]) !== undefined,
  )
}
