import { readItem } from './items.ts'
import { branchLength } from './lookbehind.ts'
import type { Pattern } from './pattern.ts'

const LOOKBEHIND_LIMIT = 65535
const START_OPTIONS =
  /^\(\*(?:UTF|UCP|NOTEMPTY|NOTEMPTY_ATSTART|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NO_JIT|NO_START_OPT|CR|LF|CRLF|ANY|NUL|ANYCRLF|BSR_ANYCRLF|BSR_UNICODE|LIMIT_HEAP=\d+|LIMIT_MATCH=\d+|LIMIT_DEPTH=\d+|LIMIT_RECURSION=\d+)\)/

/** Reads a whole pattern; throws `PatternError` where PCRE2 refuses it. */
export function readPattern(pattern: Pattern): void {
  for (
    let option = START_OPTIONS.exec(pattern.text);
    option;
    option = START_OPTIONS.exec(pattern.text.slice(pattern.at))
  )
    pattern.at += option[0].length
  pattern.open('root', {})
  while (pattern.at < pattern.text.length) readItem(pattern)
  if (pattern.groups.length > 1) pattern.fail('missing closing parenthesis')
  for (const { group, at } of pattern.references) {
    const known = typeof group === 'number' ? group <= pattern.captures : pattern.names.has(group)
    if (!known) pattern.fail('reference to non-existent subpattern', at)
  }
  for (const { group, at } of pattern.behinds) {
    for (const branch of group.branches) {
      const length = branchLength(pattern, branch, new Set())
      if (length === undefined) pattern.fail('lookbehind assertion is not fixed length', at)
      if (length > LOOKBEHIND_LIMIT) pattern.fail('lookbehind assertion is too long', at)
    }
  }
}
