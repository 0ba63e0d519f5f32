import { isIPv6 } from 'node:net'
import {
  ACCESS_CONF,
  ALL_OVERRIDES,
  GLOBAL_ONLY,
  NOT_IN_DIR_CONTEXT,
  NOT_IN_DIRECTORY,
  NOT_IN_FILES,
  NOT_IN_HTACCESS,
  PROXY_CONF,
} from '../bits.ts'
import { type Call, type Handler, type Handlers, remember } from '../context.ts'
import { type Fault, fault, type Place } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger, parseLeading } from '../numbers.ts'
import { hasWildcards } from '../paths.ts'
import { sectionArgument } from '../sections.ts'
import { readBracedWord, readWord, readWords, type Word } from '../words.ts'
import { balancerFault, healthCheckFault, healthCheckNames, workerFault } from './proxy-parameters.ts'
import { expressionFault, inOrder, integer, longInteger, oneOf, outside, regexFault } from './values.ts'

/** mod_proxy and the modules around it. */
export const PROXY: Handlers = {
  '<Proxy': proxySection,
  '<ProxyMatch': proxySection,
  ProxyPass: (call) => pass(call, false),
  ProxyPassMatch: (call) => pass(call, true),
  ProxyPassReverse: passReverse,
  ProxyRemote: (call) => remote(call, 'ProxyRemote'),
  ProxyRemoteMatch: (call) => remote(call, 'ProxyRemoteMatch'),
  ProxyDomain: (call) =>
    call.args[0]?.startsWith('.') ? undefined : fault('value', 'ProxyDomain: domain name must start with a dot.', 0),
  ProxyErrorOverride: errorOverride,
  ProxyReceiveBufferSize: bufferSize('ProxyReceiveBufferSize'),
  ProxyIOBufferSize: longInteger(
    (value) => value >= 512 || value === 0n,
    'ProxyIOBufferSize must be >= 512 bytes, or 0 for system default.',
  ),
  ProxyTimeout: integer((value) => value >= 1, 'Proxy Timeout must be at least 1 second.'),
  ProxyVia: oneOf(['off', 'on', 'block', 'full'], 'ProxyVia must be one of: off | on | full | block'),
  ProxyBadHeader: oneOf(
    ['iserror', 'ignore', 'startbody'],
    'ProxyBadHeader must be one of: IsError | Ignore | StartBody',
  ),
  ProxyStatus: oneOf(['off', 'on', 'full'], 'ProxyStatus must be one of: off | on | full'),
  BalancerGrowth: integer((value) => value >= 0 && value <= 1000, 'BalancerGrowth must be between 0 and 1000'),
  BalancerMember: member,
  ProxySet: set,
  ProxySourceAddress: (call) => {
    const [text = ''] = call.args
    const literal = /^\d[\d.]*$/.test(text) || isIPv6(text) || text.startsWith('/')
    if (!literal && call.environment.machine.resolves?.(text) === false)
      return fault('value', 'ProxySourceAddress invalid value', 0)
    return undefined
  },
  ProxyFCGIBackendType: oneOf(
    ['generic', 'fpm'],
    "ProxyFCGIBackendType requires one of the following arguments: 'GENERIC', 'FPM'",
  ),
  ProxyFCGISetEnvIf: setEnvIf,
  ProxyHCExpr: inOrder(outside(NOT_IN_HTACCESS), healthExpression),
  ProxyHCTemplate: inOrder(outside(NOT_IN_HTACCESS), healthTemplate),
  ProxyHCTPsize: inOrder(
    outside(GLOBAL_ONLY),
    integer((value) => value >= 0, 'Invalid ProxyHCTPsize parameter. Parameter must be >= 0'),
  ),
  AllowCONNECT: (call) => {
    const [text = ''] = call.args
    if (!/^\d/.test(text)) return fault('number', 'AllowCONNECT: port numbers must be numeric', 0)
    const range = /^\d+-(.*)$/s.exec(text)
    if (range && !/^\d+$/.test(range[1] as string))
      return fault('number', `Cannot parse '${range[1]}' as port number`, 0)
    return range || /^\d+$/.test(text) ? undefined : fault('number', `Cannot parse '${text}' as port number`, 0)
  },
}

