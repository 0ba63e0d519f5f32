import { basename, dirname, join } from 'node:path'
import { diskFiles } from '../source/files.ts'

const marks = ['environment.conf', 'hiera.yaml', 'manifests']

/** Whether a directory looks like a Puppet environment. */
export function isEnvironment(directory: string): boolean {
  const files = diskFiles(directory)
  return marks.some((mark) => files.kind(mark) !== undefined)
}

/** The nearest environment upward from an absolute directory. */
export function findEnvironment(start: string): string | undefined {
  for (let directory = start; ; directory = dirname(directory)) {
    if (isEnvironment(directory)) return directory
    if (dirname(directory) === directory) return undefined
  }
}

/** Environments below a directory, relative to it: those in `environments`, and folders with an environment.conf. */
export function environmentsBelow(directory: string): string[] {
  const files = diskFiles(directory)
  const own = (files.list('') ?? []).filter((name) => files.kind(`${name}/environment.conf`) === 'file')
  const all =
    basename(directory) === 'environments'
      ? (files.list('') ?? [])
      : (files.list('environments') ?? []).map((name) => `environments/${name}`)
  return [...new Set([...own, ...all.filter((path) => isEnvironment(join(directory, path)))])]
}
