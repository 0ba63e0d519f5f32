import { isDotted } from '../../apache/addresses.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { type Address, allNodes, type Host, type HostName, nameOf, nameSpan } from './server.ts'

/** Virtual hosts and the ports that they need (httpd documentation, "An In-Depth Discussion of Virtual Host Matching"). */
export const HOST_LINTS: readonly ServerLint[] = [
  { code: 'duplicate-virtual-host', severity: 'warning', scope: 'server', find: duplicates },
  { code: 'shadowed-name', severity: 'warning', scope: 'server', find: shadowed },
  { code: 'nameless-virtual-host', severity: 'warning', scope: 'server', find: nameless },
  { code: 'unheard-virtual-host', severity: 'warning', scope: 'server', find: unheard },
  { code: 'listened-twice', severity: 'error', scope: 'server', find: listenedTwice },
  { code: 'name-virtual-host', severity: 'warning', scope: 'part', find: nameVirtualHost },
]

interface Claim {
  readonly host: Host
  readonly name: HostName
}

/** Names that an earlier host on one of the same addresses answers to. */
function* claims({ model }: LintContext): Generator<{ own: Claim; earlier: Claim; isServerName: boolean }> {
  const taken = new Map<string, { exact: Map<string, Claim>; wild: Claim[] }>()
  for (const host of model.hosts) {
    const names = [...(host.serverName ? [host.serverName] : []), ...host.aliases]
    const told = new Set<HostName>()
    const keys = new Set(host.addresses.map(addressKey))
    for (const key of keys) {
      const known = taken.get(key) ?? { exact: new Map<string, Claim>(), wild: [] }
      taken.set(key, known)
      for (const name of names) {
        const earlier =
          known.exact.get(name.name) ?? known.wild.find((claim) => isWildMatch(claim.name.name, name.name))
        if (earlier && earlier.host !== host && !told.has(name)) {
          told.add(name)
          yield { own: { host, name }, earlier, isServerName: name === host.serverName }
        }
      }
      for (const name of names) {
        if (/[*?]/.test(name.name)) known.wild.push({ host, name })
        else if (!known.exact.has(name.name)) known.exact.set(name.name, { host, name })
      }
    }
  }
}

function isWildMatch(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}

function addressKey({ host, port }: Address): string {
  return `${host} ${port ?? '*'}`
}

/** Another host has its name on all of its addresses, and it has no further name. */
function* duplicates(context: LintContext): Generator<Found> {
  const byHost = new Map<Host, { own: Claim; earlier: Claim }[]>()
  for (const claim of claims(context)) {
    const list = byHost.get(claim.own.host)
    if (list) list.push(claim)
    else byHost.set(claim.own.host, [claim])
  }
  for (const [host, list] of byHost) {
    const [first] = list
    if (!first || !isDead(host, list)) continue
    yield {
      span: host.node ? nameSpan(host.node) : first.own.name.span,
      message: `an earlier virtual host answers to all names of ${first.own.name.name} on the same addresses, so this one never does`,
      related: [{ message: `${first.earlier.name.name} stands here`, span: first.earlier.name.span }],
    }
  }
}

function isDead(host: Host, list: readonly { own: Claim; earlier: Claim }[]): boolean {
  const names = (host.serverName ? 1 : 0) + host.aliases.length
  const keys = host.addresses.map(addressKey)
  return (
    list.length === names &&
    list.every(({ earlier }) => {
      const theirs = earlier.host.addresses.map(addressKey)
      return keys.every((key) => theirs.includes(key))
    })
  )
}

function* shadowed(context: LintContext): Generator<Found> {
  const all = [...claims(context)]
  for (const claim of all) {
    const { own, earlier } = claim
    if (
      isDead(
        own.host,
        all.filter((other) => other.own.host === own.host),
      )
    )
      continue
    yield {
      span: own.name.span,
      message: `requests for ${own.name.name} go to an earlier virtual host on the same address`,
      related: [{ message: `${earlier.name.name} stands here`, span: earlier.name.span }],
    }
  }
}

function* nameless({ model }: LintContext): Generator<Found> {
  const seen = new Set<string>()
  for (const host of model.hosts) {
    const keys = host.addresses.map(addressKey)
    if (!host.serverName && host.aliases.length === 0 && host.node && keys.length > 0 && keys.every((k) => seen.has(k)))
      yield {
        span: nameSpan(host.node),
        message: 'this virtual host has no ServerName and is not the first on its address, so nothing leads to it',
        remedy: 'Give it a ServerName.',
      }
    for (const key of keys) seen.add(key)
  }
}

function* unheard({ model: { hosts, listens }, complete }: LintContext): Generator<Found> {
  if (!complete || listens.length === 0) return
  for (const { addresses } of hosts)
    for (const { host, port, span } of addresses) {
      if (port === undefined || listens.some((listen) => listen.port === port && meets(listen.host, host))) continue
      yield {
        span,
        message: `no Listen opens port ${port}${host === '*' ? '' : ` of ${host}`}, so requests never reach this virtual host`,
        remedy: `Add 'Listen ${port}', or name a port that httpd listens on.`,
        related: listens.slice(0, 3).map((listen) => ({ message: 'httpd listens here', span: listen.span })),
      }
    }
}

/** Whether an address can be the same as another; of host names nothing is known. */
function meets(listen: string, host: string): boolean {
  const any = (address: string) => address === '*' || address === '0.0.0.0' || address === '::'
  return any(listen) || any(host) || listen === host || !isNumeric(listen) || !isNumeric(host)
}

/** What httpd's syntax test compares letter by letter, the kernel compares as addresses. */
function* listenedTwice({ model: { listens } }: LintContext): Generator<Found> {
  for (const [i, listen] of listens.entries())
    for (const earlier of listens.slice(0, i)) {
      if (listen.port === undefined || earlier.port !== listen.port) continue
      const covered =
        (earlier.host === '*' && isSpecific(listen.host)) || (listen.host === '*' && isSpecific(earlier.host))
      if (!covered) continue
      const address = isSpecific(listen.host) ? listen.host : earlier.host
      yield {
        span: listen.span,
        message: `(98)Address already in use: AH00072: make_sock: could not bind to address ${address}:${listen.port}`,
        related: [{ message: 'httpd listens here already', span: earlier.span }],
        remedy: 'Take one of the two Listen directives away.',
      }
      break
    }
}

function isSpecific(host: string): boolean {
  return isNumeric(host) && host !== '0.0.0.0' && host !== '::'
}

function isNumeric(host: string): boolean {
  return isDotted(host) || host.includes(':')
}

function* nameVirtualHost({ model }: LintContext): Generator<Found> {
  for (const node of allNodes(model.main.nodes))
    if (nameOf(node) === 'namevirtualhost')
      yield {
        span: nameSpan(node),
        message:
          'NameVirtualHost has had no effect since httpd 2.4: virtual hosts of one address are told apart by name anyway',
        remedy: 'Take the line away.',
      }
}