function bufferSize(name: string): Handler {
  return integer((value) => value >= 512 || value === 0, `${name} must be >= 512 bytes, or 0 for system default.`)
}

function place(word: Word): Place {
  return [word.start, word.end]
}

/** Workers and balancers that a server has so far, by the scheme and host of their URL. */
interface Workers {
  readonly workers: Set<string>
  readonly balancers: Set<string>
}

function workersOf(call: Call): Workers {
  return remember(call.scope.server.state, 'proxy-workers', () => ({ workers: new Set(), balancers: new Set() }))
}

function isBalancer(url: string): boolean {
  return /^balancer:/i.test(url)
}

/** What stands behind `unix:path|`; undefined where that is not well formed. */
function withoutSocket(url: string): string | undefined {
  if (!/^unix:/i.test(url) || !url.includes('|')) return url
  const bar = url.indexOf('|')
  const rest = url.slice(bar + 1)
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(rest) ? rest : undefined
}

/** What is wrong with a worker's URL. */
function defineWorker(url: string, call: Call, match: boolean): string | undefined {
  const socket = /^unix:/i.test(url) && url.includes('|')
  const real = socket ? url.slice(url.indexOf('|') + 1) : url
  const checked = match ? real.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/[^/:]*:[^/$]*)(?:\$\d)[^/]*/, '$1') : real
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?/.exec(checked)
  if (!found) return `URL must be absolute!: ${url}`
  const authority = (found[2] ?? '').replace(/^.*@/, '')
  const hostPort = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority)
  const host = hostPort?.[1] ?? ''
  const port = hostPort?.[2]
  // The low 16 bits of a number are the port.
  if (port && parseLeading(port).end !== port.length) return `Unable to parse URL: ${url}`
  if (host === '' && !socket) return `URL must be absolute!: ${url}`
  workersOf(call).workers.add(key(real))
  return undefined
}

function defineBalancer(url: string, call: Call): string | undefined {
  if (!/^[^:]*:\/\/./.test(url)) return `Bad syntax for a balancer name (${url})`
  const name = key(url)
  if (name.length >= 96) return `balancer name (${name}) too long`
  workersOf(call).balancers.add(name)
  return undefined
}

/** Scheme and host, lower case. */
function key(url: string): string {
  const found = /^([^:]*:\/\/[^/]*)/.exec(url)
  return (found?.[1] ?? url).toLowerCase()
}

