import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import type { TypeLoader } from '../value/function.ts'
import { unknownOrigin } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import { array, boolean, float, hash, integer, string, typeValue, undef, type Value } from '../value/value.ts'
import { resolveAlias } from './alias.ts'
import { defineTypeAlias } from './define-alias.ts'
import { typeByName } from './names.ts'
import { parameterize } from './parameterize.ts'
import { checkParameters } from './parse-checks.ts'

const invalidType = define(
  'error',
  'puppet/invalid-type-expression',
  (text: string) => `The expression <${text}> is not a valid type specification.`,
)
const syntaxError = define('error', 'puppet/type-syntax', (at: string) => `Syntax error at ${at}`)

const caches = new WeakMap<TypeLoader, Map<string, PuppetType>>()

/** A loader that knows no types but the built-in ones. */
export const noTypes: TypeLoader = { load: () => undefined }

/**
 * The type that a text such as `Hash[String, Variant[Integer, Stdlib::Port]]` describes: the texts of Ruby functions and
 * of `assert_type`. Names that neither Puppet nor the loader knows stay references, which accept nothing. The
 * same text and loader give the same type object.
 */
export function parseType(text: string, loader: TypeLoader, detail?: DiagnosticDetail): PuppetType {
  let cache = caches.get(loader)
  if (!cache) {
    cache = new Map()
    caches.set(loader, cache)
  }
  const known = cache.get(text)
  if (known) return known
  const parser: Parser = { text, at: 0, loader, detail: detail ?? {} }
  const value = parseValue(parser)
  skipBlanks(parser)
  if (value.kind !== 'type' || parser.at < text.length) return fail(invalidType([text], detail))
  cache.set(text, value.type)
  return value.type
}

/** A literal value as Puppet source: strings, numbers, arrays, hashes, regular expressions, types and the like. */
export function parseLiteral(text: string, loader: TypeLoader, detail?: DiagnosticDetail): Value {
  const parser: Parser = { text, at: 0, loader, detail: detail ?? {} }
  const value = parseValue(parser)
  skipBlanks(parser)
  return parser.at < text.length ? fail(invalidType([text], detail)) : value
}

/** A loader that knows local types first: names and texts, as `local_types` of Ruby functions writes them. */
export function withLocalTypes(local: ReadonlyMap<string, string>, loader: TypeLoader): TypeLoader {
  const types = new Map<string, PuppetType>()
  const own: TypeLoader = { load: (name) => types.get(name.toLowerCase()) ?? loader.load(name) }
  for (const [name, text] of local)
    types.set(
      name.toLowerCase(),
      defineTypeAlias(name, () => parseType(text, own)),
    )
  return own
}

interface Parser {
  readonly text: string
  at: number
  readonly loader: TypeLoader
  readonly detail: DiagnosticDetail
}

const tokens = {
  typeName: /(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*/y,
  name: /(?:::)?[a-z_]\w*(?:::[a-z]\w*)*/y,
  number: /-?\s*(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y,
  single: /'((?:\\[\s\S]|[^'\\])*)'/y,
  double: /"((?:\\[\s\S]|[^"\\])*)"/y,
  regexp: /\/((?:\\[\s\S]|[^/\\\n])*)\//y,
}

