import { GLOBAL_ONLY, NOT_IN_DIR_CONTEXT, NOT_IN_HTACCESS, OPTION_BITS } from '../bits.ts'
import { type Call, type Handler, type Handlers, remember } from '../context.ts'
import { isDuration } from '../durations.ts'
import { type Fault, fault } from '../faults.ts'
import { registerMethod } from '../methods.ts'
import { leadingInteger, parseLeading } from '../numbers.ts'
import { parseOverride } from '../override.ts'
import { filesFor, hasWildcards, isDirectory, rootRelative } from '../paths.ts'
import { readWords } from '../words.ts'
import { isUrl } from './alias.ts'
import { errorLogFormat } from './error-log-format.ts'
import { logDirectory } from './log-directory.ts'
import { logLevel } from './log-level.ts'
import { mutex } from './mutex.ts'
import { expressionFault, inOrder, integer, oneOf, outside } from './values.ts'

const STATUSES = new Set(
  '100 101 102 103 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511'.split(
    ' ',
  ),
)
/** A third of the largest size, less what escaping takes: a power of ten is near enough for a number. */
const MOST_XML = 3_074_457_345_618_258_601n
const onOff = oneOf(['on', 'off'], "parameter must be 'on' or 'off'")
const inServer = outside(NOT_IN_DIR_CONTEXT)
const inMain = outside(GLOBAL_ONLY)
const ranges = (call: Call): Fault | undefined => {
  const [value = ''] = call.args
  if (['none', 'default', 'unlimited'].includes(value.toLowerCase()) || leadingInteger(value) > 0) return undefined
  return fault('number', `${call.spec.name} requires 'none', 'default', 'unlimited' or a positive integer`, 0)
}
const requestLimit = (suffix: string): Handler =>
  inOrder(
    inServer,
    integer(
      (value) => value >= 0,
      (value, call) => `${call.spec.name} "${value}" must be a non-negative integer${suffix}`,
    ),
  )

