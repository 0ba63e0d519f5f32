import type { ConfigNode } from '../../apache/context.ts'
import { globPattern, hasWildcards } from '../../apache/paths.ts'
import { coversDirectory, directorySections, matchSections } from './directory-walk.ts'
import { type Effective, mergeNodes } from './merge.ts'
import { matches } from './regex-match.ts'
import { type Host, isWithin, nameOf, type ServerModel, wordsOf } from './server.ts'

/** A place of the configuration that applies to a request. */
export interface Layer {
  readonly kind: 'server' | 'virtual host' | 'directory' | 'htaccess' | 'match' | 'files' | 'location' | 'if'
  /** Left out for the main server and for `.htaccess` files. */
  readonly section?: ConfigNode
  readonly nodes: readonly ConfigNode[]
}

/** What is asked for. */
export interface Target {
  /** The file that the URL leads to, absolute on the node. */
  readonly file: string
  /** The path of the URL; sections for locations are left out without it. */
  readonly url?: string
}

/**
 * The places that apply to a file of a host, in the order in which httpd merges them (httpd documentation,
 * "Configuration Sections: How the sections are merged"): the main server and the host; directories from the root
 * downward, each followed by its `.htaccess` file; regular expressions; files; locations; and conditions, of which
 * nobody but a request can tell whether they hold. `htaccess` gives what a directory's file says, where httpd reads it.
 */
export function layersFor(
  model: ServerModel,
  host: Host,
  target: Target,
  htaccess: (directory: string) => readonly ConfigNode[] | undefined = () => undefined,
): Layer[] {
  const { file, url } = target
  const hosts = host === model.main ? [host] : [model.main, host]
  const layers: Layer[] = [{ kind: 'server', nodes: model.main.nodes }]
  if (host !== model.main) layers.push({ kind: 'virtual host', ...section(host.node), nodes: host.nodes })
  const parent = file.slice(0, file.lastIndexOf('/')) || '/'
  const inside: Layer[] = []
  const waiting = directorySections(model, host, parent).map(({ node, path }) => ({ node, path }))
  for (const directory of ancestors(parent)) {
    while (waiting[0] && coversDirectory(waiting[0].path, directory)) {
      const { node } = waiting.shift() as { node: ConfigNode }
      inside.push({ kind: 'directory', section: node, nodes: node.children })
    }
    const nodes = htaccess(directory)
    if (nodes) inside.push({ kind: 'htaccess', nodes })
  }
  inside.push(...matchSections(model, host, parent).map(({ node }) => layer('match', node)))
  layers.push(...inside)
  const name = file.slice(file.lastIndexOf('/') + 1)
  for (const { nodes } of [...hosts, ...inside])
    for (const node of nodes) if (isFor(node, 'files', name)) layers.push(layer('files', node))
  if (url !== undefined)
    for (const { nodes } of hosts)
      for (const node of nodes) if (isFor(node, 'location', url)) layers.push(layer('location', node))
  for (const { nodes } of [...layers])
    for (const node of nodes) if (/^<(?:if|elseif|else)$/.test(nameOf(node))) layers.push(layer('if', node))
  return layers
}

/** What applies to a request in the end, conditions left out. */
export function effectiveFor(layers: readonly Layer[]): Effective[] {
  return mergeNodes(layers.filter(({ kind }) => kind !== 'if').map(({ nodes }) => nodes))
}

function section(node: ConfigNode | undefined): { readonly section?: ConfigNode } {
  return node ? { section: node } : {}
}

function layer(kind: Layer['kind'], node: ConfigNode): Layer {
  return { kind, section: node, nodes: node.children }
}

/** `/`, `/srv`, `/srv/www`. */
function ancestors(directory: string): string[] {
  const found = ['/']
  for (let at = directory.indexOf('/', 1); directory !== '/'; at = directory.indexOf('/', at + 1)) {
    found.push(at < 0 ? directory : directory.slice(0, at))
    if (at < 0) break
  }
  return found
}

/** Whether a `<Files>` or `<Location>` section, or its kin with a regular expression, applies. */
function isFor(node: ConfigNode, kind: 'files' | 'location', text: string): boolean {
  const name = nameOf(node)
  if (name !== `<${kind}` && name !== `<${kind}match`) return false
  const words = wordsOf(node)
  const isRegex = name.endsWith('match') || words[0]?.value === '~'
  const pattern = (words[0]?.value === '~' ? words[1] : words[0])?.value
  if (pattern === undefined) return false
  if (isRegex) return matches(pattern, text)
  if (kind === 'files') return globPattern(pattern).test(text)
  if (!hasWildcards(pattern)) return pattern.endsWith('/') ? text.startsWith(pattern) : isWithin(text, pattern)
  const parts = text.split('/')
  const patterns = pattern.split('/')
  return patterns.length <= parts.length && patterns.every((part, i) => globPattern(part).test(parts[i] as string))
}