function skipBlanks(parser: Parser): void {
  const blanks = /(?:\s|#[^\n]*)*/y
  blanks.lastIndex = parser.at
  parser.at += (blanks.exec(parser.text)?.[0] ?? '').length
}

function take(parser: Parser, token: RegExp): RegExpExecArray | undefined {
  skipBlanks(parser)
  token.lastIndex = parser.at
  const match = token.exec(parser.text)
  if (match) parser.at += match[0].length
  return match ?? undefined
}

function takeSign(parser: Parser, sign: string): boolean {
  skipBlanks(parser)
  if (!parser.text.startsWith(sign, parser.at)) return false
  parser.at += sign.length
  return true
}

/** value = type | string | regexp | number | word | list | hash */
function parseValue(parser: Parser): Value {
  const typeName = take(parser, tokens.typeName)
  if (typeName) return typeValue(parseNamedType(parser, typeName[0], parser.at - typeName[0].length), unknownOrigin)
  const word = take(parser, tokens.name)
  if (word) return wordValue(word[0])
  const number = take(parser, tokens.number)
  if (number) return numberValue(number[0].replace(/\s/g, ''))
  const single = take(parser, tokens.single)
  if (single) return string((single[1] as string).replace(/\\([\\'])/g, '$1'), unknownOrigin)
  const double = take(parser, tokens.double)
  if (double) return string(unescapeDouble(double[1] as string), unknownOrigin)
  const regexp = take(parser, tokens.regexp)
  if (regexp) return { kind: 'regexp', pattern: (regexp[1] as string).replaceAll('\\/', '/'), origin: unknownOrigin }
  if (takeSign(parser, '[')) return array(parseList(parser), unknownOrigin)
  if (takeSign(parser, '{')) return parseHash(parser)
  return failSyntax(parser)
}

/** Puppet names the token that it could not take. */
function failSyntax(parser: Parser): never {
  skipBlanks(parser)
  const token = /^(?:\w+|=>|[\s\S])/.exec(parser.text.slice(parser.at))?.[0]
  return fail(syntaxError([token === undefined ? 'end of input' : `'${token}'`], parser.detail))
}

function parseNamedType(parser: Parser, name: string, start: number): PuppetType {
  const found = typeByName(name) ?? parser.loader.load(name.replace(/^::/, ''))
  // A blank before the bracket is allowed, as in Puppet's own parser.
  if (!takeSign(parser, '[')) return found ?? { kind: 'TypeReference', text: name }
  if (takeSign(parser, ']')) {
    parser.at--
    failSyntax(parser)
  }
  const keys = parseList(parser)
  const text = parser.text.slice(start, parser.at)
  if (!found || found.kind === 'TypeReference') {
    const isReference = name.toLowerCase() === 'typereference' && keys[0]?.kind === 'string'
    return { kind: 'TypeReference', text: isReference ? (keys[0] as Value & { kind: 'string' }).value : text }
  }
  checkParameters(found, keys, name, text, parser.detail)
  if (found.kind === 'Resource' || found.kind === 'Class') return referenceType(found, keys, parser)
  return parameterize(found, keys, parser.detail.span ? { span: parser.detail.span } : {})
}

/** `Resource[File, 'x']`, `File['x']`, `Class[x]`. */
function referenceType(
  base: PuppetType & { kind: 'Resource' | 'Class' },
  keys: readonly Value[],
  parser: Parser,
): PuppetType {
  const [first, second] = keys
  const title = (value: Value | undefined) => (value?.kind === 'string' ? value.value : undefined)
  if (base.kind === 'Class') {
    const name = title(first)
    return name === undefined
      ? fail(invalidType([parser.text], parser.detail))
      : { kind: 'Class', name: name.replace(/^::/, '') }
  }
  if (base.typeName !== undefined) {
    const own = title(first)
    return own === undefined ? base : { kind: 'Resource', typeName: base.typeName, title: own }
  }
  const of = first?.kind === 'type' ? resolveAlias(first.type) : undefined
  const typeName = of?.kind === 'Resource' ? of.typeName : of?.kind === 'TypeReference' ? of.text : title(first)
  if (typeName === undefined) return base
  const own = title(second)
  return { kind: 'Resource', typeName, ...(own === undefined ? {} : { title: own }) }
}

function parseList(parser: Parser): Value[] {
  const values: Value[] = []
  while (!takeSign(parser, ']')) {
    values.push(parseValue(parser))
    if (takeSign(parser, ',')) continue
    if (takeSign(parser, ']')) break
    failSyntax(parser)
  }
  return values
}

function parseHash(parser: Parser): Value {
  const pairs: [Value, Value][] = []
  while (!takeSign(parser, '}')) {
    const key = parseValue(parser)
    if (!takeSign(parser, '=>')) failSyntax(parser)
    pairs.push([key, parseValue(parser)])
    if (takeSign(parser, ',')) continue
    if (takeSign(parser, '}')) break
    failSyntax(parser)
  }
  return hash(pairs, unknownOrigin)
}

function wordValue(word: string): Value {
  switch (word) {
    case 'undef':
      return undef(unknownOrigin)
    case 'default':
      return { kind: 'default', origin: unknownOrigin }
    case 'true':
    case 'false':
      return boolean(word === 'true', unknownOrigin)
    default:
      return string(word, unknownOrigin)
  }
}

function numberValue(text: string): Value {
  const negative = text.startsWith('-')
  const digits = negative ? text.slice(1) : text
  if (/[.eE]/.test(digits) && !/^0[xX]/.test(digits)) return float(Number(text), unknownOrigin)
  const isOctal = /^0[0-7]+$/.test(digits)
  const value = BigInt(isOctal ? `0o${digits}` : digits)
  return integer(negative ? -value : value, unknownOrigin)
}

const doubleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  s: ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  $: '$',
}

function unescapeDouble(body: string): string {
  return body.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (whole, long: string | undefined, short: string | undefined, letter: string | undefined) => {
      const code = long ?? short
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
      return doubleEscapes[letter as string] ?? whole
    },
  )
}
