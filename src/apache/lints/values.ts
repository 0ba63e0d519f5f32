import type { Word } from '../words.ts'
import { at, type Found, type Line, type Lint, names } from './line.ts'
import { isPlaceholder, leading, oddNumber } from './numbers.ts'

/** Directives that take On for yes and anything else for no. */
const LOOSE_FLAGS = names('H2SerializeHeaders ProxySCGIInternalRedirect php_flag php_admin_flag')

const WITH_VARIABLES = names(`
  RewriteCond RewriteRule Header RequestHeader LogFormat CustomLog SetEnvIf SetEnvIfNoCase SetEnvIfExpr <If <ElseIf
  Require
`)
const ORDERED = names(`
  RewriteCond RewriteRule Redirect RedirectPermanent RedirectTemp RedirectMatch Alias ScriptAlias AliasMatch
  ScriptAliasMatch AddType AddHandler AddCharset AddEncoding AddLanguage AddOutputFilter ProxyPassReverse SetEnvIf
  SetEnvIfNoCase LogFormat SSLCertificateFile SSLCertificateKeyFile
`)
const LISTS = names('DirectoryIndex AddType AddHandler AddCharset AddEncoding AddLanguage AddOutputFilter')

/** Values that httpd reads as something else than what stands there. */
export const VALUE_LINTS: readonly Lint[] = [
  {
    code: 'odd-number',
    why: 'httpd and PHP read the digits in front of a number and drop the rest without a word: `15O` is 15, `ten` is 0.',
    find: oddNumber,
  },
  {
    code: 'odd-flag',
    why: 'A value that httpd does not know turns a flag off, or makes another status of it.',
    find: oddFlag,
  },
  {
    code: 'broken-variable',
    why: 'Without its percent sign or a brace, the name of a variable is text that httpd compares or sends.',
    keys: WITH_VARIABLES,
    find: brokenVariable,
  },
  {
    code: 'comma-list',
    needs: [','],
    why: 'httpd tells arguments apart by white space: a comma becomes part of the name of a file or an extension, which then matches nothing.',
    keys: LISTS,
    find: commas,
  },
  {
    code: 'swapped-arguments',
    why: 'Arguments in the place of each other are accepted, and then match nothing.',
    keys: ORDERED,
    find: swapped,
  },
]

/** Arguments are told apart by white space; a comma becomes part of a name that no file has. */
function commas({ args, key }: Line): Found[] {
  return args
    .slice(key.startsWith('add') ? 1 : 0)
    .filter(({ value }) => /[^,],(?:[^,]|$)/.test(value) && !isPlaceholder(value) && !/[\s[\]\\]/.test(value))
    .map((word) =>
      at(word, `the comma becomes part of the name ${word.value}`, `Write ${word.value.split(',').join(' ').trim()}.`),
    )
}

/** Flags of RewriteRule that take no value. */
const BARE_FLAGS = names(
  'C chain F forbidden G gone L last NC nocase NE noescape NS nosubreq P proxy PT passthrough QSA qsappend QSD qsdiscard QSL qslast END DPI discardpath',
)

/** Slips of On and Off, which mean nothing to any module. */
const FLAG_SLIP = /^(?:(?:on|off)[;,.]|onn|oon|of|offf)$/i

function oddFlag({ args, key, spec, isSection }: Line): Found[] {
  if (key === 'rewriterule') {
    const word = args[2]
    return word ? ruleFlags(word) : []
  }
  if (!LOOSE_FLAGS.has(key)) {
    const [only] = args
    if (spec || isSection || !only || args.length > 1 || !FLAG_SLIP.test(only.value)) return []
    return [at(only, `'${only.value}' is neither On nor Off`, 'Write On or Off.')]
  }
  const value = args.at(-1)
  if (!value || /^(?:on|off|[01])$/i.test(value.value) || isPlaceholder(value.value)) return []
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
  if (!text.includes('%{')) return []
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

/** What SetEnvIf looks at most. */
const ATTRIBUTE = /^(?:user-agent|referer|host|remote_(?:addr|host|user)|request_(?:uri|method|protocol)|server_addr)$/i
/** Headers and attributes begin with a capital by custom. */
const HEADER = /^[A-Z][\w-]*$/
const FILTER = /^(?:INCLUDES|DEFLATE|INFLATE|BROTLI_COMPRESS|SUBSTITUTE|RATE_LIMIT|PHP)$/

/** Arguments in the place of others. */
function swapped({ args, key, name }: Line): Found[] {
  const [first, second] = args
  if (!first) return []
  const told = (word: Word, message: string, remedy: string) => [at(word, `${name.value}: ${message}`, remedy)]
  if (key === 'sslcertificatefile' && /\.(?:key|csr)$/i.test(first.value))
    return told(first, 'the name is not that of a certificate', 'Name the certificate here.')
  if (key === 'sslcertificatekeyfile' && /\.(?:crt|cer|csr)$/i.test(first.value))
    return told(first, 'the name is not that of a private key', 'Name the key here.')
  if (!second) return []
  if (/^redirect(?!match)/.test(key)) {
    const [from, to] = args.slice(-2)
    if (!from || !to || !/^https?:\/\//.test(from.value) || !to.value.startsWith('/')) return []
    return told(from, 'the target stands in front of the path', 'Swap the two.')
  }
  if (key === 'proxypassreverse' && /^\w+:\/\//.test(first.value) && second.value.startsWith('/'))
    return told(first, 'the address of the backend stands in front of the path', 'Swap the two.')
  if (/^(?:script)?aliasmatch$/.test(key) && FILE_SYSTEM.test(first.value) && second.value.startsWith('^'))
    return told(first, 'the directory stands in front of the pattern', 'Swap the two.')
  if (key.startsWith('setenvif') && ATTRIBUTE.test(second.value) && args.length > 2 && !HEADER.test(first.value))
    return told(first, `the pattern stands in front of ${second.value}`, 'Swap the two.')
  if (key === 'logformat' && !first.value.includes('%') && second.value.includes('%'))
    return told(first, 'the name stands in front of the format', 'Swap the two.')
  if (key === 'addoutputfilter' && FILTER.test(second.value) && /^\.?[a-z]\w*$/.test(first.value))
    return told(first, 'the extension stands in front of the filter', 'Swap the two.')
  if (key === 'rewriterule' && second.value.startsWith('^') && !first.value.startsWith('^'))
    return told(first, 'the target stands in front of the pattern', 'Swap the two.')
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
  if (key.startsWith('add') && /^\.\w+$/.test(first.value))
    return told(first, `the extension stands in front of what it means`, 'Swap the two.')
  return []
}

/** A regular expression rather than what it is to become. */
function isPattern(text: string): boolean {
  return text.startsWith('^') || /[^\\]\$$/.test(text) || (text.includes('\\.') && !/\$\d/.test(text))
}
