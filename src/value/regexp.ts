import { EmulatedRegExp, toRegExpDetails } from 'oniguruma-to-es'
import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import { toOniguruma } from './regexp-syntax.ts'

const badRegexp = define('error', 'puppet/bad-regexp', (message: string, pattern: string) => `${message}: /${pattern}/`)

const unsupportedRegexp = define(
  'error',
  'puppet/unsupported-regexp',
  (pattern: string, reason: string) => `The regular expression /${pattern}/ cannot be run here: ${reason}`,
)

export interface RegexpOptions {
  /** For `replace`, `matchAll` and the like; the object is shared, so set `lastIndex` before `exec`. */
  readonly global?: boolean
  /** Matches carry `indices`. */
  readonly indices?: boolean
}

const compiled = new Map<string, RegExp>()

/**
 * A matcher for a pattern in Ruby's syntax (Onigmo): `^` and `$` are those of lines, `\A`, `\z` and `\Z` those of the text,
 * `\d`, `\s` and `\w` ASCII, `(?m)` lets the dot match line ends. Numbered groups capture nothing where there are named ones.
 * A pattern that Ruby refuses, or that has no equal here, fails with a diagnostic.
 */
export function rubyRegexp(pattern: string, options: RegexpOptions = {}, detail?: DiagnosticDetail): RegExp {
  const key = `${options.global ? 'g' : ''}${options.indices ? 'd' : ''}/${pattern}`
  const known = compiled.get(key)
  if (known) return known
  const made = compile(pattern, options, detail)
  compiled.set(key, made)
  return made
}

function compile(pattern: string, options: RegexpOptions, detail?: DiagnosticDetail): RegExp {
  const adapted = toOniguruma(pattern)
  if (typeof adapted !== 'string') return fail(badRegexp([adapted.message, pattern], detail))
  // Onigmo's absence operator runs as far as it can; the translation stops at the first chance.
  if (/(?:^|[^\\])\(\?~/.test(pattern)) fail(unsupportedRegexp([pattern, 'the absence operator (?~…)'], detail))
  try {
    const details = toRegExpDetails(adapted, { global: options.global ?? false, hasIndices: options.indices ?? false })
    const source = details.pattern.replace(anyCharacter, '[\\s\\S]')
    return details.options
      ? new EmulatedRegExp(source, details.flags, details.options)
      : new RegExp(source, details.flags)
  } catch (error) {
    const reason = (error as Error).message
    const inRuby = rubyMessage(reason, pattern)
    if (inRuby !== undefined) fail(badRegexp([inRuby, pattern], detail))
    return fail(unsupportedRegexp([pattern, reason], detail))
  }
}

/** `[^]`, which V8 before Node 22 does not repeat right in the `v` mode: `/^[^]*a/v` finds nothing in `ba`. */
const anyCharacter = /(?<!\\)\[\^\]/g

/** What the translator says, as Ruby puts it; `undefined` for what Ruby would take. */
function rubyMessage(reason: string, pattern: string): string | undefined {
  const quoted = /"(.*)"/.exec(reason)?.[1] ?? ''
  const name = /[<'](.*)[>']/.exec(quoted)?.[1] ?? quoted
  if (reason.startsWith('Unclosed character class'))
    return /\[\^?\]$/.test(pattern) ? 'empty char-class' : 'premature end of char-class'
  if (reason.startsWith('Unclosed group')) return 'end pattern with unmatched parenthesis'
  if (reason.startsWith('Unmatched ")"')) return 'unmatched close parenthesis'
  if (reason.startsWith('Quantifier requires')) return 'target of repeat operator is not specified'
  if (reason.startsWith('Group name not defined') || reason.startsWith('Subroutine uses a group name'))
    return `undefined name <${name}> reference`
  if (reason.startsWith('Group name')) return name === '' ? 'group name is empty' : `invalid group name <${name}>`
  if (reason.startsWith('Not enough capturing groups'))
    return /\(\?<[^=!]/.test(pattern)
      ? 'numbered backref/call is not allowed. (use name)'
      : 'invalid backref number/name'
  if (reason.startsWith('Numbered backref/subroutine')) return 'numbered backref/call is not allowed. (use name)'
  if (reason.startsWith('Character class range out of order')) return 'empty range in char class'
  if (reason.startsWith('Incomplete escape')) return 'too short escape sequence'
  if (reason.startsWith('Lookbehind includes')) return 'invalid pattern in look-behind'
  if (reason.startsWith('Invalid POSIX class')) return 'invalid POSIX bracket type'
  const property = /\\[pP]\{\^?([^}]*)\}/.exec(pattern)?.[1]
  if (property !== undefined && reason.includes('nvalid property name'))
    return `invalid character property name {${property}}`
  return undefined
}

/** `text` as a pattern that matches just it: Ruby's `Regexp.escape`. */
export function escapeRegexp(text: string): string {
  return text.replace(/[[\]{}()|\-*.\\?+^$# \t\f\v\n\r]/g, (character) => escapes[character] ?? `\\${character}`)
}

const escapes: Readonly<Record<string, string>> = {
  ' ': '\\ ',
  '\t': '\\t',
  '\f': '\\f',
  '\v': '\\v',
  '\n': '\\n',
  '\r': '\\r',
}
