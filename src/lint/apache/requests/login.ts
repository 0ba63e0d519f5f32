import type { ConfigNode } from '../../../apache/context.ts'
import { hasUnreadIncludes } from '../../../apache/include.ts'
import { levelsWith, nameOf, nameSpan, wordSpan, wordsOf } from '../server.ts'
import type { RequestContext, RequestFound, RequestLint } from './rule.ts'
import { isSaid, said, saidHere } from './scopes.ts'

/** Access that asks for a user where nobody can log in. */
export const LOGIN_LINTS: readonly RequestLint[] = [
  {
    code: 'no-auth-type',
    why: 'Asking for a user without saying how to log in makes httpd answer with 500.',
    scope: 'part',
    find: noType,
  },
  {
    code: 'no-auth-name',
    why: 'Basic and digest authentication need a name for what is protected; without it httpd answers with 500.',
    scope: 'part',
    find: noName,
  },
  {
    code: 'unknown-auth-type',
    why: 'No loaded module knows this way to log in, and httpd answers with 500.',
    scope: 'part',
    find: unknownType,
  },
  {
    code: 'no-auth-source',
    why: 'There is nothing to look users up in: nobody can log in, or httpd answers with 500.',
    scope: 'part',
    find: noSource,
  },
  {
    code: 'no-group-file',
    why: '`Require group` lets nobody in without a file of groups.',
    scope: 'part',
    find: noGroups,
  },
]

const ASKS_FOR_USER = /^(?:valid-user|user|group|file-owner|file-group|dbm-(?:file-)?group|dbd-group|ldap-\w+)$/i

const asked = new WeakMap<RequestContext, readonly ConfigNode[]>()

/** The first Require of each place that a request without a user cannot get past. */
function asking(context: RequestContext): readonly ConfigNode[] {
  let found = asked.get(context)
  if (!found) {
    found = [...findAsking(context)]
    asked.set(context, found)
  }
  return found
}

function* findAsking(context: RequestContext): Generator<ConfigNode> {
  if (hasUnreadIncludes(context.model.environment)) return
  for (const { nodes, section } of levelsWith(context.model, 'require', '<requireany', '<requireall')) {
    if (section && /^<require/.test(nameOf(section))) continue
    const need = needOf(nodes, 'any')
    if (typeof need !== 'object') continue
    // Another way in, or other rules that count as well.
    if (said(context, need, 'satisfy').some((node) => /any/i.test(node.args))) continue
    if (said(context, need, 'authmerging').some((node) => /or/i.test(node.args))) continue
    yield need
  }
}

/** What a request without a user comes to: let in, turned away, or asked for a user by the directive that is given. */
function needOf(nodes: readonly ConfigNode[], mode: 'any' | 'all'): ConfigNode | 'granted' | 'denied' | undefined {
  const decisive = mode === 'any' ? 'granted' : 'denied'
  let need: ConfigNode | undefined
  for (const node of nodes) {
    const found = needOfOne(node)
    if (found === decisive) return decisive
    if (typeof found === 'object') need ??= found
  }
  return need
}

function needOfOne(node: ConfigNode): ConfigNode | 'granted' | 'denied' | undefined {
  switch (nameOf(node)) {
    case '<requireany':
      return needOf(node.children, 'any')
    case '<requireall':
      return needOf(node.children, 'all')
    case 'require': {
      const [first, second] = wordsOf(node).map(({ value }) => value.toLowerCase())
      if (first === 'all') return second === 'granted' ? 'granted' : 'denied'
      return ASKS_FOR_USER.test(first ?? '') ? node : undefined
    }
    default:
      return undefined
  }
}

function firstOf(node: ConfigNode | undefined): string {
  return (node && wordsOf(node)[0]?.value) ?? ''
}

/** The AuthType that is said in the place itself, else the only one that others may say. */
function typeFor(context: RequestContext, need: ConfigNode): ConfigNode | undefined {
  const here = saidHere(context, need, 'authtype')
  if (here) return here
  const others = said(context, need, 'authtype')
  return new Set(others.map((node) => firstOf(node).toLowerCase())).size === 1 ? others[0] : undefined
}

function* noType(context: RequestContext): Generator<RequestFound> {
  for (const need of asking(context)) {
    const here = saidHere(context, need, 'authtype')
    const isNone = here && firstOf(here).toLowerCase() === 'none'
    if (!isNone && isSaid(context, need, 'authtype')) continue
    yield {
      depends: 'configuration',
      span: nameSpan(need),
      message: `Require ${need.args} asks for a user, but ${isNone ? 'AuthType is None' : 'no AuthType tells how to log in'}: No authentication done but request not allowed without authentication (AH00027, status 500)`,
      remedy: 'Say AuthType, AuthName and where the users are, or require something else.',
      ...(isNone ? { related: [{ message: 'AuthType stands here', span: nameSpan(here) }] } : {}),
    }
  }
}

