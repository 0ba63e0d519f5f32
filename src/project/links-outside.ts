import { isAbsolute, posix } from 'node:path'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type Files, normalise } from '../source/files.ts'

const linkOutside = define(
  'warning',
  'project/link-outside',
  (path: string, target: string) =>
    `'${path}' is a link that leads out of the environment, to '${target}': nothing is read there`,
)

/**
 * Links at the top of an environment and in its directories of modules that lead out of it. They are not followed, as a
 * change under review could lead them anywhere; what `--modulepath` or environment.conf names is read.
 */
export function linksOutside(files: Files, modulePath: readonly string[]): Diagnostic[] {
  const directories = ['', ...modulePath.filter((path) => !isAbsolute(path))]
  return directories.flatMap((directory) =>
    (files.list(directory) ?? []).flatMap((name) => {
      const path = posix.join(directory, name)
      const target = files.entry(path)?.target
      if (target === undefined || files.kind(path) !== undefined) return []
      if (!isAbsolute(target) && normalise(posix.join(directory, target)) !== undefined) return []
      const remedy = 'Name the directory of modules with --modulepath or in environment.conf, or put the files here.'
      return [linkOutside([path, target], { remedy })]
    }),
  )
}
