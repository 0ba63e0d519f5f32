import { posix } from 'node:path'
import type { Files } from '../source/files.ts'
import type { Environment } from './context.ts'

/** A path as httpd completes it from ServerRoot; always absolute, `.` and `..` resolved. */
export function rootRelative(path: string, environment: Environment): string {
  return absolute(environment.serverRoot, path)
}

export function absolute(base: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${base}/${path}`
  const trailing = joined.endsWith('/') && joined.length > 1
  const normal = posix.normalize(joined)
  return trailing && !normal.endsWith('/') ? `${normal}/` : normal
}

/** The files to ask about an absolute path; undefined where nothing is known of it. */
export function filesFor(path: string, environment: Environment): Files | undefined {
  return environment.files && environment.knows(path) ? environment.files : undefined
}

/** Whether there is a directory at an absolute path; undefined where that is not known. */
export function isDirectory(path: string, environment: Environment): boolean | undefined {
  const files = filesFor(path, environment)
  return files ? files.kind(path) === 'directory' : undefined
}

/** Whether the text holds wildcards (`apr_fnmatch_test`). */
export function hasWildcards(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '*' || char === '?') return true
    if (char === '\\') i++
    else if (char === '[' && text.indexOf(']', i + 1) > 0) return true
  }
  return false
}

/** A shell pattern for one part of a path. */
export function globPattern(glob: string): RegExp {
  let source = ''
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i] as string
    if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (char === '[' && glob.indexOf(']', i + 2) > 0) {
      const close = glob.indexOf(']', i + 2)
      const body = glob
        .slice(i + 1, close)
        .replace(/\\/g, '\\\\')
        .replace(/^[!^]/, '')
      source += `[${/^[!^]/.test(glob.slice(i + 1)) ? '^' : ''}${body}]`
      i = close
    } else if (char === '\\' && i + 1 < glob.length) source += escapeChar(glob[++i] as string)
    else source += escapeChar(char)
  }
  return new RegExp(`^${source}$`, 's')
}

function escapeChar(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
