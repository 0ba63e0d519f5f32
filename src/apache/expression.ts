import { isNetwork } from './addresses.ts'
import type { Call } from './context.ts'
import { ExpressionScanner, type Token } from './expression-scanner.ts'
import { type Grammar, makeTables, type ParseTables, type Production } from './lalr.ts'
import { checkRegex } from './regex.ts'

export interface ExpressionFault {
  /** In httpd's words. */
  readonly message: string
  /** Offsets in the expression. */
  readonly start: number
  readonly end: number
}

export interface ExpressionOptions {
  /** A text with variables rather than a condition. */
  readonly asString?: boolean
}

const TERMINALS =
  "T_TRUE T_FALSE T_EXPR_BOOL T_EXPR_STRING T_ERROR T_DIGIT T_ID T_STRING T_REGEX T_REGEX_I T_REGEX_BACKREF T_OP_UNARY T_OP_BINARY T_STR_BEGIN T_STR_END T_VAR_BEGIN T_VAR_END T_OP_EQ T_OP_NE T_OP_LT T_OP_LE T_OP_GT T_OP_GE T_OP_REG T_OP_NRE T_OP_IN T_OP_STR_EQ T_OP_STR_NE T_OP_STR_LT T_OP_STR_LE T_OP_STR_GT T_OP_STR_GE T_OP_CONCAT T_OP_OR T_OP_AND T_OP_NOT '(' ')' '{' '}' ',' ':'"

/** The grammar of httpd's expressions, as its documentation gives it, one alternative a line. */
const RULES = `
root T_EXPR_BOOL expr
root T_EXPR_STRING string
root T_ERROR
expr T_TRUE
expr T_FALSE
expr T_OP_NOT expr
expr expr T_OP_OR expr
expr expr T_OP_AND expr
expr comparison
expr T_OP_UNARY word
expr word T_OP_BINARY word
expr '(' expr ')'
expr T_ERROR
comparison word T_OP_EQ word
comparison word T_OP_NE word
comparison word T_OP_LT word
comparison word T_OP_LE word
comparison word T_OP_GT word
comparison word T_OP_GE word
comparison word T_OP_STR_EQ word
comparison word T_OP_STR_NE word
comparison word T_OP_STR_LT word
comparison word T_OP_STR_LE word
comparison word T_OP_STR_GT word
comparison word T_OP_STR_GE word
comparison word T_OP_IN wordlist
comparison word T_OP_REG regex
comparison word T_OP_NRE regex
wordlist lstfunccall
wordlist '{' words '}'
words word
words words ',' word
string string strpart
string strpart
string T_ERROR
strpart T_STRING
strpart var
strpart backref
var T_VAR_BEGIN T_ID T_VAR_END
var T_VAR_BEGIN T_ID ':' string T_VAR_END
word T_DIGIT
word word T_OP_CONCAT word
word var
word backref
word strfunccall
word T_STR_BEGIN string T_STR_END
word T_STR_BEGIN T_STR_END
regex T_REGEX
regex T_REGEX_I
backref T_REGEX_BACKREF
lstfunccall T_ID '(' word ')'
strfunccall T_ID '(' word ')'
`

const GRAMMAR: Grammar = {
  start: 'root',
  terminals: TERMINALS.split(' '),
  productions: RULES.trim()
    .split('\n')
    .map((line): Production => {
      const [left = '', ...right] = line.split(' ')
      return { left, right }
    }),
  right: ['T_OP_OR', 'T_OP_AND', 'T_OP_NOT', 'T_OP_CONCAT'],
}

let tables: ParseTables | undefined

