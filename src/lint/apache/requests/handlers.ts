import type { ConfigNode } from '../../../apache/context.ts'
import type { Word } from '../../../apache/words.ts'
import { everywhere, nameOf, wordSpan, wordsOf } from '../server.ts'
import type { RequestContext, RequestFound, RequestLint } from './rule.ts'
import { hostAround } from './scopes.ts'

/** What is to answer requests, and is not there. */
export const HANDLER_LINTS: readonly RequestLint[] = [
  {
    code: 'no-handler',
    why: 'A handler that no loaded module has is left out: httpd sends the file itself, with its source text.',
    scope: 'server',
    find: handlers,
  },
  {
    code: 'no-protocol-handler',
    why: 'No loaded module speaks the protocol to the backend, and httpd answers with 500, or sends the source text.',
    scope: 'part',
    find: protocols,
  },
  { code: 'no-tls-to-backend', why: 'A backend of https needs `SSLProxyEngine on`.', scope: 'part', find: backends },
  {
    code: 'no-proxy',
    why: 'Without mod_proxy, rules with the flag `P` and handlers of proxies do nothing, or fail.',
    scope: 'part',
    find: withoutProxy,
  },
  { code: 'empty-balancer', why: 'A balancer without members answers with 503.', scope: 'server', find: balancers },
  { code: 'no-rewrite-map', why: 'A map that nothing defines gives nothing.', scope: 'server', find: maps },
]

/** Handlers with the modules of which one has to be there. */
const HANDLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['balancer-manager', ['proxy_balancer']],
  ['cgi-script', ['cgi', 'cgid']],
  ['form-login-handler', ['auth_form']],
  ['form-logout-handler', ['auth_form']],
  ['form-redirect-handler', ['auth_form']],
  ['heartbeat', ['heartmonitor']],
  ['imap-file', ['imagemap']],
  ['ldap-status', ['ldap']],
  ['lua-script', ['lua']],
  ['md-status', ['md']],
  ['reflector', ['reflector']],
  ['send-as-is', ['asis']],
  ['server-info', ['info']],
  ['server-status', ['status']],
  ['type-map', ['negotiation']],
])
/** Those of core, and words that stand for none. */
const ALWAYS = /^(?:default-handler|none|http2?-\w+)$/i

function isLoaded({ model }: RequestContext, modules: readonly string[]): boolean {
  return modules.some((name) => model.environment.modules.has(`${name}_module`))
}

function* handlers(context: RequestContext): Generator<RequestFound> {
  // Modules that are not known here bring handlers that are not known here.
  if (context.model.environment.foreign.length > 0) return
  const { model } = context
  const actions = new Set(everywhere(model, 'action').map((node) => wordsOf(node)[0]?.value.toLowerCase()))
  for (const node of everywhere(model, 'sethandler', 'addhandler')) {
    const [word] = wordsOf(node)
    const name = word?.value.toLowerCase() ?? ''
    if (!word || /%\{|^proxy:/.test(name) || ALWAYS.test(name) || actions.has(name)) continue
    const modules = HANDLERS.get(name)
    if (modules ? isLoaded(context, modules) : name.includes('/') && !/httpd-php|x-httpd/.test(name)) continue
    yield {
      span: wordSpan(node, word),
      depends: 'configuration',
      message: `no loaded module handles '${word.value}', so httpd sends the files themselves, programs with their source text`,
      remedy: modules
        ? `Load ${modules.map((module) => `${module}_module`).join(' or ')}.`
        : 'Load the module that does.',
    }
  }
}

/** Schemes with the modules of which one has to be there. */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  http: ['proxy_http'],
  https: ['proxy_http'],
  ws: ['proxy_http', 'proxy_wstunnel'],
  wss: ['proxy_http', 'proxy_wstunnel'],
  ajp: ['proxy_ajp'],
  fcgi: ['proxy_fcgi'],
  scgi: ['proxy_scgi'],
  uwsgi: ['proxy_uwsgi'],
  ftp: ['proxy_ftp'],
  h2: ['proxy_http2'],
  h2c: ['proxy_http2'],
  balancer: ['proxy_balancer'],
}

interface Backend {
  readonly node: ConfigNode
  readonly word: Word
  readonly scheme: string
  readonly target: string
}

