import type { Call } from '../context.ts'
import { filesFor, rootRelative } from '../paths.ts'

/** The full path, where there is nothing; undefined where something is there or the files are not known. */
export function missingFile(path: string, call: Call): string | undefined {
  const full = rootRelative(path, call.environment)
  const files = filesFor(full, call.environment)
  if (!files) return undefined
  return files.kind(full) === undefined ? full : undefined
}

/** The full path, where there is no file with content. */
export function missingContent(path: string, call: Call): string | undefined {
  const full = rootRelative(path, call.environment)
  const files = filesFor(full, call.environment)
  if (!files) return undefined
  if (files.kind(full) !== 'file') return full
  const size = files.entry(full)?.size ?? files.bytes(full)?.length
  return size === 0 ? full : undefined
}

/** The full path, where there is no directory. */
export function missingDirectory(path: string, call: Call): string | undefined {
  const full = rootRelative(path, call.environment)
  const files = filesFor(full, call.environment)
  if (!files) return undefined
  return files.kind(full) === 'directory' ? undefined : full
}