const VARIABLES = new Set(
  'TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC TIME_WDAY TIME SERVER_SOFTWARE API_VERSION HTTP_USER_AGENT HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_ACCEPT REQUEST_METHOD REQUEST_SCHEME REQUEST_URI REQUEST_FILENAME REMOTE_HOST REMOTE_IDENT REMOTE_USER SERVER_ADMIN SERVER_NAME SERVER_PORT SERVER_PROTOCOL SCRIPT_FILENAME PATH_INFO QUERY_STRING IS_SUBREQ DOCUMENT_ROOT AUTH_TYPE THE_REQUEST CONTENT_TYPE HANDLER REQUEST_LOG_ID SCRIPT_USER SCRIPT_GROUP DOCUMENT_URI LAST_MODIFIED CONTEXT_PREFIX CONTEXT_DOCUMENT_ROOT REQUEST_STATUS REMOTE_ADDR REMOTE_PORT HTTPS IPV6 CONN_LOG_ID CONN_REMOTE_ADDR HTTP2'.split(
    ' ',
  ),
)
const FUNCTIONS = new Set(
  'osenv env resp req http note reqenv req_novary tolower toupper escape unescape file filesize base64 unbase64 sha1 md5 ldap'.split(
    ' ',
  ),
)
const UNARY = new Set('n z R T d e f s L h x F U A'.split(' '))
const BINARY = new Set('ipmatch fnmatch strmatch strcmatch'.split(' '))
/** Not for .htaccess files, which must not look around on the disk. */
const RESTRICTED = new Set('file filesize'.split(' '))

/** A constant string, where the value is one; otherwise undefined. */
interface Value {
  readonly constant?: string
  readonly token: Token
}

/** Judges an expression as httpd's parser does. */
export function checkExpression(
  text: string,
  call: Call,
  options: ExpressionOptions = {},
): ExpressionFault | undefined {
  tables ??= makeTables(GRAMMAR)
  const cut = text.indexOf('\0')
  const scanner = new ExpressionScanner(cut < 0 ? text : text.slice(0, cut), options.asString ?? false)
  const states = [0]
  const values: Value[] = []
  let complaint: { message: string; token: Token } | undefined
  let token: Token | undefined
  const read = (): Token => {
    const next = scanner.next()
    if (next.kind === 'T_ERROR') complaint = { message: next.value, token: next }
    return next
  }
  const finish = (message: string | undefined, at: Token): ExpressionFault | undefined => {
    const said = message === undefined ? complaint?.message : complaint ? `${message}: ${complaint.message}` : message
    if (said === undefined) return undefined
    const place = complaint?.token ?? at
    return { message: said, start: place.start, end: Math.max(place.end, place.start) }
  }

  for (;;) {
    const state = states.at(-1) as number
    const shift = tables.shifts[state] as ReadonlyMap<string, number>
    const reduce = tables.reductions[state] as ReadonlyMap<string, number>
    let rule = -1
    if (shift.size === 0 && reduce.size === 0) rule = tables.defaults[state] as number
    else {
      token ??= read()
      const target = shift.get(token.kind)
      if (target !== undefined) {
        if (token.kind === '$end') return finish(undefined, token)
        states.push(target)
        values.push(token.kind === 'T_STRING' ? { constant: token.value, token } : { token })
        token = undefined
        continue
      }
      rule = reduce.get(token.kind) ?? (tables.defaults[state] as number)
      if (rule < 0) return finish(syntaxError(token, shift, reduce, tables), token)
    }
    const production = tables.productions[rule] as Production
    const parts = values.splice(values.length - production.right.length)
    states.length -= production.right.length
    const first = parts[0] as Value
    if (production.right.length === 1 && production.right[0] === 'T_ERROR') return finish(undefined, first.token)
    const outcome = act(production, parts, call)
    if (outcome.abort) return finish(outcome.abort, first.token)
    if (outcome.complaint) complaint = { message: outcome.complaint, token: spanning(parts) }
    values.push({ token: spanning(parts), ...(outcome.constant === undefined ? {} : { constant: outcome.constant }) })
    states.push((tables.gotos[states.at(-1) as number] as ReadonlyMap<string, number>).get(production.left) as number)
  }
}

