import { rootRelative } from '../../apache/paths.ts'
import { directoryPath, type Host, isWithin, named, type ServerModel, wordsOf } from './server.ts'

/**
 * The host that answers a request (httpd documentation, "An In-Depth Discussion of Virtual Host Matching"): of those
 * with an address of its port, the first that has the name, else the first one; without any, the main server.
 */
export function hostFor(model: ServerModel, name: string, port: number): Host {
  const onPort = model.hosts.filter(({ addresses }) =>
    addresses.some((address) => address.port === port || address.port === undefined),
  )
  return onPort.find((host) => answersTo(host, name)) ?? onPort[0] ?? model.main
}

/** Whether a host is the one of a name. */
export function answersTo({ serverName, aliases }: Host, name: string): boolean {
  return [...(serverName ? [serverName] : []), ...aliases].some((each) => isName(each.name, name.toLowerCase()))
}

/** Whether a name fits one of ServerAlias, which may have `*` and `?` in it; both in lower case. */
export function isName(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}

/** The file that a path of a URL leads to, through aliases; rewriting is left out. `undefined` without a document root. */
export function fileFor(model: ServerModel, host: Host, path: string): string | undefined {
  for (const { nodes } of host === model.main ? [host] : [host, model.main])
    for (const node of nodes.filter(({ name }) => /^(?:script)?alias$/i.test(name))) {
      const [prefix, target] = wordsOf(node).map((word) => word.value)
      if (prefix === undefined || target === undefined) continue
      const isInside = prefix.endsWith('/') ? path.startsWith(prefix) : isWithin(path, prefix)
      if (isInside) return directoryPath(`${rootRelative(target, model.environment)}/${path.slice(prefix.length)}`)
    }
  const root = host.documentRoot ?? (named(host.nodes, 'documentroot').length > 0 ? undefined : model.main.documentRoot)
  if (!root) return undefined
  const file = directoryPath(`${root.path}/${path}`)
  // What applies to a directory applies to a document in it.
  return path.endsWith('/') ? `${file === '/' ? '' : file}/` : file
}