function pass(call: Call, match: boolean): Fault | undefined {
  const refused = forbidden(call, NOT_IN_DIRECTORY | NOT_IN_FILES)
  if (refused) return refused
  const { path } = call.scope
  let from = path
  let to: Word | undefined
  let regex = match
  const parameters: { word: Word; key: string; value: string }[] = []
  const notPair = "Invalid ProxyPass|ProxyPassMatch parameter. Parameter must be in the form 'key=value'."
  for (const word of readWords(call.raw)) {
    if (from === undefined) {
      if (word.value === '~') {
        if (match) return fault('proxy', "ProxyPassMatch invalid syntax ('~' usage).", place(word))
        regex = true
        continue
      }
      from = word.value
    } else if (!to) to = word
    else if (/^(?:nocanon|interpolate|noquery)$/i.test(word.value)) continue
    else {
      const equals = word.value.indexOf('=')
      if (equals < 0) {
        if (path !== undefined && to.value.startsWith('/'))
          return fault('proxy', 'ProxyPass|ProxyPassMatch can not have a path when defined in a location.', place(to))
        return fault('proxy', notPair, place(word))
      }
      const name = word.value.slice(0, equals)
      const value = word.value.slice(equals + 1)
      if (name.toLowerCase() === 'mapping') {
        if (!/^(?:encoded|servlet)$/i.test(value)) return fault('proxy', 'unknown mapping', place(word))
      } else parameters.push({ word, key: name, value })
    }
  }
  if (!to || from === undefined)
    return fault('argument-count', 'ProxyPass|ProxyPassMatch needs a path when not defined in a location', 'name')
  const real = withoutSocket(to.value)
  if (real === undefined) return fault('proxy', 'ProxyPass|ProxyPassMatch uses an invalid "unix:" URL', place(to))
  if (path !== undefined && hasWildcards(from)) regex = true
  if (regex) {
    const bad = regexFault(from, 'Regular expression could not be compiled.', path === undefined ? 0 : 'name')
    if (bad) return bad
  }
  if (to.value === '!') return undefined
  const balancer = isBalancer(to.value)
  const known = workersOf(call)
  const shared = balancer ? known.balancers.has(key(to.value)) : known.workers.has(key(real))
  if (!shared) {
    const said = balancer ? defineBalancer(to.value, call) : defineWorker(to.value, call, regex)
    if (said) return fault('proxy', `ProxyPass ${said}`, place(to))
  } else if (!balancer) return undefined
  for (const { word, key: name, value } of parameters) {
    const said = balancer ? balancerFault(name, value, call.environment) : workerFault(name, value, call)
    if (said) return fault('proxy', `ProxyPass ${said}`, place(word))
  }
  return undefined
}

function passReverse(call: Call): Fault | undefined {
  const refused = forbidden(call, NOT_IN_DIRECTORY | NOT_IN_FILES)
  if (refused) return refused
  const [, url] = call.args
  const interpolate = url?.toLowerCase() === 'interpolate'
  if (call.scope.path === undefined)
    return url === undefined || interpolate
      ? fault('argument-count', 'ProxyPassReverse needs a path when not defined in a location', 'name')
      : undefined
  return url !== undefined && !interpolate
    ? fault('proxy', 'ProxyPassReverse can not have a path when defined in a location', 1)
    : undefined
}

function remote(call: Call, name: string): Fault | undefined {
  const [match = '', server = ''] = call.args
  if (!/^[^:]*:\/\/./.test(server)) return fault('proxy', `${name}: Bad syntax for a remote proxy server`, 1)
  const host = server.slice(server.indexOf(':') + 3)
  const colon = host.indexOf(':')
  if (colon >= 0) {
    const port = /^\s*[+-]?\d+/.exec(host.slice(colon + 1))?.[0]
    if (port === undefined || Number(port) > 65535 || Number(port) < 0)
      return fault('proxy', `${name}: Bad syntax for a remote proxy server (bad port number)`, 1)
  }
  return name === 'ProxyRemoteMatch'
    ? regexFault(match, 'Regular expression for ProxyRemoteMatch could not be compiled.', 0)
    : undefined
}

function errorOverride(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (/^o(?:n|ff)$/i.test(text)) {
    call.scope.directory.set('error-override', true)
    return undefined
  }
  if (!call.scope.directory.get('error-override'))
    return fault('keyword', 'ProxyErrorOverride first parameter must be one of: off | on', 0)
  const code = leadingInteger(text)
  if (code >= 400 && code < 600) return undefined
  return fault(
    'number',
    'ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes >=400 && <600',
    0,
  )
}

