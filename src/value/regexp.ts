import { EmulatedRegExp, toRegExpDetails } from 'oniguruma-to-es'
import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'

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
  try {
    const details = toRegExpDetails(adaptToOniguruma(pattern), {
      flags: 'DSW',
      global: options.global ?? false,
      hasIndices: options.indices ?? false,
    })
    const source = details.pattern.replace(anyCharacter, '[\\s\\S]')
    return details.options
      ? new EmulatedRegExp(source, details.flags, details.options)
      : new RegExp(source, details.flags)
  } catch (error) {
    const reason = (error as Error).message
    const inRuby = rubyMessages.find(([ours]) => ours.test(reason))?.[1]
    if (inRuby) fail(badRegexp([inRuby, pattern], detail))
    fail(unsupportedRegexp([pattern, reason], detail))
  }
}

/** `[^]`, which V8 before Node 22 does not repeat right in the `v` mode: `/^[^]*a/v` finds nothing in `ba`. */
const anyCharacter = /(?<!\\)\[\^\]/g

/** What the translator says, and how Ruby puts it. */
const rubyMessages: readonly (readonly [RegExp, string])[] = [
  [/^Unclosed character class/, 'premature end of char-class'],
  [/^Unclosed group|^Incomplete group|^Missing \)/, 'end pattern with unmatched parenthesis'],
  [/^Unmatched "\)"/, 'unmatched close parenthesis'],
  [
    /^Nothing to repeat|^Invalid quantifier|^Quantifier requires a repeatable token/,
    'target of repeat operator is not specified',
  ],
  [/^Empty character class/, 'empty char-class'],
  [/^Invalid group name|^Group name/, 'group name is empty'],
  [/^Character class range out of order/, 'empty range in char class'],
  [/^Incomplete escape|^Pattern ends with/, 'too short escape sequence'],
]

/**
 * Spellings that Ruby takes and Oniguruma does not: `(?d)`, `(?u)` and `(?a)` switches go, and possessive intervals stay
 * as they are, since both chain them.
 */
function adaptToOniguruma(pattern: string): string {
  return pattern.includes('(?') ? pattern.replace(/\(\?([imx]*)[dau]([imx]*)(?=[-:)])/g, '(?$1$2') : pattern
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
