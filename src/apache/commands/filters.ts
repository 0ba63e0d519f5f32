import { GLOBAL_ONLY } from '../bits.ts'
import { type Call, type Environment, type Handler, type Handlers, remember } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger, mostOf64Bits, parseLeading } from '../numbers.ts'
import { REGEX_DOLLAR_ENDONLY } from '../regex.ts'
import { readWord, readWords } from '../words.ts'
import { expressionFault, integer, intSlot, oneOf, regexFault } from './values.ts'

/** mod_filter and the modules whose directives set up one filter. */
export const FILTERS: Handlers = {
  FilterProtocol: (call) => {
    const [name = '', second = '', third] = call.args
    const providers = smartFilters(call).get(name)
    if (!providers) return fault('filter', 'FilterProtocol: No such filter', 0)
    if (third !== undefined && !providers.has(second.toLowerCase()))
      return fault('filter', 'FilterProtocol: No such provider for this filter', 1)
    return undefined
  },
  FilterDeclare: (call) => {
    smartFilters(call).set(call.args[0] ?? '', new Set())
    return undefined
  },
  FilterProvider: (call) => {
    const [name = '', provider = '', expression = ''] = call.args
    return (
      provide(call, name, provider, 1) ??
      expressionFault(expression, call, 'Error parsing FilterProvider expression:', 2)
    )
  },
  FilterTrace: (call) => {
    const [name = ''] = call.args
    return smartFilters(call).has(name) ? undefined : fault('filter', `Undeclared smart filter ${name}`, 0)
  },
  AddOutputFilterByType: (call) => {
    if (call.args.length < 2)
      return fault('argument-count', 'AddOutputFilterByType requires at least two arguments', 'name')
    for (const name of (call.args[0] ?? '').split(';')) {
      const found = name === '' ? undefined : provide(call, `BYTYPE:${name}`, name, 0)
      if (found) return found
    }
    return undefined
  },
  DeflateWindowSize: between(1, 15, 'DeflateWindowSize must be between 1 and 15'),
  DeflateBufferSize: integer((value) => value > 0, 'DeflateBufferSize should be positive'),
  DeflateFilterNote: note((type) => `Unknown note type ${type}`),
  DeflateMemLevel: between(1, 9, 'DeflateMemLevel must be between 1 and 9'),
  DeflateCompressionLevel: between(1, 9, 'Compression Level must be between 1 and 9'),
  DeflateAlterEtag: oneOf(
    ['nochange', 'addsuffix', 'remove'],
    "DeflateAlterETAG accepts only 'NoChange', 'AddSuffix', and 'Remove'",
  ),
  DeflateInflateLimitRequestBody: (call) => {
    const [text = ''] = call.args
    const { value, end, overflow } = parseLeading(text)
    if (overflow) return fault('number', 'DeflateInflateLimitRequestBody is not parsable.', 0)
    if (end === text.length && value >= 0) return undefined
    return fault('number', 'DeflateInflateLimitRequestBody requires a non-negative integer.', 0)
  },
  DeflateInflateRatioLimit: integer((value) => value > 0, 'DeflateInflateRatioLimit must be positive'),
  DeflateInflateRatioBurst: integer((value) => value > 0, 'DeflateInflateRatioBurst must be positive'),
  BrotliFilterNote: note((type) => `Unknown BrotliFilterNote type '${type}'`),
  BrotliCompressionQuality: between(0, 11, 'BrotliCompressionQuality must be between 0 and 11'),
  BrotliCompressionWindow: between(10, 24, 'BrotliCompressionWindow must be between 10 and 24'),
  BrotliCompressionMaxInputBlock: between(16, 24, 'BrotliCompressionMaxInputBlock must be between 16 and 24'),
  BrotliAlterETag: oneOf(
    ['addsuffix', 'nochange', 'remove'],
    "BrotliAlterETag accepts only 'AddSuffix', 'NoChange' and 'Remove'",
  ),
  Substitute: substitute,
  SubstituteMaxLineLength: (call) => {
    const [text = ''] = call.args
    const { value, end, overflow } = parseLeading(text)
    const unit = text.slice(end).toLowerCase()
    const scale = { '': 1n, b: 1n, k: 1n << 10n, m: 1n << 20n, g: 1n << 30n }[unit]
    if (value >= 0 && scale !== undefined && !overflow)
      return value * scale <= mostOf64Bits ? undefined : fault('number', 'SubstituteMaxLineLength value too large', 0)
    return fault(
      'number',
      "SubstituteMaxLineLength must be a non-negative integer optionally suffixed with 'b', 'k', 'm' or 'g'.",
      0,
    )
  },
  XBitHack: oneOf(['off', 'on', 'full'], 'XBitHack must be set to Off, On, or Full'),
  SSIStartTag: withoutSpace('SSIStartTag'),
  SSIEndTag: withoutSpace('SSIEndTag'),
  CharsetOptions: oneOf(
    ['implicitadd', 'noimplicitadd', 'translateallmimetypes', 'notranslateallmimetypes'],
    (value) => `Invalid CharsetOptions option: ${value}`,
  ),
  ExtFilterOptions: oneOf(
    ['logstderr', 'nologstderr', 'onfail=remove', 'onfail=abort'],
    (value) => `Invalid ExtFilterOptions option: ${value}`,
  ),
  ExtFilterDefine: externalFilter,
  xml2EncDefault: (call) =>
    isCharset(call.args[0] ?? '') ? undefined : fault('value', 'Invalid or unsupported default charset', 0),
  xml2EncAlias: (call) => forbidden(call, GLOBAL_ONLY),
  RequestReadTimeout: requestTimeout,
  KeptBodySize: (call) => {
    const [text = ''] = call.args
    const { value, end } = parseLeading(text)
    return end === text.length && value >= 0
      ? undefined
      : fault('number', 'KeptBodySize must be a valid size in bytes, or zero.', 0)
  },
  BufferSize: (call) => {
    const { value, end } = parseLeading(call.args[0] ?? '')
    return value > 0 && end > 0
      ? undefined
      : fault('number', 'BufferSize must be a size in bytes, and greater than zero', 0)
  },
  ProxyHTMLBufSize: intSlot,
  ProxyHTMLURLMap: urlMap,
}

