import { hash, integer, string, type UriValue, type Value } from '../value/value.ts'

/** The parts of a URI as Ruby's library splits them (RFC 3986); absent parts are left out. */
interface UriParts {
  readonly scheme?: string
  readonly userinfo?: string
  readonly host?: string
  readonly port?: number
  readonly path?: string
  readonly query?: string
  readonly fragment?: string
  /** All after the scheme of a URI that is not hierarchical: `mailto:…`. */
  readonly opaque?: string
}

const form =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::([0-9]*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ldap: 389,
  ldaps: 636,
  ws: 80,
  wss: 443,
}

function parseUri(text: string): UriParts {
  const match = form.exec(text)
  if (!match) return { path: text }
  const [, scheme, userinfo, host, port, path, query, fragment] = match
  const isOpaque =
    scheme !== undefined && host === undefined && path !== undefined && path !== '' && !path.startsWith('/')
  const number = port ? Number(port) : scheme === undefined ? undefined : defaultPorts[scheme.toLowerCase()]
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(userinfo === undefined ? {} : { userinfo }),
    ...(host === undefined ? {} : { host }),
    ...(number === undefined ? {} : { port: number }),
    ...(isOpaque ? { opaque: `${path}${query === undefined ? '' : `?${query}`}` } : { path: path ?? '' }),
    ...(query === undefined || isOpaque ? {} : { query }),
    ...(fragment === undefined ? {} : { fragment }),
  }
}

/** The hash that the type of this one URI has as its parameters. */
export function uriParameters(value: UriValue): Value {
  const parts = parseUri(value.text)
  const { origin } = value
  const pairs: [string, string][] = []
  const scheme = parts.scheme?.toLowerCase()
  if (scheme !== undefined) pairs.push(['scheme', scheme])
  if (parts.userinfo !== undefined) pairs.push(['userinfo', parts.userinfo])
  if (parts.host) pairs.push(['host', parts.host.toLowerCase()])
  const usual = (scheme === 'http' && parts.port === 80) || (scheme === 'https' && parts.port === 443)
  if (parts.port !== undefined && !usual) pairs.push(['port', String(parts.port)])
  if (parts.path) pairs.push(['path', parts.path])
  if (parts.query !== undefined) pairs.push(['query', parts.query])
  if (parts.fragment !== undefined) pairs.push(['fragment', parts.fragment])
  if (parts.opaque !== undefined) pairs.push(['opaque', parts.opaque])
  return hash(
    pairs.map(([name, part]) => [string(name, origin), string(part, origin)]),
    origin,
  )
}

/** One part as a value; `undefined` for a part that the URI does not have or URIs do not have. */
export function uriPart(value: UriValue, name: string): Value | undefined {
  const part = parseUri(value.text)[name as keyof UriParts]
  if (part === undefined) return undefined
  return typeof part === 'number' ? integer(part, value.origin) : string(part, value.origin)
}
