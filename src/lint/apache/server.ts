import { posix } from 'node:path'
import type { ConfigNode, Environment } from '../../apache/context.ts'
import { lineSpan } from '../../apache/lines.ts'
import { rootRelative } from '../../apache/paths.ts'
import { parseAddress } from '../../apache/virtual-host.ts'
import { readWords, type Word } from '../../apache/words.ts'
import type { Span } from '../../source/source-file.ts'

/** An address that a virtual host or a Listen names. */
export interface Address {
  /** `*` for every address. */
  readonly host: string
  /** `undefined`: every port. */
  readonly port: number | undefined
  readonly span: Span
}

/** A name that a virtual host answers to. */
export interface HostName {
  /** In lower case, without scheme and port. */
  readonly name: string
  readonly span: Span
}

/** A `<Directory>` section or its kin. */
export interface DirectorySection {
  readonly node: ConfigNode
  /** As written; not completed from ServerRoot, for httpd does not complete it. */
  readonly path: string
  readonly span: Span
  /** A regular expression, which httpd holds against paths after all others and after `.htaccess` files. */
  readonly isRegex: boolean
}

/** The main server or a virtual host. */
export interface Host {
  /** The `<VirtualHost>` section; left out for the main server. */
  readonly node?: ConfigNode
  readonly addresses: readonly Address[]
  readonly serverName?: HostName
  readonly aliases: readonly HostName[]
  /** Absolute on the node. */
  readonly documentRoot?: { readonly path: string; readonly span: Span }
  /** The document root and what aliases lead to. */
  readonly roots: readonly string[]
  /** Its own, in the order of the configuration. */
  readonly sections: readonly DirectorySection[]
  /** Its own directives and sections. */
  readonly nodes: readonly ConfigNode[]
}

/** A configuration as lints look at it, after httpd's reading phase. */
export interface ServerModel {
  readonly main: Host
  /** The virtual hosts in the order of the configuration. */
  readonly hosts: readonly Host[]
  readonly listens: readonly Address[]
  readonly environment: Environment
  readonly index: ServerIndex
}

/** Directives that stand together, with the section that they stand in. */
export interface Level {
  readonly nodes: readonly ConfigNode[]
  readonly section?: ConfigNode
}

/**
 * Where directives are, by their names in lower case (sections begin with `<`), the main server
 * before the virtual hosts, what stands in sections behind what stands beside them: most lints are about few names.
 */
interface ServerIndex {
  readonly nodes: ReadonlyMap<string, readonly ConfigNode[]>
  readonly levels: ReadonlyMap<string, readonly Level[]>
}

function indexOf(main: Host, hosts: readonly Host[]): ServerIndex {
  const nodes = new Map<string, ConfigNode[]>()
  const levels = new Map<string, Level[]>()
  const visit = (level: Level): void => {
    const sections: ConfigNode[] = []
    for (const node of level.nodes) {
      const name = nameOf(node)
      const same = nodes.get(name)
      const there = levels.get(name)
      if (same) same.push(node)
      else nodes.set(name, [node])
      if (!there) levels.set(name, [level])
      else if (there.at(-1) !== level) there.push(level)
      if (node.children.length > 0) sections.push(node)
    }
    for (const section of sections) visit({ nodes: section.children, section })
  }
  visit({ nodes: main.nodes })
  for (const { nodes: own, node } of hosts) visit({ nodes: own, ...(node ? { section: node } : {}) })
  return { nodes, levels }
}

/** The directives and sections with these names, wherever they stand, one name after the other. */
export function everywhere({ index }: ServerModel, ...names: readonly string[]): readonly ConfigNode[] {
  const [name = ''] = names
  return names.length === 1 ? (index.nodes.get(name) ?? []) : names.flatMap((each) => index.nodes.get(each) ?? [])
}

/** The levels that a directive of one of these names stands in. */
export function levelsWith({ index }: ServerModel, ...names: readonly string[]): readonly Level[] {
  return [...new Set(names.flatMap((name) => index.levels.get(name) ?? []))]
}

export function serverModel(nodes: readonly ConfigNode[], environment: Environment): ServerModel {
  const hosts = nodes.filter((node) => nameOf(node) === '<virtualhost').map((node) => hostOf(node, environment))
  const own = nodes.filter((node) => nameOf(node) !== '<virtualhost')
  const listens = named(own, 'listen').flatMap((node) => {
    const [word] = wordsOf(node)
    return word ? addressOf(node, word) : []
  })
  const main = contentsOf(own, environment)
  return { main, hosts, listens, environment, index: indexOf(main, hosts) }
}

