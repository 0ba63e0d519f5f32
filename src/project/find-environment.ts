import { dirname } from 'node:path'
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
