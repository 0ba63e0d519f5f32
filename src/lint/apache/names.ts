import { canonicalAddress } from '../../apache/addresses.ts'
import { answersTo, hostFor } from './host-for.ts'
import { redirectOf } from './redirect.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { type Address, everywhere, named, nameOf, nameSpan, wordSpan, wordsOf } from './server.ts'

/** Names of virtual hosts that lead nowhere, or elsewhere. */
export const NAME_LINTS: readonly ServerLint[] = [
  {
    code: 'unmatched-name',
    why: 'httpd compares the name that a browser sends with the whole text: commas, schemes, ports and paths become part of the name, and nothing ever matches it.',
    severity: 'warning',
    scope: 'part',
    find: unmatched,
  },
  {
    code: 'overridden-name',
    why: 'A virtual host has one `ServerName`, the last one; further names are those of `ServerAlias`.',
    severity: 'warning',
    scope: 'part',
    find: overridden,
  },
  {
    code: 'name-elsewhere',
    why: 'A redirect leads to a name of this server, for a port where no virtual host has that name: the first virtual host of the port answers, with its own pages and certificate.',
    severity: 'warning',
    scope: 'server',
    find: elsewhere,
  },
]

/** A variable of httpd's, a macro's parameter or a template's tag: its value is not known here, and other checks tell of one left over. */
const VARIABLE = /[$%@<>{}]/

/** httpd compares the name that a browser sends with the whole text, character by character. */
function* unmatched({ model }: LintContext): Generator<Found> {
  for (const node of everywhere(model, 'servername')) {
    if (!node.parent) continue
    const [word] = wordsOf(node)
    const name = word?.value.replace(/^[a-z]+:\/\//i, '').replace(/:\d+$/, '') ?? ''
    const reason = VARIABLE.test(name) ? undefined : reasonFor(name)
    if (word && reason !== undefined) yield { span: wordSpan(node, word), ...told(word.value, reason) }
  }
  for (const node of everywhere(model, 'serveralias'))
    for (const word of wordsOf(node)) {
      const { value } = word
      if (VARIABLE.test(value) || canonicalAddress(value.replace(/^\[|\]$/g, '')) !== undefined) continue
      const reason = reasonFor(value) ?? (/:\d*$/.test(value) ? 'httpd compares names without their port' : undefined)
      if (reason !== undefined) yield { span: wordSpan(node, word), ...told(value, reason) }
    }
}

function told(name: string, reason: string): { message: string; remedy: string } {
  return {
    message: `no request ever has the name ${name}: ${reason}`,
    remedy: 'Write names alone, with spaces between.',
  }
}

function reasonFor(name: string): string | undefined {
  if (/[,;]/.test(name)) return `the ${name.includes(',') ? 'comma' : 'semicolon'} becomes part of it`
  if (name.includes('/')) return 'a name has no scheme and no path'
  if (/[^.]\.$/.test(name)) return 'httpd takes the dot at the end of a name away before it compares'
  return undefined
}

/** Only the last ServerName of a virtual host counts. */
function* overridden({ model }: LintContext): Generator<Found> {
  for (const { nodes, serverName, aliases } of model.hosts) {
    const all = named(nodes, 'servername')
    const last = all.at(-1)
    for (const node of all.slice(0, -1)) {
      const [word] = wordsOf(node)
      if (!word || !last || !serverName) continue
      const name = word.value.toLowerCase()
      if (name === serverName.name || aliases.some((alias) => alias.name === name)) continue
      yield {
        span: wordSpan(node, word),
        message: `a later ServerName takes the place of this one, so the virtual host does not answer to ${word.value}`,
        remedy: `Write 'ServerAlias ${word.value}'.`,
        related: [{ message: 'this one counts', span: nameSpan(last) }],
      }
    }
  }
}

/**
 * A redirect to a name of this server, for a port where other virtual hosts are told apart by name and none has this
 * one. A port that nothing listens on may be that of a proxy in front.
 */
function* elsewhere({ model }: LintContext): Generator<Found> {
  for (const { nodes } of model.hosts)
    for (const node of nodes) {
      const to = nameOf(node) === 'rewriterule' ? wordsOf(node)[1] : redirectOf(node)?.to
      const [, scheme, name = '', port] = /^(https?):\/\/([\w.-]+)(?::(\d+))?(?:[/?#]|$)/i.exec(to?.value ?? '') ?? []
      if (!to || !model.hosts.some((host) => answersTo(host, name))) continue
      const wanted = port === undefined ? (scheme?.toLowerCase() === 'https' ? 443 : 80) : Number(port)
      const there = model.hosts.filter(({ addresses }) => addresses.some((address) => address.port === wanted))
      // One host alone, or one without a name, takes all requests on purpose.
      if (there.length < 2 || !there.every(({ serverName, addresses }) => serverName && addresses.every(isAny)))
        continue
      const { serverName } = hostFor(model, name, wanted)
      if (!serverName || there.some((host) => answersTo(host, name))) continue
      yield {
        span: wordSpan(node, to),
        message: `no virtual host of port ${wanted} has the name ${name}, so ${serverName.name} answers there`,
        remedy: `Add ${name} to a virtual host of port ${wanted}.`,
        related: [{ message: 'this one answers', span: serverName.span }],
      }
    }
}

function isAny({ host }: Address): boolean {
  return host === '*'
}
