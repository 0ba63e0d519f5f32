import type { Call, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { isSpace } from '../lines.ts'
import { leadingInteger } from '../numbers.ts'
import { filesFor, rootRelative } from '../paths.ts'
import { readWords } from '../words.ts'
import { expressionFault, regexFault } from './values.ts'

/** mod_rewrite. */
export const REWRITE: Handlers = {
  RewriteOptions: (call) => {
    const [text = ''] = call.args
    for (const { value } of readWords(text))
      if (!OPTIONS.has(value.toLowerCase()) && !/^maxredirects=/i.test(value))
        return fault('option', `RewriteOptions: unknown option '${value}'`, 0)
    return undefined
  },
  RewriteBase: (call) => {
    const [url = ''] = call.args
    if (call.scope.path === undefined)
      return fault('context', 'RewriteBase: only valid in per-directory config files', 'name')
    return url.startsWith('/') ? undefined : fault('url', 'RewriteBase: argument is not a valid URL', 0)
  },
  RewriteCond: condition,
  RewriteRule: rule,
  RewriteMap: map,
}

const OPTIONS = new Set(
  'inherit inheritbefore inheritdown inheritdownbefore ignoreinherit allownoslash allowanyuri mergebase ignorecontextinfo legacyprefixdocroot unsafeprefixstat unsafeallow3f'.split(
    ' ',
  ),
)

/** An argument as mod_rewrite's own splitter finds it; offsets are those of its text, quotes left out. */
interface Part {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * mod_rewrite splits its lines itself: a backslash protects a blank (and stays), quotes protect blanks,
 * and a backslash before a quote does not.
 */
function split(text: string): readonly Part[] | undefined {
  const parts: Part[] = []
  let at = skip(text, 0)
  for (let number = 0; number < 3; number++) {
    const quote = text[at] === '"' || text[at] === "'" ? text[at++] : undefined
    const start = at
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (quote === undefined ? isSpace(code) : text[at] === quote) break
      at += code === 92 && isSpace(text.charCodeAt(at + 1)) ? 2 : 1
    }
    at = Math.min(at, text.length)
    parts.push({ text: text.slice(start, at), start, end: at })
    if (at >= text.length) return number === 0 ? undefined : parts
    at = skip(text, at + 1)
    if (at >= text.length && number === 1) return parts
  }
  return parts
}

function skip(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text.charCodeAt(at))) at++
  return at
}

interface Flag {
  readonly key: string
  readonly value: string
  readonly start: number
  readonly end: number
}

/** `[A,B=c]`, or httpd's complaint. */
function flags(part: Part): readonly Flag[] | string {
  const { text } = part
  if (!text.startsWith('[') || !text.endsWith(']')) return 'bad flag delimiters'
  const found: Flag[] = []
  const inner = `${text.slice(1, -1)},`
  for (let at = 0; at < inner.length; ) {
    at = skip(inner, at)
    const comma = inner.indexOf(',', at)
    if (at >= inner.length || comma < 0) break
    let end = comma
    while (end > 0 && isSpace(inner.charCodeAt(end - 1))) end--
    const whole = inner.slice(at, Math.max(at, end))
    const equals = whole.indexOf('=')
    const start = part.start + 1 + at
    found.push({
      key: equals < 0 ? whole : whole.slice(0, equals),
      value: equals < 0 ? '' : whole.slice(equals + 1),
      start,
      end: start + whole.length,
    })
    at = comma + 1
  }
  return found
}

function condition(call: Call): Fault | undefined {
  const parts = split(call.raw)
  if (!parts) return fault('rewrite-condition', `RewriteCond: bad argument line '${call.raw}'`)
  const [input, test, third] = parts as [Part, Part, Part | undefined]
  if (third) {
    const all = flags(third)
    if (typeof all === 'string') return fault('rewrite-flag', `RewriteCond: ${all}`, [third.start, third.end])
    for (const flag of all) {
      const key = flag.key.toLowerCase()
      if (!['nocase', 'nc', 'ornext', 'or', 'novary', 'nv'].includes(key))
        return fault('rewrite-flag', `RewriteCond: unknown flag '${flag.key}'`, [flag.start, flag.end])
    }
  }
  const negated = test.text.startsWith('!')
  const pattern = negated ? test.text.slice(1) : test.text
  const place = [test.start + (negated ? 1 : 0), test.end] as const
  if (input.text.toLowerCase() === 'expr')
    return expressionFault(
      pattern,
      call,
      `RewriteCond: cannot compile expression ${call.scope.htaccess ? 'in htaccess context ' : ''}"${pattern}" `,
      place,
    )
  if (!isRegex(pattern)) return undefined
  return regexFault(
    pattern,
    `RewriteCond: cannot compile regular expression '${pattern}'`,
    place,
    call.environment.regexFlags,
  )
}