function hostOf(node: ConfigNode, environment: Environment): Host {
  const addresses = wordsOf(node).flatMap((word) => addressOf(node, word))
  return { ...contentsOf(node.children, environment), node, addresses }
}

/** What tells of a host as a whole. */
const OF_HOST = new Set([
  'documentroot',
  'servername',
  'serveralias',
  'alias',
  'scriptalias',
  '<directory',
  '<directorymatch',
])

function contentsOf(all: readonly ConfigNode[], environment: Environment): Host {
  const nodes = all.filter((node) => OF_HOST.has(nameOf(node)))
  const root = lastArgument(nodes, 'documentroot')
  const name = lastArgument(nodes, 'servername')
  const documentRoot = root && { path: directoryPath(rootRelative(root.word.value, environment)), span: root.span }
  const targets = [...named(nodes, 'alias'), ...named(nodes, 'scriptalias')].flatMap((node) => {
    const target = wordsOf(node)[1]
    return target ? [directoryPath(rootRelative(target.value, environment))] : []
  })
  const serverName = name && hostName(name.word.value, name.span)
  return {
    addresses: [],
    ...(serverName ? { serverName } : {}),
    aliases: named(nodes, 'serveralias').flatMap((node) =>
      wordsOf(node).map((word) => hostName(word.value, wordSpan(node, word))),
    ),
    ...(documentRoot ? { documentRoot } : {}),
    roots: [...(documentRoot ? [documentRoot.path] : []), ...targets],
    sections: nodes.flatMap((node) => directorySection(node) ?? []),
    nodes: all,
  }
}

function directorySection(node: ConfigNode): DirectorySection | undefined {
  const name = nameOf(node)
  if (name !== '<directory' && name !== '<directorymatch') return undefined
  const words = wordsOf(node)
  const tilde = words[0]?.value === '~'
  const word = tilde ? words[1] : words[0]
  if (!word) return undefined
  return { node, path: word.value, span: wordSpan(node, word), isRegex: tilde || name === '<directorymatch' }
}

function hostName(text: string, span: Span): HostName {
  const name = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d*$/, '')
  return { name, span }
}

function addressOf(node: ConfigNode, word: Word): Address[] {
  const span = wordSpan(node, word)
  const text = word.value
  if (text === '*' || text === '_default_') return [{ host: '*', port: undefined, span }]
  const anyPort = text.endsWith(':*')
  const parsed = parseAddress(anyPort ? text.slice(0, -2) : text)
  if (!parsed) return []
  const host = parsed.host === undefined || parsed.host === '_default_' ? '*' : parsed.host.toLowerCase()
  return [{ host, port: anyPort ? undefined : parsed.port, span }]
}

/** The directives and sections of a name (lower case; sections begin with `<`) at a level. */
export function named(nodes: readonly ConfigNode[], name: string): ConfigNode[] {
  return nodes.filter((node) => nameOf(node) === name)
}

const lowered = new Map<string, string>()

/** The name in lower case. */
export function nameOf({ name }: ConfigNode): string {
  let found = lowered.get(name)
  if (found === undefined) {
    found = name.toLowerCase()
    // A text can have any number of names that nobody knows.
    if (lowered.size < 5000) lowered.set(name, found)
  }
  return found
}

/** The arguments of a directive, or of a section without its `>`. */
export function wordsOf(node: ConfigNode): Word[] {
  const bracket = node.name.startsWith('<') ? node.args.lastIndexOf('>') : -1
  return readWords(node.args, 0, bracket < 0 ? node.args.length : bracket)
}

export function wordSpan(node: ConfigNode, word: Word): Span {
  return lineSpan(node.line, node.argsAt + word.start, node.argsAt + word.end)
}

/** The place of a directive's name. */
export function nameSpan(node: ConfigNode): Span {
  return lineSpan(node.line, node.nameStart, node.nameEnd)
}

/** The first argument of the directive of a name that counts: the last one. */
export function lastArgument(
  nodes: readonly ConfigNode[],
  name: string,
): { readonly node: ConfigNode; readonly word: Word; readonly span: Span } | undefined {
  const node = named(nodes, name).at(-1)
  const word = node && wordsOf(node)[0]
  return node && word ? { node, word, span: wordSpan(node, word) } : undefined
}

/** All directives and sections, those in sections after their section. */
export function* allNodes(nodes: readonly ConfigNode[]): Generator<ConfigNode> {
  for (const node of nodes) {
    yield node
    yield* allNodes(node.children)
  }
}

/** Without a slash at its end, `.` and `..` resolved. */
export function directoryPath(path: string): string {
  return posix.resolve('/', path)
}

/** Whether a path is a directory or lies in it. */
export function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`)
}
