import type { Word } from '../words.ts'
import { at, type Found, isQuoted, type Line, type Lint } from './line.ts'

/** Values that httpd reads as something else than what stands there. */
export const VALUE_LINTS: readonly Lint[] = [
  { code: 'odd-number', find: oddNumber },
  { code: 'odd-flag', find: oddFlag },
  { code: 'broken-variable', find: brokenVariable },
  { code: 'swapped-arguments', find: swapped },
]

/** Directives that read their first argument with C's `atoi` or `strtol`, and never look at what that leaves over. */
const COUNTS = words(`
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

function oddNumber({ text, args, key, spec, isSection }: Line): Found[] {
  const odd = (word: Word, shown: string, meaning: string) =>
    at(word, `'${shown}' is no whole number: httpd ${meaning}`, 'Write digits alone.')
  const [first, second] = args
  if (!first) return []
  if (COUNTS.has(key))
    return args
      .slice(0, key.startsWith('rlimit') ? 2 : 1)
      .filter(({ value }) => !/^\d+$/.test(value) && !COUNT_WORDS.test(value) && !isPlaceholder(value))
      .map((word) => odd(word, word.value, `reads ${leading(word.value)}`))
  if (/^expires(?:default|bytype)$/.test(key)) {
    const word = key === 'expiresdefault' ? first : second
    const amounts = word
      ? word.value
          .split(/\s+/)
          .slice(1)
          .filter((part) => /^[\d.,-]/.test(part))
      : []
    const wrong = amounts.find((part) => !/^\d+$/.test(part))
    return word && wrong !== undefined ? [odd(word, wrong, `reads ${leading(wrong)}`)] : []
  }
  if (/^redirect(?:match)?$/.test(key) && second && !isQuoted(text, first) && /^-?\d/.test(first.value))
    return /^\d{3}$/.test(first.value) ? [] : [odd(first, first.value, 'takes it for the path, not for the status')]
  if (key === 'errordocument')
    return /^\d{3}$/.test(first.value) || !/^-?\d/.test(first.value)
      ? []
      : [odd(first, first.value, `reads ${leading(first.value)}`)]
  if (key === 'listen' && /^-?\d[\d,xOl]*(?:\.\d+)?$/.test(first.value))
    return /^\d+$/.test(first.value) ? [] : [odd(first, first.value, 'takes it for an address or refuses it')]
  const bytes = args[2]
  if (key === 'sslrandomseed' && bytes)
    return /^\d+$/.test(bytes.value) || isPlaceholder(bytes.value)
      ? []
      : [odd(bytes, bytes.value, `reads ${leading(bytes.value)}`)]
  const inHeader = /\bmax-age=(?!"?\d+"?(?:[\s,;]|$))([^\s,;%$]+)/i
  if (/^(?:request)?header$/.test(key))
    return args.flatMap((word) => {
      const wrong = inHeader.exec(word.value)?.[1]
      return wrong === undefined ? [] : [odd(word, wrong, 'sends it as it stands, and browsers drop the header')]
    })
  if (!spec && !isSection) {
    const found = foreignNumber(args, key)
    if (found.length > 0) return found
  }
  return args
    .filter(({ value }) => /^(?:[1-9]\d*[Ol]\d*|l\d+)$/.test(value) && !/^(?:rewrite|setenv|browser)/.test(key))
    .map((word) => at(word, `'${word.value}' has a letter among its digits`, 'Write digits alone.'))
}

const COUNT_NAME =
  /timeout|interval|limit|max|min|count|size|depth|age|lifetime|threads|processes|requests|length|ttl|retries/i
const AMOUNT = /^(?:-1|\d+(?:\.\d+)?(?:[kmgt]i?b?|ms|us|mi|min|sec|[smhdw%])?)$/i

/** The last argument of a foreign module's directive, or of a setting of PHP's, whose name speaks of an amount. */
function foreignNumber(args: readonly Word[], key: string): Found[] {
  const last = args.at(-1)
  if (!last || args.length > 2 || !COUNT_NAME.test(args.length > 1 ? `${key} ${args[0]?.value}` : key)) return []
  if (!/^(?:-?\d|l\d)/.test(last.value) || AMOUNT.test(last.value) || isPlaceholder(last.value)) return []
  return [at(last, `'${last.value}' is no number`, 'Write digits, with a unit where the directive knows one.')]
}

/** What C makes of it. */
function leading(text: string): string {
  return /^\s*[+-]?\d+/.exec(text)?.[0].trim() ?? '0'
}

function isPlaceholder(text: string): boolean {
  return /[$@%<{]/.test(text)
}

/** Flags of RewriteRule that take no value. */
const BARE_FLAGS = words(
  'C chain F forbidden G gone L last NC nocase NE noescape NS nosubreq P proxy PT passthrough QSA qsappend QSD qsdiscard QSL qslast END DPI discardpath',
)

/** Directives that take On for yes and anything else for no. */
const LOOSE_FLAGS = words('H2SerializeHeaders ProxySCGIInternalRedirect php_flag php_admin_flag')

function oddFlag({ args, key }: Line): Found[] {
  if (key === 'rewriterule') {
    const word = args[2]
    return word ? ruleFlags(word) : []
  }
  const value = args.at(-1)
  if (!LOOSE_FLAGS.has(key) || !value || /^(?:on|off|[01])$/i.test(value.value) || isPlaceholder(value.value)) return []
  return [at(value, `'${value.value}' counts as Off`, 'Write On or Off.')]
}

function ruleFlags(word: Word): Found[] {
  const flags = /^\[(.*)\]$/.exec(word.value)?.[1]?.split(',') ?? []
  return flags.flatMap((flag) => {
    const [name = '', value] = flag.trim().split(/=(.*)/s)
    const reason = value === undefined || isPlaceholder(value) ? undefined : flagFault(name.toLowerCase(), value)
    return reason === undefined ? [] : [at(word, `${flag.trim()}: ${reason[0]}`, reason[1])]
  })
}

function flagFault(name: string, value: string): readonly [message: string, remedy: string] | undefined {
  if (name === 'r' || name === 'redirect')
    return /^(?:\d{3}|permanent|temp|seeother)$/i.test(value)
      ? undefined
      : [
          `httpd knows no status '${value}' and ${/^\d/.test(value) ? `reads ${leading(value)}` : 'redirects with 302'}`,
          'Give a number such as 301, or permanent, temp or seeother.',
        ]
  if (name === 's' || name === 'skip')
    return /^\d+$/.test(value)
      ? undefined
      : [`httpd skips ${leading(value)} rules for '${value}'`, 'Give the number of rules to skip.']
  if (BARE_FLAGS.has(name))
    return [`the flag takes no value, httpd leaves '${value}' out`, `Write ${name.toUpperCase()}.`]
  return undefined
}

/** Variables of requests by the names that mod_rewrite and expressions have for them. */
const SERVER_VARIABLE =
  /^(?:HTTP_(?:HOST|USER_AGENT|REFERER|COOKIE|FORWARDED|ACCEPT)|HTTPS|REQUEST_(?:URI|FILENAME|METHOD|SCHEME)|QUERY_STRING|REMOTE_(?:ADDR|HOST|USER|PORT)|SERVER_(?:NAME|PORT|ADDR|PROTOCOL|ADMIN)|DOCUMENT_ROOT|THE_REQUEST|SCRIPT_FILENAME|SCRIPT_NAME|PATH_INFO|IS_SUBREQ|AUTH_TYPE|TIME|ENV:\w+|HTTP:[\w-]+)$/

function brokenVariable({ text, args, key, name }: Line): Found[] {
  const [first] = args
  if (key === 'rewritecond' && first) {
    const bare = first.value.replace(/^[%$]?[{(]?|[)}]$/g, '')
    if (SERVER_VARIABLE.test(bare) && !first.value.includes(`%{${bare}`))
      return [at(first, `RewriteCond compares the text ${first.value}, not the variable ${bare}`, `Write %{${bare}}.`)]
  }
  if (
    !/^(?:rewritecond|rewriterule|header|requestheader|logformat|customlog|setenvif\w*|<if|<elseif|require)$/.test(key)
  )
    return []
  const open = /%\{(?=[A-Za-z])[\w:-]*(?![\w:}<!-])/.exec(text.slice(name.next))
  if (!open || !/^(?:[\s"')(/]|$|%)/.test(text.slice(name.next + open.index + open[0].length))) return []
  const start = name.next + open.index
  return [
    {
      start,
      end: start + open[0].length,
      message: `${open[0]} lacks its closing }, so httpd takes it as it stands`,
      remedy: `Write ${open[0]}}.`,
    },
  ]
}

const STATUS = /^(?:\d{3}|permanent|temp|seeother|gone)$/i
const RULE_FLAGS = /^\[(?:(?:NC|L|R|QSA|PT|NE|F|G|P|END|QSD|OR|NV|nocase|ornext|last)(?:=[\w-]+)?,?)+\]$/
const FILE_SYSTEM = /^\/(?:var|srv|usr|home|opt|etc)(?:\/|$)/

/** Arguments in the place of others. */
function swapped({ args, key, name }: Line): Found[] {
  const [first, second] = args
  if (!first || !second) return []
  const told = (word: Word, message: string, remedy: string) => [at(word, `${name.value}: ${message}`, remedy)]
  if (/^rewrite(?:rule|cond)$/.test(key) && args.length === 2 && RULE_FLAGS.test(second.value)) {
    const missing = key === 'rewriterule' ? 'target' : 'pattern'
    return told(second, `${second.value} stands in the place of the ${missing}`, `Put the ${missing} in front of it.`)
  }
  if (key === 'rewritecond' && /^!?[\^]/.test(first.value) && /^%\{[^}]+\}$/.test(second.value))
    return told(first, 'the pattern stands in front of the text that it is for', 'Swap the two.')
  if (key === 'rewriterule' && /^https?:\/\//.test(first.value) && /^\^|\$$/.test(second.value))
    return told(first, 'the target stands in front of the pattern', 'Swap the two.')
  if (key === 'redirectmatch' && args.length === 2 && /^https?:\/\//.test(first.value) && /^[\^/]/.test(second.value))
    return told(first, 'the target stands in front of the pattern', 'Swap the two.')
  if (key === 'redirectmatch' && args.length === 2 && !STATUS.test(first.value) && isPattern(second.value))
    return told(
      second,
      `the pattern ${second.value} stands in the place of the target`,
      'Write [status] pattern target.',
    )
  if (
    /^(?:script)?alias$/.test(key) &&
    FILE_SYSTEM.test(first.value) &&
    /^\//.test(second.value) &&
    !FILE_SYSTEM.test(second.value)
  )
    return told(first, `the directory stands in front of the path of the URL`, 'Swap the two.')
  if (/^add(?:type|handler|charset|encoding|language|outputfilter)$/.test(key) && /^\.\w+$/.test(first.value))
    return told(first, `the extension stands in front of what it means`, 'Swap the two.')
  return []
}

/** A regular expression rather than what it is to become. */
function isPattern(text: string): boolean {
  return text.startsWith('^') || /[^\\]\$$/.test(text) || (text.includes('\\.') && !/\$\d/.test(text))
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().toLowerCase().split(/\s+/))
}
