import { define } from '../source/diagnostic.ts'

/** Faults of lexing and parsing, in Puppet's wording. */
export const syntaxError = define('error', 'puppet/syntax-error', (where: string) => `Syntax error at ${where}`)
export const unclosedQuote = define(
  'error',
  'puppet/unclosed-quote',
  (after: string, followedBy: string) => `Unclosed quote after ${after} followed by '${followedBy}'`,
)
export const unclosedComment = define('error', 'puppet/unclosed-comment', () => 'Unclosed multiline comment')
export const illegalByteOrderMark = define(
  'error',
  'puppet/byte-order-mark',
  (format: string, bytes: string) =>
    `Illegal ${format} Byte Order mark at beginning of input: ${bytes} - remove these from the puppet source`,
)
export const illegalNumber = define('error', 'puppet/illegal-number', (value: string) => `Illegal number '${value}'`)
export const invalidNumber = define(
  'error',
  'puppet/invalid-number',
  (notation: 'hex' | 'octal' | 'decimal', value: string) => `Not a valid ${notation} number ${value}`,
)
export const illegalClassReference = define(
  'error',
  'puppet/illegal-class-reference',
  (qualified: boolean) => `Illegal ${qualified ? 'fully qualified ' : ''}class reference`,
)
export const illegalQualifiedName = define('error', 'puppet/illegal-name', () => 'Illegal fully qualified name')
export const illegalRegularExpression = define('error', 'puppet/illegal-regexp', (reason: string) => reason)
export const unrecognisedEscape = define(
  'warning',
  'puppet/unrecognised-escape',
  (character: string) => `Unrecognized escape sequence '\\${character}'`,
)
const unicodeEscape = "Unicode escape '\\u' was not followed by 4 hex digits or 1-6 hex digits in {} or was > 10ffff"
export const illegalUnicodeEscape = define('warning', 'puppet/illegal-unicode-escape', () => unicodeEscape)
export const impossibleCharacter = define('error', 'puppet/impossible-character', () => unicodeEscape)
export const heredocFault = define('error', 'puppet/heredoc', (message: string) => message)
export const eppFault = define('error', 'puppet/epp', (message: string) => message)
/** Rules that Puppet's parser itself holds, beyond the grammar. */
export const illegalConstruct = define('error', 'puppet/illegal-construct', (message: string) => message)
/** A limit of ours: Puppet has none but its memory. */
export const nestedTooDeeply = define(
  'error',
  'puppet/nesting-depth',
  (limit: number) => `More than ${limit} expressions stand within one another here, which is more than can be read`,
)