function member(call: Call): Fault | undefined {
  const refused = forbidden(call, NOT_IN_HTACCESS)
  if (refused) return refused
  const inLocation = call.scope.path !== undefined
  let path = call.scope.path
  let url: Word | undefined
  const parameters: { word: Word; key: string; value: string }[] = []
  for (const word of readWords(call.raw)) {
    const equals = word.value.indexOf('=')
    if (equals >= 0) {
      parameters.push({ word, key: word.value.slice(0, equals), value: word.value.slice(equals + 1) })
    } else if (path === undefined) path = word.value
    else if (!url) url = word
    else {
      const message = inLocation
        ? 'BalancerMember can not have a balancer name when defined in a location'
        : "Invalid BalancerMember parameter. Parameter must be in the form 'key=value'"
      return fault('proxy', message, place(word))
    }
  }
  if (path === undefined)
    return fault('argument-count', 'BalancerMember must define balancer name when outside <Proxy > section', 'name')
  if (!url) return fault('argument-count', 'BalancerMember must define remote proxy server', 'name')
  const real = withoutSocket(url.value)
  if (real === undefined) return fault('proxy', 'BalancerMember uses an invalid "unix:" URL', place(url))
  const balancer = path.toLowerCase()
  const known = workersOf(call)
  if (!known.balancers.has(key(balancer))) {
    const said = defineBalancer(balancer, call)
    if (said) return fault('proxy', `BalancerMember ${said}`, 'name')
  }
  const own = `${key(balancer)} ${real.toLowerCase()}`
  if (known.workers.has(own)) return undefined
  const said = defineWorker(url.value, call, false)
  if (said) return fault('proxy', `BalancerMember ${said}`, place(url))
  known.workers.add(own)
  for (const { word, key: name, value } of parameters) {
    const wrong = workerFault(name, value, call)
    if (wrong) return fault('proxy', `BalancerMember ${wrong}`, place(word))
  }
  return undefined
}

function set(call: Call): Fault | undefined {
  const refused = forbidden(call, NOT_IN_HTACCESS)
  if (refused) return refused
  const parent = call.node.parent
  const inSection = parent !== undefined && /^<proxy/i.test(parent.name)
  const all = readWords(call.raw)
  const first = inSection ? readWord(parent.args, 0) : readWord(call.raw, 0)
  const name = inSection ? (first.value.split('>', 1)[0] as string) : first.value
  const at: Place = inSection || first.value === '' ? 'name' : place(first)
  const balancer = isBalancer(name)
  const known = workersOf(call)
  const real = balancer ? name : withoutSocket(name)
  if (real === undefined) return fault('proxy', 'ProxySet uses an invalid "unix:" URL', at)
  if (!(balancer ? known.balancers : known.workers).has(key(real))) {
    if (!inSection) return fault('proxy', `ProxySet can not find '${name}' ${balancer ? 'Balancer' : 'Worker'}.`, at)
    const said = balancer ? defineBalancer(name, call) : defineWorker(name, call, /^<proxymatch/i.test(parent.name))
    if (said) return fault('proxy', `ProxySet ${said}`, at)
  }
  for (const word of inSection ? all : all.slice(1)) {
    const equals = word.value.indexOf('=')
    if (equals < 0)
      return fault('proxy', "Invalid ProxySet parameter. Parameter must be in the form 'key=value'", place(word))
    const option = word.value.slice(0, equals)
    const value = word.value.slice(equals + 1)
    const said = balancer ? balancerFault(option, value, call.environment) : workerFault(option, value, call)
    if (said) return fault('proxy', `ProxySet: ${said} ${option}=${value}; ${name}`, place(word))
  }
  return undefined
}