/** File tests and comparisons are not regular expressions. */
function isRegex(pattern: string): boolean {
  if (pattern.length < 2) return true
  if (/^-[fsdxhLlUF]$/.test(pattern)) return false
  if (/^-(?:lt|le|gt|ge|eq|ne)./s.test(pattern)) return false
  return !/^[<>=]/.test(pattern)
}

function rule(call: Call): Fault | undefined {
  const parts = split(call.raw)
  if (!parts) return fault('rewrite-rule', `RewriteRule: bad argument line '${call.raw}'`)
  const [match, , third] = parts as [Part, Part, Part | undefined]
  if (third) {
    const all = flags(third)
    if (typeof all === 'string') return fault('rewrite-flag', `RewriteRule: ${all}`, [third.start, third.end])
    for (const flag of all) {
      const said = ruleFlag(flag)
      if (said) return fault('rewrite-flag', `RewriteRule: ${said}`, [flag.start, flag.end])
    }
  }
  const negated = match.text.startsWith('!')
  const pattern = negated ? match.text.slice(1) : match.text
  const place = [match.start + (negated ? 1 : 0), match.end] as const
  return regexFault(
    pattern,
    `RewriteRule: cannot compile regular expression '${pattern}'`,
    place,
    call.environment.regexFlags,
  )
}

const FLAGS = new Set(
  'b backrefescaping bnp backrefernoplus bctls c chain co cookie e env end f forbidden g gone h handler l last ne noescape n next ns nosubreq nc nocase p proxy pt passthrough qsa qsappend qsd qsdiscard qsl qslast s skip t type unsafeprefixstat unsafeallow3f unc'.split(
    ' ',
  ),
)

function ruleFlag({ key, value }: Flag): string | undefined {
  const lower = key.toLowerCase()
  // Whatever begins with D passes.
  if (lower.startsWith('d') || FLAGS.has(lower)) return undefined
  if (lower === 'bne') return value === '' ? "flag 'BNE' wants a list of characters (i.e. [BNE=...])" : undefined
  if (lower === 'r' || lower === 'redirect') {
    if (!/^\d/.test(value)) return undefined
    const status = leadingInteger(value)
    return RESPONSES.has(status) ? undefined : `invalid HTTP response code '${value}' for flag 'R'`
  }
  return `unknown flag '${key}'`
}

const RESPONSES = new Set(
  [100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308].concat(
    [400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424],
    [426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
  ),
)

function map(call: Call): Fault | undefined {
  const [name = '', source = ''] = call.args
  const { environment } = call
  const lower = source.toLowerCase()
  const refuse = (message: string) => fault('rewrite-map', message, 1)
  let file: string | undefined
  if (lower.startsWith('txt:') || lower.startsWith('rnd:')) file = source.slice(4)
  else if (lower.startsWith('dbm')) {
    if (source[3] === ':') file = source.slice(4)
    else if (source[3] === '=' && source.includes(':', 4)) {
      const type = source.slice(4, source.indexOf(':', 4))
      if (!DBM_TYPES.includes(type.toLowerCase())) return refuse(`RewriteMap: dbm type ${type} is invalid`)
      file = source.slice(source.indexOf(':', 4) + 1)
    } else return refuse(`RewriteMap: bad map:${source}`)
  } else if (lower.startsWith('dbd:') || lower.startsWith('fastdbd:')) {
    return environment.modules.has('dbd_module')
      ? undefined
      : refuse('RewriteMap types dbd and fastdbd require mod_dbd!')
  } else if (lower.startsWith('prg:')) file = readWords(source.slice(4))[0]?.value ?? ''
  else if (lower.startsWith('int:')) {
    const internal = source.slice(4)
    if (['tolower', 'toupper', 'escape', 'unescape'].includes(internal)) return undefined
    return refuse(`RewriteMap: internal map not found:${internal}`)
  } else file = source
  const path = rootRelative(file, environment)
  const files = filesFor(path, environment)
  if (!files || files.kind(path) !== undefined) return undefined
  return refuse(`RewriteMap: file for map ${name} not found:${path}`)
}

const DBM_TYPES = ['default', 'db', 'gdbm', 'ndbm', 'sdbm']
