import { isName } from './host-for.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { type Address, everywhere, type Host, type HostName, nameSpan } from './server.ts'

/** Virtual hosts (httpd documentation, "An In-Depth Discussion of Virtual Host Matching"). */
export const HOST_LINTS: readonly ServerLint[] = [
  {
    code: 'duplicate-virtual-host',
    why: 'Of two virtual hosts with the same names on the same addresses the first answers all requests.',
    severity: 'warning',
    scope: 'server',
    find: duplicates,
  },
  {
    code: 'shadowed-name',
    why: 'The first virtual host of an address that has a name answers for it, also where the name is a pattern.',
    severity: 'warning',
    scope: 'server',
    find: shadowed,
  },
  {
    code: 'nameless-virtual-host',
    why: 'A virtual host without a name answers only where it is the first one of its address.',
    severity: 'warning',
    scope: 'server',
    find: nameless,
  },
  {
    code: 'name-virtual-host',
    why: '`NameVirtualHost` does nothing since httpd 2.4.',
    severity: 'warning',
    scope: 'part',
    find: nameVirtualHost,
  },
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
        const earlier = known.exact.get(name.name) ?? known.wild.find((claim) => isName(claim.name.name, name.name))
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

function* nameVirtualHost({ model }: LintContext): Generator<Found> {
  for (const node of everywhere(model, 'namevirtualhost'))
    yield {
      span: nameSpan(node),
      message:
        'NameVirtualHost has had no effect since httpd 2.4: virtual hosts of one address are told apart by name anyway',
      remedy: 'Take the line away.',
    }
}
