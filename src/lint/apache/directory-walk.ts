import type { ConfigNode } from '../../apache/context.ts'
import { type Override, parseOverride } from '../../apache/override.ts'
import { globPattern, hasWildcards } from '../../apache/paths.ts'
import type { Span } from '../../source/source-file.ts'
import { matches } from './regex-match.ts'
import {
  type DirectorySection,
  directoryPath,
  type Host,
  isWithin,
  named,
  nameSpan,
  type ServerModel,
  wordsOf,
} from './server.ts'

/**
 * The `<Directory>` sections that apply to a directory under a host, in the order in which httpd merges them (httpd
 * documentation, "Configuration Sections: How the sections are merged"): fewer path components first, those of the main
 * server before the host's own. Regular expressions are left out; they come after `.htaccess` files.
 */
export function directorySections(model: ServerModel, host: Host, directory: string): DirectorySection[] {
  const all = host === model.main ? host.sections : [...model.main.sections, ...host.sections]
  return all
    .filter((section) => !section.isRegex && coversDirectory(section.path, directory))
    .map((section) => ({ section, depth: componentsOf(section.path).length }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ section }) => section)
}

/** Those with a regular expression, for a directory or a file. */
export function matchSections(model: ServerModel, host: Host, path: string): DirectorySection[] {
  const all = host === model.main ? host.sections : [...model.main.sections, ...host.sections]
  return all.filter((section) => section.isRegex && matches(section.path, `${path}/`))
}

/** Whether a `<Directory>` section with this path applies to a directory: it or one above it matches. */
export function coversDirectory(pattern: string, directory: string): boolean {
  if (!pattern.startsWith('/')) return false
  if (!hasWildcards(pattern)) return isWithin(directory, directoryPath(pattern))
  const parts = componentsOf(directory)
  const patterns = componentsOf(pattern)
  return patterns.length <= parts.length && patterns.every((part, i) => globPattern(part).test(parts[i] as string))
}

function componentsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

/** What `.htaccess` files in a directory may do under a host. */
export interface DirectoryOverride {
  /** `undefined`: httpd does not even look for them. */
  readonly override: Override | undefined
  /** The directives that say so; none where nothing does, and then httpd reads them but allows nothing. */
  readonly from: readonly { readonly node: ConfigNode; readonly span: Span }[]
}

export function directoryOverride(model: ServerModel, host: Host, directory: string): DirectoryOverride {
  let override: Override = { bits: 0, options: 255 }
  let allow: ConfigNode | undefined
  let list: { readonly names: ReadonlySet<string>; readonly node: ConfigNode } | undefined
  for (const { node } of directorySections(model, host, directory)) {
    for (const each of named(node.children, 'allowoverride')) {
      override = parseOverride(each.args).override
      allow = each
    }
    for (const each of named(node.children, 'allowoverridelist')) {
      const names = wordsOf(each).map((word) => word.value.toLowerCase())
      list = { names: new Set(names.filter((name) => name !== 'none')), node: each }
    }
  }
  const from = [allow, list?.node].flatMap((node) => (node ? [{ node, span: nameSpan(node) }] : []))
  const listed = list !== undefined && list.names.size > 0
  // Without any AllowOverride httpd opens the file, and refuses all that it says.
  if (allow && override.bits === 0 && !listed) return { override: undefined, from }
  return { override: listed ? { ...override, list: list?.names ?? new Set() } : override, from }
}

/** The hosts that serve files of a directory, or of one below it. */
export function hostsServing(model: ServerModel, directory: string): Host[] {
  const serves = (host: Host) => host.roots.some((root) => isWithin(directory, root) || isWithin(root, directory))
  const hosts = model.hosts.filter(serves)
  return mainAnswers(model) && serves(model.main) ? [model.main, ...hosts] : hosts
}

/** Whether requests are left for the main server: there is a port that no virtual host takes for every address. */
function mainAnswers({ hosts, listens }: ServerModel): boolean {
  if (hosts.length === 0) return true
  const takes = (port: number | undefined) =>
    hosts.some(({ addresses }) =>
      addresses.some((address) => address.host === '*' && (address.port === undefined || address.port === port)),
    )
  return listens.some(({ port }) => !takes(port))
}