/** Filters that mod_filter manages, with the providers that each has. */
function smartFilters(call: Call): Map<string, Set<string>> {
  return remember(call.scope.directory, 'smart-filters', () => new Map())
}

function provide(call: Call, name: string, provider: string, at: number): Fault | undefined {
  if (!hasOutputFilter(provider, call.environment)) return fault('filter', `Unknown filter provider ${provider}`, at)
  const filters = smartFilters(call)
  const providers = filters.get(name) ?? new Set()
  providers.add(provider.toLowerCase())
  filters.set(name, providers)
  return undefined
}

/** Output filters with the modules that register them. */
const OUTPUT_FILTERS: ReadonlyMap<string, string> = new Map([
  ['deflate', 'deflate_module'],
  ['inflate', 'deflate_module'],
  ['brotli_compress', 'brotli_module'],
  ['includes', 'include_module'],
  ['substitute', 'substitute_module'],
  ['sed', 'sed_module'],
  ['rate_limit', 'ratelimit_module'],
  ['data', 'data_module'],
  ['buffer', 'buffer_module'],
  ['xlateout', 'charset_lite_module'],
  ['proxy-html', 'proxy_html_module'],
  ['xml2enc', 'xml2enc_module'],
  ['bucketeer', 'bucketeer_module'],
  ['cache', 'cache_module'],
  ['cache_save', 'cache_module'],
  ['cache_save_subreq', 'cache_module'],
  ['cache_out', 'cache_module'],
  ['cache_out_subreq', 'cache_module'],
  ['cache_remove_url', 'cache_module'],
  ['cache_invalidate', 'cache_module'],
  ['mod_expires', 'expires_module'],
  ['fixup_headers_out', 'headers_module'],
  ['fixup_headers_err', 'headers_module'],
  ['mod_session_out', 'session_module'],
  ['ssl/tls coalescing filter', 'ssl_module'],
  ['ssl/tls filter', 'ssl_module'],
  ['logio_ttfb_out', 'logio_module'],
  ['reqtimeout', 'reqtimeout_module'],
  ['byterange', 'http_module'],
  ['content_length', 'core_module'],
  ['core', 'core_module'],
  ['http_header', 'http_module'],
  ['http_outerror', 'http_module'],
  ['chunk', 'http_module'],
  ['old_write', 'core_module'],
  ['subreq_core', 'core_module'],
  ['dumpio_out', 'dumpio_module'],
])

function hasOutputFilter(name: string, environment: Environment): boolean {
  const module = OUTPUT_FILTERS.get(name.toLowerCase())
  return (
    (module !== undefined && environment.modules.has(module)) ||
    externalFilters(environment).get(name.toLowerCase()) === true
  )
}

/** Filters that ExtFilterDefine and LuaOutputFilter made; true for output filters. */
export function externalFilters(environment: Environment): Map<string, boolean> {
  return remember(environment.state, 'external-filters', () => new Map())
}

function between(least: number, most: number, message: string): Handler {
  return integer((value) => value >= least && value <= most, message)
}

function note(message: (type: string) => string): Handler {
  return (call) => {
    const [type = '', name] = call.args
    if (name === undefined || ['ratio', 'input', 'output'].includes(type.toLowerCase())) return undefined
    return fault('keyword', message(type), 0)
  }
}

function withoutSpace(name: string): Handler {
  return (call) =>
    /[ \t\n\v\f\r]/.test(call.args[0] ?? '') ? fault('value', `${name} may not contain any whitespaces`, 0) : undefined
}

function substitute(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (!/^s/i.test(text)) return fault('format', 'Bad Substitute format, must be an s/// pattern', 0)
  const delimiter = text[1]
  const second = delimiter === undefined ? -1 : text.indexOf(delimiter, 2)
  const from = second < 0 ? '' : text.slice(2, second)
  if (from === '') return fault('format', 'Bad Substitute format, must be a complete s/// pattern', 0)
  const third = text.indexOf(delimiter as string, second + 1)
  const flags = third < 0 ? '' : text.slice(third + 1)
  if (!/^[infq]*$/i.test(flags)) return fault('format', 'Bad Substitute flag, only s///[infq] are supported', 0)
  if (/n/i.test(flags)) return undefined
  return regexFault(from, 'Substitute could not compile regex', 0, REGEX_DOLLAR_ENDONLY)
}