/** The addresses that requests are handed on to. */
function* backendsOf(context: RequestContext): Generator<Backend> {
  for (const node of everywhere(
    context.model,
    'proxypass',
    'proxypassmatch',
    'balancermember',
    'rewriterule',
    'sethandler',
  )) {
    const name = nameOf(node)
    const words = wordsOf(node)
    const word =
      name === 'proxypass' || name === 'proxypassmatch'
        ? (words[1] ?? words[0])
        : name === 'balancermember'
          ? words.find(({ value }) => value.includes('://') && !value.startsWith('balancer:'))
          : name === 'rewriterule' && /[[,]P(?:roxy)?[\],]/i.test(words[2]?.value ?? '')
            ? words[1]
            : name === 'sethandler' && words[0]?.value.startsWith('proxy:')
              ? words[0]
              : undefined
    if (!word) continue
    const target = word.value.replace(/^proxy:/, '').replace(/^unix:[^|]*\|/, '')
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase()
    if (scheme !== undefined) yield { node, word, scheme, target }
  }
}

function* protocols(context: RequestContext): Generator<RequestFound> {
  if (!isLoaded(context, ['proxy'])) return
  for (const { node, word, scheme } of backendsOf(context)) {
    const modules = SCHEMES[scheme]
    const isOther = modules === undefined && context.model.environment.foreign.length > 0
    if (isOther || (modules && isLoaded(context, modules))) continue
    const isHandler = nameOf(node) === 'sethandler'
    yield {
      span: wordSpan(node, word),
      message: isHandler
        ? `no loaded module speaks ${scheme}, so httpd sends the files themselves, programs with their source text`
        : `No protocol handler was valid for the URL (scheme '${scheme}', AH01144, status 500)`,
      ...(modules ? { remedy: `Load ${modules.map((module) => `${module}_module`).join(' or ')}.` } : {}),
    }
  }
}

function* backends(context: RequestContext): Generator<RequestFound> {
  const { model, htaccess } = context
  if (htaccess) return
  const engines = everywhere(model, 'sslproxyengine')
  const isOn = new Set(engines.filter(({ args }) => !/^\s*off/i.test(args)).map(hostAround))
  const isInherited = engines.some((node) => !node.parent)
  for (const { node, word, scheme, target } of backendsOf(context)) {
    const host = hostAround(node)
    if (!/^(?:https|wss|h2)$/.test(scheme) || isOn.has(host) || (host && isInherited)) continue
    yield {
      span: wordSpan(node, word),
      depends: 'configuration',
      message: `SSLProxyEngine is not on: failed to enable ssl support for ${/^\w+:\/\/([^/]*)/.exec(target)?.[1] ?? target} (AH00961, status 500)`,
      remedy: 'Say SSLProxyEngine On in the same virtual host.',
    }
  }
}

function* withoutProxy(context: RequestContext): Generator<RequestFound> {
  if (isLoaded(context, ['proxy'])) return
  for (const { node, word } of backendsOf(context))
    yield {
      span: wordSpan(node, word),
      message:
        nameOf(node) === 'sethandler'
          ? 'proxy_module is not loaded, so httpd sends the files themselves, programs with their source text'
          : 'attempt to make remote request from mod_rewrite without proxy enabled (AH00669, status 403)',
      remedy: 'Load proxy_module and the module of the protocol.',
    }
}

function* balancers(context: RequestContext): Generator<RequestFound> {
  const filled = new Set<string>()
  for (const node of everywhere(context.model, 'balancermember')) {
    const words = [...wordsOf(node), ...(node.parent ? wordsOf(node.parent) : [])]
    for (const { value } of words) if (value.startsWith('balancer://')) filled.add(nameOfBalancer(value))
  }
  for (const { node, word, scheme, target } of backendsOf(context)) {
    const name = nameOfBalancer(target)
    if (scheme !== 'balancer' || /[$%]/.test(name) || filled.has(name)) continue
    yield {
      span: wordSpan(node, word),
      depends: 'configuration',
      message: `balancer://${name}: No workers in balancer (AH01171, status 503)`,
      remedy: `Add a BalancerMember in <Proxy "balancer://${name}">.`,
    }
  }
}

function nameOfBalancer(url: string): string {
  return url
    .replace(/^balancer:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase()
}

function* maps(context: RequestContext): Generator<RequestFound> {
  const known = new Set(everywhere(context.model, 'rewritemap').map((node) => wordsOf(node)[0]?.value))
  for (const node of everywhere(context.model, 'rewriterule', 'rewritecond')) {
    for (const word of wordsOf(node).slice(0, 2)) {
      const name = /\$\{([\w.-]+):/.exec(word.value)?.[1]
      if (name === undefined || known.has(name)) continue
      yield {
        span: wordSpan(node, word),
        message: `no RewriteMap is named '${name}', so httpd puts nothing in its place`,
        remedy: `Say RewriteMap ${name} in the server or the virtual host.`,
        depends: 'request',
      }
    }
  }
}