const OWN_TYPES: Readonly<Record<string, string>> = {
  basic: 'auth_basic_module',
  digest: 'auth_digest_module',
  form: 'auth_form_module',
}
const NEED_NAME: Readonly<Record<string, string>> = { basic: 'AH01615', digest: 'AH01780', form: 'AH01810' }

function* noName(context: RequestContext): Generator<RequestFound> {
  for (const need of asking(context)) {
    const type = typeFor(context, need)
    const number = NEED_NAME[firstOf(type).toLowerCase()]
    if (!type || number === undefined || isSaid(context, need, 'authname')) continue
    yield {
      depends: 'configuration',
      span: nameSpan(type),
      message: `AuthType ${firstOf(type)} without AuthName: need AuthName (${number}, status 500)`,
      remedy: 'Say AuthName; browsers show it to who logs in.',
      related: [{ message: 'this asks for a user', span: nameSpan(need) }],
    }
  }
}

function* unknownType(context: RequestContext): Generator<RequestFound> {
  const { environment } = context.model
  for (const need of asking(context)) {
    const type = typeFor(context, need)
    const [word] = type ? wordsOf(type) : []
    const value = word?.value ?? ''
    if (!type || !word || value.includes('%{') || value.toLowerCase() === 'none') continue
    const module = OWN_TYPES[value.toLowerCase()]
    if (module === undefined ? environment.foreign.length > 0 : environment.modules.has(module)) continue
    yield {
      depends: 'configuration',
      span: wordSpan(type, word),
      message: `AuthType ${value} configured without corresponding module (AH01796, status 500)`,
      remedy:
        module === undefined ? 'httpd’s own modules know Basic, Digest and Form.' : `Load ${module}, which defines it.`,
      related: [{ message: 'this asks for a user', span: nameSpan(need) }],
    }
  }
}

/** What tells a provider where its users are, with what httpd says without it. */
const SOURCES: Readonly<Record<string, readonly [directive: string, complaint: string]>> = {
  file: ['AuthUserFile', 'AuthUserFile not specified in the configuration (AH01619, status 500)'],
  dbm: ['AuthDBMUserFile', 'could not open dbm file (AH10285, status 500)'],
  ldap: ['AuthLDAPURL', 'no AuthLDAPURL (AH02558, status 500)'],
}

function* noSource(context: RequestContext): Generator<RequestFound> {
  const { environment } = context.model
  for (const need of asking(context)) {
    const type = typeFor(context, need)
    const kind = firstOf(type).toLowerCase()
    if (!type || (kind !== 'basic' && kind !== 'form')) continue
    const lists = said(context, need, `auth${kind}provider`)
    if (lists.length > 1 || (lists.length === 0 && environment.foreign.length > 0)) continue
    const [list] = lists
    const names = list ? wordsOf(list).map(({ value }) => value.toLowerCase()) : ['file']
    if (!list && !environment.modules.has('authn_file_module')) {
      yield {
        depends: 'configuration',
        span: nameSpan(type),
        message: 'No Authn provider configured (AH01616, status 500)',
        remedy: 'Load authn_file_module, or name another provider with AuthBasicProvider.',
      }
      continue
    }
    for (const name of names) {
      const [directive, complaint] = SOURCES[name] ?? []
      if (directive === undefined || isSaid(context, need, directive.toLowerCase())) continue
      yield {
        depends: 'configuration',
        span: nameSpan(list ?? type),
        message: `whoever logs in is looked for by the provider '${name}', which has nothing to look in: ${complaint}`,
        remedy: `Say ${directive}.`,
      }
    }
  }
}

function* noGroups(context: RequestContext): Generator<RequestFound> {
  for (const need of asking(context)) {
    const kind = firstOf(need).toLowerCase()
    const directive = kind === 'group' ? 'AuthGroupFile' : kind === 'dbm-group' ? 'AuthDBMGroupFile' : undefined
    if (directive === undefined || isSaid(context, need, directive.toLowerCase())) continue
    yield {
      depends: 'configuration',
      span: nameSpan(need),
      message: `nobody gets in with Require ${kind}: No group file was specified in the configuration (${kind === 'group' ? 'AH01664' : 'AH01798'}, status 401)`,
      remedy: `Say ${directive}.`,
    }
  }
}