function externalFilter(call: Call): Fault | undefined {
  const { raw, environment } = call
  const name = /^\S*/.exec(raw)?.[0] ?? ''
  const known = externalFilters(environment)
  if (known.has(name.toLowerCase())) return fault('filter', `ExtFilter ${name} is already defined`, [0, name.length])
  known.set(name.toLowerCase(), true)
  let at = name.length
  while (at < raw.length) {
    const space = /^[ \t\n\v\f\r]*/.exec(raw.slice(at)) as RegExpExecArray
    at += space[0].length
    const rest = raw.slice(at)
    if (rest === '') break
    const word = (/^\S*/.exec(rest) as RegExpExecArray)[0]
    const place = [at, at + word.length] as const
    const lower = word.toLowerCase()
    if (lower.startsWith('preservescontentlength')) {
      if (lower !== 'preservescontentlength') return fault('value', `mangled argument \`${word}'`, place)
    } else if (lower.startsWith('mode=')) {
      if (lower !== 'mode=output' && lower !== 'mode=input')
        return fault('keyword', `Invalid mode: \`${word.slice(5)}'`, place)
      known.set(name.toLowerCase(), lower === 'mode=output')
    } else if (lower.startsWith('cmd=')) {
      const command = readWord(rest, 4)
      if (command.value === '') return fault('value', 'Expected cmd= parameter', place)
      at += command.end
      continue
    } else if (!/^(?:ftype|enableenv|disableenv|intype|outtype)=/.test(lower))
      return fault('keyword', `Unexpected parameter: \`${rest}'`, place)
    at += word.length
  }
  return undefined
}

/** Encodings that libxml2 knows by itself. */
const CHARSETS = new Set(
  'utf-8 utf8 utf-16 utf16 iso-10646-ucs-2 ucs-2 ucs2 iso-10646-ucs-4 ucs-4 ucs4 iso-8859-1 iso-latin-1 iso-8859-2 iso-latin-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-2022-jp shift_jis euc-jp'.split(
    ' ',
  ),
)

function isCharset(name: string): boolean {
  return CHARSETS.has(name.toLowerCase())
}

function requestTimeout(call: Call): Fault | undefined {
  for (const word of readWords(call.raw)) {
    const place = [word.start, word.end] as const
    const equals = word.value.indexOf('=')
    if (equals < 0)
      return fault('value', "Invalid RequestReadTimeout parameter. Parameter must be in the form 'key=value'", place)
    const key = word.value.slice(0, equals)
    const value = word.value.slice(equals + 1)
    const said = timeoutFault(key, value)
    if (said) return fault('value', `RequestReadTimeout: ${key}=${value}: ${said}`, place)
  }
  return undefined
}

function timeoutFault(key: string, value: string): string | undefined {
  if (!['handshake', 'header', 'body'].includes(key.toLowerCase())) return 'Unknown RequestReadTimeout parameter'
  const cut = value.toLowerCase().indexOf(',minrate=')
  if (cut < 0) {
    if (value.includes('-')) return 'Must set MinRate option if using timeout range'
    return numberFault(value)
  }
  const rate = value.slice(cut + 9)
  const initial = value.slice(0, cut)
  const bad = numberFault(rate)
  if (bad) return bad
  if (leadingInteger(rate) === 0) return 'Minimum data rate must be larger than 0'
  const dash = initial.indexOf('-')
  const most = dash < 0 ? undefined : initial.slice(dash + 1)
  const least = dash < 0 ? initial : initial.slice(0, dash)
  const wrong = (most === undefined ? undefined : numberFault(most)) ?? numberFault(least)
  if (wrong) return wrong
  const limit = most === undefined ? 0 : leadingInteger(most)
  return limit && leadingInteger(least) >= limit ? 'Maximum timeout must be larger than initial timeout' : undefined
}

function numberFault(text: string): string | undefined {
  const { value, end } = parseLeading(text)
  if (end === 0) return `Value '${text}' not numerical`
  if (end < text.length) return `Cannot parse '${text.slice(end)}'`
  return value < 0 ? 'Value must be non-negative' : undefined
}

function urlMap(call: Call): Fault | undefined {
  const { raw } = call
  const from = readWord(raw, 0)
  const to = readWord(raw, from.next)
  const flags = readWord(raw, to.next)
  const condition = flags.value === '' ? undefined : readWord(raw, flags.next)
  if (!condition || condition.value === '') return undefined
  return expressionFault(oldStyle(condition.value), call, '', [condition.start, condition.end])
}

/** `[!]variable[=value]` as an expression. */
function oldStyle(text: string): string {
  const found = /^(!)?(\w+)((=)(.+))?$/.exec(text)
  if (!found) return text
  return `reqenv('${found[2]}') ${found[1] ?? ''}${found[4] ?? ''} '${found[5] ?? ''}'`
}
