import { NOT_IN_DIR_CONTEXT, NOT_IN_DIRECTORY, NOT_IN_FILES } from '../bits.ts'
import type { Call, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger } from '../numbers.ts'
import { expressionFault, regexFault } from './values.ts'

const NOT_COMPILED = 'Regular expression could not be compiled.'

/** mod_alias. */
export const ALIAS: Handlers = {
  Alias: alias,
  ScriptAlias: alias,
  AliasMatch: aliasMatch,
  ScriptAliasMatch: aliasMatch,
  Redirect: (call) => redirect(call, call.args, 302, false),
  RedirectTemp: (call) => redirect(call, call.args, 302, false),
  RedirectPermanent: (call) => redirect(call, call.args, 301, false),
  RedirectMatch: (call) => redirect(call, call.args, 302, true),
}

function alias(call: Call): Fault | undefined {
  const [fake = '', real] = call.args
  if (real !== undefined) return forbidden(call, NOT_IN_DIR_CONTEXT)
  const refused = forbidden(call, NOT_IN_DIRECTORY | NOT_IN_FILES)
  if (refused) return refused
  if (call.scope.path === undefined)
    return fault('argument-count', 'Alias must have two arguments when used globally', 'name')
  return expressionFault(fake, call, `Cannot parse alias expression '${fake}': `, 0, true)
}

function aliasMatch(call: Call): Fault | undefined {
  return forbidden(call, NOT_IN_DIR_CONTEXT) ?? regexFault(call.args[0] ?? '', NOT_COMPILED, 0)
}

const STATUSES: ReadonlyMap<string, number> = new Map([
  ['permanent', 301],
  ['temp', 302],
  ['seeother', 303],
  ['gone', 410],
])

function redirect(call: Call, args: readonly string[], normal: number, regex: boolean): Fault | undefined {
  const [first = '', second, third] = args
  let status = normal
  /** Whether the first argument is a status: 1 of a redirect, -1 another one, 0 none. */
  let known = 1
  const named = STATUSES.get(first.toLowerCase())
  if (named !== undefined) {
    status = named
    if (named === 410) known = -1
  } else if (/^\d/.test(first)) {
    status = leadingInteger(first)
    if (!isRedirect(status)) known = -1
  } else known = 0
  if (third !== undefined && known === 0) return fault('redirect', 'Redirect: invalid first argument (of three)', 0)
  if (call.scope.path !== undefined) {
    if ((known > 0 && second !== undefined && third === undefined) || (known === 0 && second === undefined)) {
      const at = known ? 1 : 0
      const url = args[at] ?? ''
      return expressionFault(url, call, `Cannot parse redirect expression '${url}': `, at, true)
    }
    if (known < 0 && second === undefined) return undefined
  }
  const shifted = third === undefined && known === 0
  const at = shifted ? 0 : 1
  const fake = args[at]
  const url = args[at + 1]
  if (regex) {
    const bad = regexFault(fake ?? '', NOT_COMPILED, at)
    if (bad) return bad
  }
  if (isRedirect(status)) {
    if (url === undefined) return fault('redirect', 'URL to redirect to is missing', args.length - 1)
    if (!regex && !isUrl(url) && !url.startsWith('/')) return fault('redirect', 'Redirect to non-URL', at + 1)
  } else if (url !== undefined) return fault('redirect', 'Redirect URL not valid for this status', at + 1)
  return undefined
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

/** Whether the text begins with a scheme, as httpd tells a URL from a path. */
export function isUrl(text: string): boolean {
  return /^[A-Za-z0-9+.-]+:/.test(text)
}
