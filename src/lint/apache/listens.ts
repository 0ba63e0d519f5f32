import { canonicalAddress } from '../../apache/addresses.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import type { Address } from './server.ts'

/** Addresses that virtual hosts wait for, and those that httpd opens. */
export const LISTEN_LINTS: readonly ServerLint[] = [
  {
    code: 'unheard-virtual-host',
    why: 'A virtual host on a port that no `Listen` opens never sees a request.',
    severity: 'warning',
    scope: 'server',
    find: unheard,
  },
  {
    code: 'listened-twice',
    why: 'The syntax test compares addresses letter by letter; the kernel refuses the second of two that cover each other, and httpd does not start.',
    severity: 'error',
    scope: 'server',
    find: listenedTwice,
  },
]

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
  if (any(listen) || any(host)) return true
  const [one, other] = [canonicalAddress(listen), canonicalAddress(host)]
  return one === undefined || other === undefined || one === other
}

/** What httpd's syntax test compares letter by letter, the kernel compares as addresses. */
function* listenedTwice({ model: { listens } }: LintContext): Generator<Found> {
  for (const [i, listen] of listens.entries()) {
    const earlier = listens.slice(0, i).find((each) => isTaken(listen, each))
    if (!earlier) continue
    const address = listen.host === '*' ? '[::]' : listen.host.includes(':') ? `[${listen.host}]` : listen.host
    yield {
      span: listen.span,
      message: `(98)Address already in use: AH00072: make_sock: could not bind to address ${address}:${listen.port}`,
      related: [{ message: 'httpd listens here already', span: earlier.span }],
      remedy: 'Take one of the two Listen directives away.',
    }
  }
}

/**
 * Whether the kernel refuses an address for one that is open. `*` opens `::`, which takes IPv4 as well unless 0.0.0.0
 * is listened on besides; where that fails, httpd falls back to 0.0.0.0.
 */
function isTaken(listen: Address, earlier: Address): boolean {
  if (listen.port === undefined || listen.port !== earlier.port) return false
  // What is spelled alike is refused by the syntax test.
  if (listen.host === earlier.host) return false
  const [own, open] = [kindOf(listen.host), kindOf(earlier.host)]
  switch (own) {
    case '*':
      return open === 'v4'
    case '::':
      return open === '*' || open === 'v4' || open === 'v6'
    case '0.0.0.0':
      return open === 'v4'
    case 'v4':
      return open === '*' || open === '::' || open === '0.0.0.0' || isSame(listen, earlier)
    case 'v6':
      return open === '*' || open === '::' || isSame(listen, earlier)
    default:
      return false
  }
}

function kindOf(host: string): '*' | '0.0.0.0' | '::' | 'v4' | 'v6' | 'name' {
  if (host === '*') return '*'
  const address = canonicalAddress(host)
  if (address === undefined) return 'name'
  if (address === '0.0.0.0' || address === '::') return address
  return address.includes(':') ? 'v6' : 'v4'
}

function isSame(one: Address, other: Address): boolean {
  return canonicalAddress(one.host) === canonicalAddress(other.host)
}