function proxySection(call: Call): Fault | undefined {
  const { spec } = call
  const refused = forbidden(call, NOT_IN_DIR_CONTEXT)
  if (refused) return refused
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  const match = spec.name === '<ProxyMatch'
  const word = readWord(argument, 0)
  const path = word.value.replace(/^proxy:/i, '')
  if (match) {
    const bad = regexFault(path, 'Regex could not be compiled', place(word))
    if (bad) return bad
  }
  const scope = { ...call.scope, override: ALL_OVERRIDES | ACCESS_CONF | PROXY_CONF, path, directory: new Map() }
  if (!call.walk(call.node.children, scope) || word.next >= argument.length) return undefined
  const rest: Place = [word.next, argument.length]
  if (match) return fault('section-argument', 'Multiple <ProxyMatch> arguments not (yet) supported.', rest)
  if (hasWildcards(path))
    return fault('section-argument', `${spec.name}> arguments are not supported for wildchar url.`, rest)
  if (!path.includes(':'))
    return fault('section-argument', `${spec.name}> arguments are not supported for non url.`, rest)
  const balancer = isBalancer(path)
  const real = balancer ? path : withoutSocket(path)
  if (real === undefined) return fault('proxy', '<Proxy/ProxyMatch > uses an invalid "unix:" URL', place(word))
  const known = workersOf(call)
  if (!(balancer ? known.balancers : known.workers).has(key(real))) {
    const said = balancer ? defineBalancer(path, call) : defineWorker(path, call, false)
    if (said) return fault('proxy', `${spec.name} ${said}`, place(word))
  }
  for (const pair of readWords(argument, word.next)) {
    const equals = pair.value.indexOf('=')
    if (equals < 0)
      return fault('proxy', "Invalid Proxy parameter. Parameter must be in the form 'key=value'", place(pair))
    const option = pair.value.slice(0, equals)
    const value = pair.value.slice(equals + 1)
    const said = balancer ? balancerFault(option, value, call.environment) : workerFault(option, value, call)
    if (said) return fault('proxy', `${spec.name} ${said} ${option}=${value}; ${path}`, place(pair))
  }
  return undefined
}

function setEnvIf(call: Call): Fault | undefined {
  const [condition = '', name = '', value] = call.args
  const bad = expressionFault(condition, call, `Could not parse expression "${condition}": `, 0)
  if (bad) return bad
  if (!name.startsWith('!'))
    return expressionFault(value ?? '', call, `Could not parse expression "${value}": `, 2, true)
  if (value !== undefined)
    return fault(
      'proxy',
      `Third argument ("${value}") is not allowed when using ProxyFCGISetEnvIf's unset mode (${name})`,
      2,
    )
  return name === '!' ? fault('proxy', 'ProxyFCGISetEnvIf: "!" is not a valid variable name', 1) : undefined
}

function healthExpression(call: Call): Fault | undefined {
  const { raw, spec } = call
  const name = readWord(raw, 0)
  if (name.value === '') return fault('argument-count', `Missing expression name for ${spec.name}`, 'name')
  if (name.value.length > 15) return fault('value', 'Expression name limited to 15 characters', place(name))
  const expression = readBracedWord(raw, name.next)
  if (expression.value === '') return fault('argument-count', `Missing expression for ${spec.name}`, 'name')
  const bad = expressionFault(
    expression.value,
    call,
    `Could not parse expression "${expression.value}": `,
    place(expression),
  )
  if (bad) return bad
  healthCheckNames('expression', call).add(name.value.toLowerCase())
  const extra = readWord(raw, expression.next)
  return extra.value === '' ? undefined : fault('argument-count', 'error: extra parameter(s)', place(extra))
}

function healthTemplate(call: Call): Fault | undefined {
  const { raw, spec } = call
  const name = readWord(raw, 0)
  if (name.value === '') return fault('argument-count', `Missing template name for ${spec.name}`, 'name')
  healthCheckNames('template', call).add(name.value.toLowerCase())
  for (const word of readWords(raw, name.next)) {
    const equals = word.value.indexOf('=')
    if (equals < 0)
      return fault('proxy', "Invalid ProxyHCTemplate parameter. Parameter must be in the form 'key=value'", place(word))
    const option = word.value.slice(0, equals)
    const value = word.value.slice(equals + 1)
    const said = healthCheckFault(option, value, call)
    if (said) return fault('proxy', `ProxyHCTemplate: ${said} ${option}=${value}; ${name.value}`, place(word))
  }
  return undefined
}
