import type { Word } from '../words.ts'
import { at, type Found, isQuoted, type Line, names } from './line.ts'

/** Directives that read their first argument with C's `atoi` or `strtol`, and never look at what that leaves over. */
const COUNTS = names(`
  Timeout LimitRequestLine LimitRequestFieldsize LimitRequestFields LimitXMLRequestBody MaxRanges MaxRangeOverlaps
  MaxRangeReversals RLimitCPU RLimitMEM RLimitNPROC LimitInternalRecursion MaxRequestsPerChild MaxConnectionsPerChild
  MaxMemFree ThreadStackSize MaxKeepAliveRequests AuthFormSize AuthnCacheTimeout AuthLDAPMaxSubGroupDepth
  BrotliCompressionQuality BrotliCompressionWindow BufferSize CacheMaxExpire CacheMinExpire CacheDefaultExpire
  CacheLockMaxAge CacheDirLevels CacheDirLength CacheMinFileSize CacheMaxFileSize CacheReadSize CacheReadTime
  CacheSocacheMaxTime CacheSocacheMinTime CacheSocacheReadSize CacheSocacheReadTime ScriptLogLength ScriptLogBuffer
  DAVMinTimeout DeflateWindowSize DeflateBufferSize DeflateInflateRatioLimit DeflateInflateRatioBurst
  HeartbeatMaxServers H2MaxSessionStreams H2MinWorkers H2MaxWorkers H2SessionExtraFiles H2TLSWarmUpSize
  H2TLSCoolDownSecs H2MaxDataFrameLen H2MaxHeaderBlockLen H2MaxStreamErrors IdentityCheckTimeout LDAPSharedCacheSize
  LDAPCacheEntries LDAPCacheTTL LDAPOpCacheEntries LDAPOpCacheTTL LDAPConnectionTimeout LDAPReferralHopLimit
  ListenBacklog ListenCoresBucketsRatio StartServers ServerLimit MinSpareThreads MaxSpareThreads MinSpareServers
  MaxSpareServers MaxClients MaxRequestWorkers ThreadsPerChild ThreadLimit GracefulShutdownTimeout ProxyMaxForwards
  BalancerGrowth ProxyHCTPsize SessionMaxAge SSLVerifyDepth SSLProxyVerifyDepth SSLSessionCacheTimeout
  SSLRenegBufferSize SSLOCSPResponseTimeSkew SSLOCSPResponseMaxAge SSLOCSPResponderTimeout
  SSLStaplingResponseTimeSkew SSLStaplingResponderTimeout SSLStaplingResponseMaxAge SSLStaplingStandardCacheTimeout
  SSLStaplingErrorCacheTimeout
`)
/** Words that some of them know besides, and -1 where it switches something off. */
const COUNT_WORDS = /^(?:max|none|default|unlimited|-1)$/i

const READERS: ReadonlyMap<string, (line: Line) => Found[]> = new Map([
  ...[...COUNTS].map((key) => [key, counts] as const),
  ['expiresdefault', ({ args }) => amounts(args[0])],
  ['expiresbytype', ({ args }) => amounts(args[1])],
  ['redirect', status],
  ['redirectmatch', status],
  ['errordocument', ({ args }) => (/^-?\d/.test(args[0]?.value ?? '') ? digits(args[0], /^\d{3}$/) : [])],
  ['sslrandomseed', ({ args }) => digits(args[2])],
  ['listen', port],
  ['header', maxAge],
  ['requestheader', maxAge],
  ['php_value', phpNumber],
  ['php_admin_value', phpNumber],
])

/** What is to be a number, and is none or more than one. */
export function oddNumber(line: Line): Found[] {
  const reader = READERS.get(line.key)
  if (reader) return reader(line)
  if (!/\d/.test(line.text)) return []
  const found = line.spec || line.isSection ? [] : foreignNumber(line)
  return found.length > 0 ? found : letters(line)
}

/** What C makes of a text that is to be a number. */
export function leading(text: string): string {
  return /^\s*[+-]?\d+/.exec(text)?.[0].trim() ?? '0'
}