function spanning(parts: readonly Value[]): Token {
  const first = (parts[0] as Value).token
  return { ...first, end: (parts.at(-1) as Value).token.end }
}

function syntaxError(
  token: Token,
  shift: ReadonlyMap<string, number>,
  reduce: ReadonlyMap<string, number>,
  all: ParseTables,
): string {
  const expected = all.terminals.filter((terminal) => shift.has(terminal) || reduce.has(terminal))
  const list = expected.length > 0 && expected.length <= 4 ? `, expecting ${expected.join(' or ')}` : ''
  return `syntax error, unexpected ${token.kind}${list}`
}

interface Outcome {
  readonly constant?: string
  /** Kept, and told at the end. */
  readonly complaint?: string
  /** Ends the parse. */
  readonly abort?: string
}

function act({ left, right }: Production, parts: readonly Value[], call: Call): Outcome {
  const name = (i: number) => parts[i]?.token.value ?? ''
  const constant = (i: number): Outcome =>
    parts[i]?.constant === undefined ? {} : { constant: parts[i]?.constant as string }
  switch (left) {
    case 'strpart':
    case 'wordlist':
      return right.length === 1 ? constant(0) : {}
    case 'string':
      return right.length === 1 ? constant(0) : {}
    case 'word':
      if (right[0] === 'T_STR_BEGIN') return right.length === 2 ? { constant: '' } : constant(1)
      return right.length === 1 ? constant(0) : {}
    case 'var':
      return right.length === 3 ? lookupVariable(name(1), call) : lookupFunction(name(1), call)
    case 'strfunccall':
      return lookupFunction(name(0), call)
    case 'lstfunccall':
      return has(call, 'ssl_module') && name(0) === 'PeerExtList'
        ? {}
        : { complaint: `List-returning function '${name(0)}' does not exist` }
    case 'regex':
      return checkRegex(name(0), call.environment.regexFlags) ? { abort: 'Failed to compile regular expression' } : {}
    case 'expr':
      if (right[0] === 'T_OP_UNARY') return lookupUnary(name(0), parts[1]?.constant)
      if (right[1] === 'T_OP_BINARY') return lookupBinary(name(1), parts[2]?.constant)
  }
  return {}
}

function has(call: Call, module: string): boolean {
  return call.environment.modules.has(module)
}

function lookupVariable(name: string, call: Call): Outcome {
  if (VARIABLES.has(name.toUpperCase())) return {}
  if (name.startsWith('SSL_') && has(call, 'ssl_module')) return {}
  if (/^HC_/i.test(name) && has(call, 'proxy_hcheck_module')) return {}
  return { complaint: `Variable '${name}' does not exist` }
}

function lookupFunction(name: string, call: Call): Outcome {
  const lower = name.toLowerCase()
  if (FUNCTIONS.has(lower))
    return RESTRICTED.has(lower) && call.scope.htaccess
      ? { complaint: `${lower} not available in restricted context` }
      : {}
  if (name === 'SSL' && has(call, 'ssl_module')) return {}
  if (lower === 'hc' && has(call, 'proxy_hcheck_module')) return {}
  return { complaint: `Function '${name}' does not exist` }
}

function lookupUnary(name: string, argument: string | undefined): Outcome {
  if (!UNARY.has(name)) return { complaint: `Unary operator '-${name}' does not exist` }
  return name === 'R' ? subnet(name, argument) : {}
}

function lookupBinary(name: string, argument: string | undefined): Outcome {
  if (!BINARY.has(name.toLowerCase())) return { complaint: `Binary operator '-${name}' does not exist` }
  return name.toLowerCase() === 'ipmatch' ? subnet(name, argument) : {}
}

function subnet(name: string, argument: string | undefined): Outcome {
  if (argument === undefined) return { complaint: `-${name} requires subnet/netmask as constant argument` }
  return isNetwork(argument) ? {} : { complaint: 'parsing of subnet/netmask failed' }
}
