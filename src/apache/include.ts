import { type SourceFile, sourceFile } from '../source/source-file.ts'
import type { Call, Environment } from './context.ts'
import { type Fault, fault } from './faults.ts'
import { globPattern, hasWildcards, rootRelative } from './paths.ts'

const DEEPEST_INCLUDE = 100
const DEEPEST_DIRECTORY = 20
const UNREAD = 'unread-include'

/** Whether an Include named files whose text is not known. */
export function hasUnreadIncludes(environment: Environment): boolean {
  return environment.state.has(UNREAD)
}

/** The files that an Include names, in httpd's order: directories with all below them, names sorted. */
export function includeFiles(call: Call, depth: number): { files: readonly SourceFile[] } | Fault {
  const { environment } = call
  const optional = call.spec.name.toLowerCase() === 'includeoptional'
  const [name = ''] = call.args
  if (depth >= DEEPEST_INCLUDE)
    return fault('include', `Exceeded maximum include depth of ${DEEPEST_INCLUDE}, There appears to be a recursion.`)
  if (!environment.files) {
    environment.state.set(UNREAD, true)
    return { files: [] }
  }
  const path = rootRelative(name, environment)
  const paths: string[] = []
  const found = hasWildcards(path)
    ? expand(path, optional, environment, paths)
    : plain(path, optional, environment, paths, 0)
  if (found) return found
  const files: SourceFile[] = []
  for (const each of paths) {
    const text = environment.files.text(each)
    if (text === undefined) {
      environment.state.set(UNREAD, true)
      if (!optional && environment.knows(each) && environment.files.kind(each) === undefined)
        return fault('include', `Could not open configuration file ${each}: No such file or directory`)
    } else files.push(sourceFile(each, text))
  }
  return { files }
}

function plain(
  path: string,
  optional: boolean,
  environment: Environment,
  paths: string[],
  depth: number,
): Fault | undefined {
  const { files } = environment
  if (files?.kind(path) !== 'directory') {
    if (optional && files?.kind(path) === undefined) return undefined
    paths.push(path)
    return undefined
  }
  if (depth >= DEEPEST_DIRECTORY)
    return fault(
      'include',
      `Include/IncludeOptional: Directory '${path}' exceeds the maximum include directory nesting level of ${DEEPEST_DIRECTORY}. You have probably a recursion somewhere.`,
    )
  for (const name of files.list(path) ?? []) {
    const found = plain(`${path.replace(/\/$/, '')}/${name}`, optional, environment, paths, depth + 1)
    if (found) return found
  }
  return undefined
}

function expand(path: string, optional: boolean, environment: Environment, paths: string[]): Fault | undefined {
  let matches = ['']
  const parts = path.split('/').filter((part) => part !== '')
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1
    if (!hasWildcards(part)) {
      matches = matches.map((base) => `${base}/${part}`).filter((each) => environment.files?.kind(each) !== undefined)
      continue
    }
    const pattern = globPattern(part)
    const next: string[] = []
    for (const base of matches) {
      for (const name of environment.files?.list(base || '/') ?? []) {
        const full = `${base}/${name}`
        if (name.startsWith('.') && !part.startsWith('.')) continue
        if (pattern.test(name) && (last || environment.files?.kind(full) === 'directory')) next.push(full)
      }
    }
    if (next.length === 0) {
      if (optional || !matches.every((base) => environment.knows(`${base}/${part}`))) return undefined
      const directory = matches[0] === '' ? '/' : `${matches[0]}/`
      return fault(
        'include',
        `Include/IncludeOptional: No matches for the wildcard '${part}' in '${directory}', failing (use IncludeOptional if required)`,
      )
    }
    matches = next
  }
  for (const match of matches) {
    const found = plain(match, optional, environment, paths, 0)
    if (found) return found
  }
  return undefined
}