/** Something else is to come in its place. */
export function isPlaceholder(text: string): boolean {
  return /[$@%<{]/.test(text)
}

function odd(word: Word, shown: string, meaning: string): Found {
  return at(word, `'${shown}' is no whole number: httpd ${meaning}`, 'Write digits alone.')
}

function digits(word: Word | undefined, wanted = /^\d+$/): Found[] {
  if (!word || wanted.test(word.value) || isPlaceholder(word.value)) return []
  return [odd(word, word.value, `reads ${leading(word.value)}`)]
}

function counts({ args, key }: Line): Found[] {
  return args
    .slice(0, key.startsWith('rlimit') ? 2 : 1)
    .filter(({ value }) => !COUNT_WORDS.test(value))
    .flatMap((word) => digits(word))
}

/** `access plus 1 month 2 days`. */
function amounts(word: Word | undefined): Found[] {
  const parts = word ? word.value.split(/\s+/).slice(1) : []
  const wrong = parts.find((part) => /^[\d.,-]/.test(part) && !/^\d+$/.test(part))
  return word && wrong !== undefined ? [odd(word, wrong, `reads ${leading(wrong)}`)] : []
}

function status({ text, args }: Line): Found[] {
  const [first, second] = args
  if (!first || !second || isQuoted(text, first) || !/^-?\d/.test(first.value) || /^\d{3}$/.test(first.value)) return []
  return [odd(first, first.value, 'takes it for the path, not for the status')]
}

function port({ args }: Line): Found[] {
  const [first] = args
  if (!first || !/^-?\d[\d,xOl]*(?:\.\d+)?$/.test(first.value) || /^\d+$/.test(first.value)) return []
  return [odd(first, first.value, 'refuses it or takes it for an address')]
}

function maxAge({ text, args }: Line): Found[] {
  if (!/max-age/i.test(text)) return []
  return args.flatMap((word) => {
    // A condition compares with texts.
    if (/^expr=/i.test(word.value)) return []
    const wrong = /\bmax-age=(?!"?\d+"?(?:[\s,;]|$))([^\s,;%$]+)/i.exec(word.value)?.[1]
    return wrong === undefined ? [] : [odd(word, wrong, 'sends it as it stands, and browsers drop the header')]
  })
}

/** Settings of PHP that are whole numbers (PHP manual, "List of php.ini directives"). */
const PHP_NUMBERS = names(`
  memory_limit max_execution_time max_input_time max_input_vars max_input_nesting_level max_file_uploads post_max_size
  upload_max_filesize default_socket_timeout error_reporting hard_timeout log_errors_max_len precision
  serialize_precision realpath_cache_size realpath_cache_ttl user_ini.cache_ttl pcre.backtrack_limit
  pcre.recursion_limit session.auto_start session.cache_expire session.cookie_lifetime session.gc_divisor
  session.gc_maxlifetime session.gc_probability session.sid_length session.sid_bits_per_character
  session.upload_progress.min_freq mbstring.func_overload mysqli.max_links mysqli.max_persistent mysqli.default_port
  opcache.memory_consumption opcache.max_accelerated_files opcache.revalidate_freq opcache.interned_strings_buffer
  zlib.output_compression_level apc.shm_segments apc.ttl soap.wsdl_cache_ttl soap.wsdl_cache_limit
`)

/** PHP reads the digits in front and one letter for the unit at the very end; it knows no constants here. */
function phpNumber(line: Line): Found[] {
  const [name, value] = line.args
  if (!name || !value || isPlaceholder(value.value)) return []
  if (!PHP_NUMBERS.has(name.value.toLowerCase())) return foreignNumber(line)
  if (/^\s*(?:[+-]?\d+\s*[kmg]?|0[xob][\da-f]+)\s*$/i.test(value.value)) return []
  const unit = /^(\d+)\s*([kmg])b$/i.exec(value.value)
  return [
    at(
      value,
      `'${value.value}' is no whole number: PHP reads ${leading(value.value)}`,
      unit ? `Write ${unit[1]}${unit[2]}.` : 'Write digits, for sizes with K, M or G behind them.',
    ),
  ]
}

const COUNT_NAME =
  /timeout|interval|limit|max|min|count|size|depth|age|lifetime|threads|processes|requests|length|ttl|retries/i
const AMOUNT = /^(?:-1|\d+(?:\.\d+)?(?:[kmgt]i?b?|ms|us|mi|min|sec|[smhdw%])?)$/i

/** The last argument of a foreign module's directive, or of a setting of PHP's, whose name speaks of an amount. */
function foreignNumber({ args, key }: Line): Found[] {
  const last = args.at(-1)
  if (!last || !/^(?:-?\d|l\d)/.test(last.value) || AMOUNT.test(last.value) || isPlaceholder(last.value)) return []
  if (args.length > 2 || !COUNT_NAME.test(args.length > 1 ? `${key} ${args[0]?.value}` : key)) return []
  return [at(last, `'${last.value}' is no number`, 'Write digits, with a unit where the directive knows one.')]
}

function letters({ args, key }: Line): Found[] {
  return args
    .filter(({ value }) => /^(?:[1-9]\d*[Ol]\d*|l\d+)$/.test(value) && !/^(?:rewrite|setenv|browser)/.test(key))
    .map((word) => at(word, `'${word.value}' has a letter among its digits`, 'Write digits alone.'))
}
