import { Pattern, PatternError } from './regex/pattern.ts'
import { readPattern } from './regex/read.ts'

/** Default flags: httpd compiles with DOTALL and DOLLAR_ENDONLY unless RegexDefaultOptions says otherwise. */
const REGEX_DOTALL = 2
export const REGEX_DOLLAR_ENDONLY = 4
const REGEX_EXTENDED = 8
export const DEFAULT_REGEX_FLAGS = REGEX_DOTALL | REGEX_DOLLAR_ENDONLY

export interface RegexFault {
  /** What is wrong, in PCRE2's terms. */
  readonly message: string
  /** UTF-16 offset in the pattern at which it was noticed. */
  readonly offset: number
}

/**
 * Whether PCRE2 10.42 compiles a pattern, byte by byte as httpd hands it over. Known not to be judged:
 * patterns whose compiled form would be too large.
 */
export function checkRegex(pattern: string, flags = DEFAULT_REGEX_FLAGS): RegexFault | undefined {
  const ascii = /^[\x00-\x7f]*$/.test(pattern)
  const bytes = ascii ? pattern : Buffer.from(pattern, 'utf8').toString('latin1')
  try {
    readPattern(new Pattern(bytes, (flags & REGEX_EXTENDED) !== 0))
    return undefined
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    const offset = ascii ? error.offset : Buffer.from(bytes.slice(0, error.offset), 'latin1').toString('utf8').length
    return { message: error.message, offset: Math.min(offset, pattern.length) }
  }
}