/** core and http. */
export const CORE: Handlers = {
  AccessFileName: inServer,
  DocumentRoot: inOrder(inServer, (call) => {
    const [path = ''] = call.args
    const full = rootRelative(path, call.environment)
    if (call.scope.server.virtual || isDirectory(full, call.environment) !== false) return undefined
    return fault('file', `DocumentRoot '${full}' is not a directory, or is not readable`, 0)
  }),
  ErrorDocument: errorDocument,
  Error: (call) => {
    const text = call.raw
    // A lone quote counts as quoted nothing.
    const quoted = /^(["'])(?:.*\1)?$/s.test(text)
    const message = quoted ? text.slice(1, -1) : text
    return fault(
      'error-directive',
      message === '' && !quoted ? 'The Error directive was used with no message.' : message,
    )
  },
  AllowOverride: inOrder(outside(NOT_IN_HTACCESS), (call) => parseOverride(call.raw).fault),
  AllowOverrideList: inOrder(outside(NOT_IN_HTACCESS), (call) => {
    const none = call.args.findIndex((name) => name.toLowerCase() === 'none')
    if (none < 0 || call.args.length === 1) return undefined
    return fault('override-option', "'None' not allowed with other directives in AllowOverrideList", none)
  }),
  Options: options,
  FileETag: etag,
  EnableMMAP: onOff,
  EnableSendfile: onOff,
  UseCanonicalPhysicalPort: onOff,
  UseCanonicalName: oneOf(['on', 'off', 'dns'], "parameter must be 'on', 'off', or 'dns'"),
  HostnameLookups: oneOf(['on', 'off', 'double'], "parameter must be 'on', 'off', or 'double'"),
  AcceptPathInfo: oneOf(['on', 'off', 'default'], 'AcceptPathInfo must be set to on, off or default'),
  AllowEncodedSlashes: oneOf(['on', 'off', 'nodecode'], 'AllowEncodedSlashes must be On, Off, or NoDecode'),
  ServerSignature: oneOf(['on', 'off', 'email'], 'ServerSignature: use one of: off | on | email'),
  ServerTokens: inOrder(
    inMain,
    oneOf(
      ['os', 'min', 'minimal', 'major', 'minor', 'prod', 'productonly', 'full'],
      "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'",
    ),
  ),
  TraceEnable: oneOf(['on', 'off', 'extended'], "TraceEnable must be one of 'on', 'off', or 'extended'"),
  ReadBufferSize: size('parameter must be a number between 0 and (4294967295U)): ', 0, 4294967295),
  FlushMaxThreshold: size('parameter must be a number between 0 and (4294967295U)): ', 0, 4294967295),
  FlushMaxPipelined: size('parameter must be a number between -1 and (2147483647): ', -1, 2147483647),
  Protocol: inServer,
  AcceptFilter: inMain,
  Port: () => fault('deprecated', 'Port was replaced with Listen in Apache 2.0', 'name'),
  ServerAdmin: inServer,
  ErrorLog: inOrder(inServer, (call) => {
    logDirectory(
      call,
      call.args[0] ?? '',
      'AH02291',
      call.scope.server.virtual ? 'error log of vhost' : 'main error log',
    )
    return undefined
  }),
  ServerName: inOrder(inServer, (call) => {
    const [name = ''] = call.args
    if (hasWildcards(name))
      return fault('value', `Invalid ServerName "${name}" use ServerAlias to set multiple server names.`, 0)
    const host = name.includes('://') ? name.slice(name.indexOf('://') + 3) : name
    const colon = host.indexOf(':')
    if (colon < 0) return undefined
    const port = leadingInteger(host.slice(colon + 1))
    if (port > 0 && port < 65536) return undefined
    return fault(
      'number',
      `The port number "${host.slice(colon + 1)}" is outside the appropriate range (i.e., 1..65535).`,
      0,
    )
  }),
  ServerAlias: (call) =>
    call.scope.server.virtual ? undefined : fault('context', 'ServerAlias only used in <VirtualHost>', 'name'),
  ServerPath: inServer,
  Timeout: inServer,
  LogLevel: logLevel,
  ErrorLogFormat: errorLogFormat,
  LimitRequestLine: requestLimit(''),
  LimitRequestFieldsize: requestLimit(''),
  LimitRequestFields: requestLimit(' (0 = no limit)'),
  LimitRequestBody: (call) => {
    const [value = ''] = call.args
    const { value: number, end, overflow } = parseLeading(value)
    if (overflow) return fault('number', 'LimitRequestBody argument is not parsable.', 0)
    return end === value.length && number >= 0
      ? undefined
      : fault('number', 'LimitRequestBody requires a non-negative integer.', 0)
  },
  LimitXMLRequestBody: (call) => {
    const { value } = parseLeading(call.args[0] ?? '')
    if (value < 0) return fault('number', 'LimitXMLRequestBody requires a non-negative integer.', 0)
    return value > MOST_XML ? fault('number', 'LimitXMLRequestBody must not exceed 3074457345618258601', 0) : undefined
  },
  MaxRanges: ranges,
  MaxRangeOverlaps: ranges,
  MaxRangeReversals: ranges,
  LimitInternalRecursion: inOrder(
    integer((value) => value > 0, 'The recursion limit must be greater than zero.'),
    integer((value) => value > 0, 'The recursion limit must be greater than zero.', 1),
  ),
  CGIVar: (call) => {
    const [name = '', rule = ''] = call.args
    if (name !== 'REQUEST_URI') return fault('keyword', `Unrecognized CGI variable: "${name}"`, 0)
    if (['current-uri', 'original-uri'].includes(rule.toLowerCase())) return undefined
    return fault('keyword', "Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'", 1)
  },
  SetHandler: (call) => handlerExpression(call),
  RegexDefaultOptions: inOrder(inMain, regexOptions),
  Mutex: mutex,
  Protocols: inServer,
  ProtocolsHonorOrder: inOrder(inServer, oneOf(['on', 'off'], "ProtocolsHonorOrder must be 'on' or 'off'")),
  HttpProtocolOptions: protocolOptions,
  RegisterHttpMethod: inOrder(inMain, (call) => {
    registerMethod(call.args[0] ?? '', call.environment)
    return undefined
  }),
  ScoreBoardFile: inMain,
  ExtendedStatus: inMain,
  SeeRequestTail: inMain,
  PidFile: inMain,
  MaxRequestsPerChild: inMain,
  MaxConnectionsPerChild: inMain,
  CoreDumpDirectory: inOrder(inMain, (call) => {
    const path = rootRelative(call.args[0] ?? '', call.environment)
    const files = filesFor(path, call.environment)
    const kind = files?.kind(path)
    if (!files || kind === 'directory') return undefined
    return fault('file', `CoreDumpDirectory ${path} ${kind ? 'is not a directory' : 'does not exist'}`, 0)
  }),
  MaxMemFree: inOrder(
    inMain,
    nonNegative((value) => `Invalid MaxMemFree value: ${value}`),
  ),
  ThreadStackSize: inOrder(
    inMain,
    nonNegative((value) => `Invalid ThreadStackSize value: ${value}`),
  ),
  EnableExceptionHook: inOrder(inMain, onOff),
  KeepAlive: inServer,
  MaxKeepAliveRequests: inServer,
  KeepAliveTimeout: inOrder(inServer, (call) =>
    isDuration(call.args[0] ?? '', 's') ? undefined : fault('number', 'KeepAliveTimeout has wrong format', 0),
  ),
}

function nonNegative(message: (value: string) => string): Handler {
  return (call) => {
    const [value = ''] = call.args
    const { value: number, overflow } = parseLeading(value)
    return number < 0 || overflow ? fault('number', message(value), 0) : undefined
  }
}

function size(prefix: string, least: number, most: number): Handler {
  return (call) => {
    const [value = ''] = call.args
    const { value: number, end } = parseLeading(value)
    return end === value.length && number >= least && number <= most
      ? undefined
      : fault('number', `${prefix}${value}`, 0)
  }
}

function errorDocument(call: Call): Fault | undefined {
  const [code = '', message = ''] = call.args
  const number = leadingInteger(code)
  if (!STATUSES.has(String(number))) return fault('value', `Unsupported HTTP response code ${code}`, 0)
  const isMessage = message.includes(' ') || !(message.startsWith('/') || isUrl(message))
  if (number === 401 && !isMessage && !message.startsWith('/')) {
    call.warn(fault('url', 'cannot use a full URL in a 401 ErrorDocument directive --- ignoring!', 1))
    return undefined
  }
  if (message.toLowerCase() === 'default') return undefined
  return expressionFault(
    isMessage ? `"${message}` : message,
    call,
    'Cannot parse expression in ErrorDocument: ',
    1,
    true,
  )
}

function options(call: Call): Fault | undefined {
  let first = true
  let merge = false
  let complete = false
  for (const word of readWords(call.raw)) {
    const place = [word.start, word.end] as const
    const refuse = (message: string) => fault('option', message, place)
    let name = word.value
    if (/^[+-]/.test(name)) {
      name = name.slice(1)
      if (!merge && !first && !complete) return refuse('Either all Options must start with + or -, or no Option may.')
      merge = true
    } else if (!first && merge) return refuse('Either all Options must start with + or -, or no Option may.')
    const lower = name.toLowerCase()
    const bits = OPTION_BITS.get(lower)
    if (bits === undefined) return refuse(`Illegal option ${name}`)
    if (lower === 'none' || lower === 'all') {
      const shown = lower === 'none' ? 'None' : 'All'
      if (!first) return refuse(`'Options ${shown}' must be the first ${lower === 'none' ? 'Option' : 'option'} given.`)
      if (merge) return refuse(`You may not use 'Options +${shown}' or 'Options -${shown}'.`)
      complete = true
    }
    if ((call.scope.overrideOptions & bits) !== bits)
      return fault('not-allowed', `Option ${name} not allowed here`, place)
    first = false
  }
  return undefined
}

function etag(call: Call): Fault | undefined {
  for (const word of readWords(call.raw)) {
    const place = [word.start, word.end] as const
    const signed = /^[+-]/.test(word.value)
    const name = signed ? word.value.slice(1) : word.value
    const lower = name.toLowerCase()
    if (!['none', 'all', 'size', 'lmtime', 'mtime', 'lastmodified', 'inode', 'digest'].includes(lower))
      return fault('keyword', `Unknown keyword '${name}' for FileETag directive`, place)
    if (signed && (lower === 'none' || lower === 'all'))
      return fault('keyword', `FileETag keyword '${name}' cannot be used with '+' or '-'`, place)
  }
  return undefined
}

function handlerExpression(call: Call): Fault | undefined {
  const [value = ''] = call.args
  const isExpression = value.startsWith('expr=')
  return expressionFault(isExpression ? value.slice(5) : value, call, "Can't parse expression : ", 0, true)
}

const REGEX_OPTIONS: ReadonlyMap<string, number> = new Map([
  ['ICASE', 1],
  ['DOTALL', 2],
  ['DOLLAR_ENDONLY', 4],
  ['EXTENDED', 8],
])

function regexOptions(call: Call): Fault | undefined {
  const { environment } = call
  for (const word of readWords(call.raw)) {
    if (word.value.toLowerCase() === 'none') {
      environment.regexFlags = 0
      continue
    }
    const sign = /^[+-]/.exec(word.value)?.[0]
    const name = sign ? word.value.slice(1) : word.value
    const bit = REGEX_OPTIONS.get(name.toUpperCase())
    if (bit === undefined)
      return fault('keyword', `RegexDefaultOptions: option '${name}' unknown`, [word.start, word.end])
    if (sign === '+') environment.regexFlags |= bit
    else if (sign === '-') environment.regexFlags &= ~bit
    else environment.regexFlags = bit
  }
  return undefined
}

const EXCLUSIVE = [
  ['allow0.9', 'require1.0', "'Allow0.9' and 'Require1.0'"],
  ['strict', 'unsafe', "'Strict' and 'Unsafe'"],
  ['registeredmethods', 'lenientmethods', "'RegisteredMethods' and 'LenientMethods'"],
] as const

function protocolOptions(call: Call): Fault | undefined {
  const value = (call.args[0] ?? '').toLowerCase()
  if (!EXCLUSIVE.some(([one, other]) => value === one || value === other))
    return fault(
      'keyword',
      "HttpProtocolOptions accepts 'Unsafe' or 'Strict' (default), 'RegisteredMethods' or 'LenientMethods' (default), and 'Require1.0' or 'Allow0.9' (default)",
      0,
    )
  const given = remember(call.scope.server.state, 'protocol-options', () => new Set<string>())
  given.add(value)
  const clash = EXCLUSIVE.find(([one, other]) => given.has(one) && given.has(other))
  return clash ? fault('keyword', `HttpProtocolOptions ${clash[2]} are mutually exclusive`, 0) : undefined
}
