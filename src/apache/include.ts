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
    ? expand(
        '',
        path.split('/').filter((part) => part !== ''),
        optional,
        environment,
        paths,
      )
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

/** `process_resource_config_fnmatch`: one part of the path at a time, each match in full before the next. */
function expand(
  directory: string,
  [part = '', ...rest]: readonly string[],
  optional: boolean,
  environment: Environment,
  paths: string[],
): Fault | undefined {
  const go = (path: string): Fault | undefined =>
    rest.length === 0 ? plain(path, optional, environment, paths, 0) : expand(path, rest, optional, environment, paths)
  if (!hasWildcards(part)) return go(`${directory}/${part}`)
  const known = environment.knows(`${directory}/${part}`)
  const names = environment.files?.list(directory || '/')
  if (!names) {
    const reason = reasonNoDirectory(directory, environment)
    if (!known || (optional && reason === absent)) return undefined
    return fault('include', `Include/IncludeOptional: Could not open directory ${directory || '/'}: ${reason}`)
  }
  const pattern = globPattern(part)
  const matches = names.filter(
    (name) =>
      (!name.startsWith('.') || part.startsWith('.')) &&
      pattern.test(name) &&
      (rest.length === 0 || environment.files?.kind(`${directory}/${name}`) === 'directory'),
  )
  if (matches.length === 0 && known && !optional)
    return fault(
      'include',
      `Include/IncludeOptional: No matches for the wildcard '${part}' in '${directory || '/'}', failing`,
    )
  for (const name of matches) {
    const found = go(`${directory}/${name}`)
    if (found) return found
  }
  return undefined
}

const absent = 'No such file or directory'

/** As the system says it: a file on the way is no directory. */
function reasonNoDirectory(path: string, environment: Environment): string {
  const kind = environment.files?.kind(path)
  if (kind === 'directory') return absent
  return path === '' || kind !== undefined
    ? 'Not a directory'
    : reasonNoDirectory(path.slice(0, path.lastIndexOf('/')), environment)
}
