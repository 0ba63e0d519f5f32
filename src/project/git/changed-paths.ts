import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { askGit, type GitRepository, git } from './git.ts'
import type { Revision } from './revision.ts'

/**
 * The files that differ between a revision and another one, or the work tree (with what is not committed and what is
 * new there), by paths from the top of the work tree. Sorted.
 */
export function changedPaths(repository: GitRepository, from: Revision, to: Revision | undefined): readonly string[] {
  const changed = new Set<string>()
  if (to) {
    for (const [path, { id, mode }] of from.entries) {
      const other = to.entries.get(path)
      if (other?.id !== id || other.mode !== mode) changed.add(path)
    }
    for (const path of to.entries.keys()) if (!from.entries.has(path)) changed.add(path)
  } else workTreeChanges(repository.top, '', from.commit, from, changed)
  return [...changed].sort()
}

function workTreeChanges(
  directory: string,
  prefix: string,
  commit: string,
  from: Revision,
  changed: Set<string>,
): void {
  const compare = ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--ignore-submodules=none']
  const rows = git(directory, `compare the work tree with ${from.name}`, [...compare, commit, '--'])
    .toString('utf8')
    .split('\0')
  for (let i = 0; i + 1 < rows.length; i += 2) {
    const [row, path] = [rows[i] as string, `${prefix}${rows[i + 1]}`]
    const submodule = /^:160000 \d+ ([0-9a-f]+)/.exec(row)?.[1] ?? (/^:\d+ 160000 /.test(row) ? '' : undefined)
    if (submodule === undefined) changed.add(path)
    else {
      const place = join(directory, rows[i + 1] as string)
      const known =
        submodule !== '' &&
        existsSync(join(place, '.git')) &&
        askGit(place, ['cat-file', '-e', submodule]) !== undefined
      if (known) workTreeChanges(place, `${path}/`, submodule, from, changed)
      else {
        // A submodule that came, went or is not here: whatever either side has below its path.
        changed.add(path)
        for (const file of from.entries.keys()) if (file.startsWith(`${path}/`)) changed.add(file)
      }
    }
  }
  const others = askGit(directory, ['ls-files', '--others', '--exclude-standard', '-z'])?.toString('utf8') ?? ''
  for (const path of others.split('\0')) if (path !== '') changed.add(`${prefix}${path}`)
}
