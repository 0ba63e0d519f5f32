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

/** A part of a pattern, as far as lengths of lookbehinds need it. */
type Item =
  | { readonly kind: 'one' }
  | { readonly kind: 'none' }
  | { readonly kind: 'behind' }
  | { readonly kind: 'end' }
  | { readonly kind: 'variable' }
  | { readonly kind: 'group'; readonly branches: readonly (readonly Item[])[] }
  | { readonly kind: 'reference'; readonly group: number | string; readonly open: readonly number[] }
  | { readonly kind: 'repeat'; readonly item: Item; readonly times: number }

interface Group {
  branches: Item[][]
  readonly kind: 'root' | 'plain' | 'capture' | 'look' | 'condition' | 'define' | 'reset'
  readonly number?: number
  readonly behind?: number
  readonly flags: Flags
  readonly resetFrom?: number
  resetMost?: number
  readonly start: number
}

interface Flags {
  readonly extended: boolean
  readonly extendedMore: boolean
  readonly noCapture: boolean
}

class PatternError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const NEST_LIMIT = 250
const NAME_LIMIT = 32
const REPEAT_LIMIT = 65535
const LOOKBEHIND_LIMIT = 65535
const POSIX = [
  'alpha',
  'lower',
  'upper',
  'alnum',
  'ascii',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'print',
  'punct',
  'space',
  'word',
  'xdigit',
]
const START_OPTIONS =
  /^\(\*(?:UTF|UCP|NOTEMPTY|NOTEMPTY_ATSTART|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NO_JIT|NO_START_OPT|CR|LF|CRLF|ANY|NUL|ANYCRLF|BSR_ANYCRLF|BSR_UNICODE|LIMIT_HEAP=\d+|LIMIT_MATCH=\d+|LIMIT_DEPTH=\d+|LIMIT_RECURSION=\d+)\)/
const LOOKAROUNDS: ReadonlyMap<string, 'ahead' | 'behind' | 'atomic' | 'plain'> = new Map([
  ['pla', 'ahead'],
  ['nla', 'ahead'],
  ['napla', 'ahead'],
  ['plb', 'behind'],
  ['nlb', 'behind'],
  ['naplb', 'behind'],
  ['positive_lookahead', 'ahead'],
  ['negative_lookahead', 'ahead'],
  ['non_atomic_positive_lookahead', 'ahead'],
  ['positive_lookbehind', 'behind'],
  ['negative_lookbehind', 'behind'],
  ['non_atomic_positive_lookbehind', 'behind'],
  ['atomic', 'atomic'],
  ['sr', 'plain'],
  ['script_run', 'plain'],
  ['asr', 'plain'],
  ['atomic_script_run', 'plain'],
])
const VERBS = ['ACCEPT', 'COMMIT', 'F', 'FAIL', 'MARK', 'PRUNE', 'SKIP', 'THEN', '']
const UNICODE_PROPERTY = /^\^?\s*[A-Za-z][A-Za-z0-9_ &-]*(?:[:=][A-Za-z0-9_ &-]+)?$/
const ONE: Item = { kind: 'one' }
const NONE: Item = { kind: 'none' }
const BEHIND: Item = { kind: 'behind' }
const VARIABLE: Item = { kind: 'variable' }

/**
 * Whether PCRE2 10.42 compiles a pattern, byte by byte as httpd hands it over. Known not to be judged:
 * patterns whose compiled form would be too large.
 */
export function checkRegex(pattern: string, flags = DEFAULT_REGEX_FLAGS): RegexFault | undefined {
  const ascii = /^[\x00-\x7f]*$/.test(pattern)
  const bytes = ascii ? pattern : Buffer.from(pattern, 'utf8').toString('latin1')
  try {
    new PatternReader(bytes, (flags & REGEX_EXTENDED) !== 0).read()
    return undefined
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    const offset = ascii ? error.offset : Buffer.from(bytes.slice(0, error.offset), 'latin1').toString('utf8').length
    return { message: error.message, offset: Math.min(offset, pattern.length) }
  }
}

/** Reads a pattern once, left to right. */
class PatternReader {
  private at = 0
  private readonly groups: Group[] = []
  private captures = 0
  private readonly names = new Map<string, Set<number>>()
  private readonly numberNames = new Map<number, string>()
  private readonly bodies = new Map<number, Group>()
  private readonly references: { group: number | string; at: number }[] = []
  private readonly behinds: { group: Group; at: number }[] = []
  private flags: Flags
  private repeatable = false
  private expectCondition = false
  private readonly text: string

  constructor(text: string, extended: boolean) {
    this.text = text
    this.flags = { extended, extendedMore: false, noCapture: false }
  }

  read(): void {
    for (let option = START_OPTIONS.exec(this.text); option; option = START_OPTIONS.exec(this.text.slice(this.at)))
      this.at += option[0].length
    this.open('root', {})
    while (this.at < this.text.length) this.readItem()
    if (this.groups.length > 1) this.fail('missing closing parenthesis')
    for (const { group, at } of this.references) {
      const known = typeof group === 'number' ? group <= this.captures : this.names.has(group)
      if (!known) this.fail('reference to non-existent subpattern', at)
    }
    for (const { group, at } of this.behinds) {
      for (const branch of group.branches) {
        const length = this.branchLength(branch, new Set())
        if (length === undefined) this.fail('lookbehind assertion is not fixed length', at)
        if (length > LOOKBEHIND_LIMIT) this.fail('lookbehind assertion is too long', at)
      }
    }
  }

  private fail(message: string, at = this.at): never {
    throw new PatternError(message, at)
  }

  private get branch(): Item[] {
    return (this.groups.at(-1) as Group).branches.at(-1) as Item[]
  }

  private add(item: Item, repeatable = true) {
    this.branch.push(item)
    this.repeatable = repeatable
  }

  private readItem() {
    const { text } = this
    const char = text[this.at] as string
    if (this.flags.extended) {
      if (/[\t\n\v\f\r \x85]/.test(char)) {
        this.at++
        return
      }
      if (char === '#') {
        const feed = text.indexOf('\n', this.at)
        this.at = feed < 0 ? text.length : feed + 1
        return
      }
    }
    if (text.startsWith('(?#', this.at)) {
      const close = text.indexOf(')', this.at)
      if (close < 0) this.fail('missing ) after (?# comment', text.length)
      this.at = close + 1
      return
    }
    if (this.expectCondition) {
      this.expectCondition = false
      if (
        !/^\((?:\?(?:[=!*]|<[=!*]|C)|\*(?:non_atomic_)?(?:positive|negative)_look(?:ahead|behind):|\*(?:p|n|nap)l[ab]:)/.test(
          text.slice(this.at, this.at + 40),
        )
      )
        this.fail('assertion expected after (?( or (?(?C)', this.at)
      if (text.startsWith('(?C', this.at)) this.expectCondition = true
    }
    const count = char === '{' ? this.counted() : undefined
    if (char === '*' || char === '+' || char === '?' || count) {
      this.quantify(count)
      return
    }
    switch (char) {
      case '\\':
        return this.readEscape()
      case '[':
        return this.readClass()
      case '(':
        return this.readGroup()
      case ')':
        return this.closeGroup()
      case '|': {
        this.at++
        const group = this.groups.at(-1) as Group
        group.branches.push([])
        if (group.kind === 'reset') {
          group.resetMost = Math.max(group.resetMost ?? 0, this.captures)
          this.captures = group.resetFrom ?? 0
        }
        this.repeatable = false
        return
      }
      case '^':
      case '$':
        this.at++
        return this.add(NONE, false)
      default:
        this.at++
        this.add(ONE)
    }
  }

  /** `{n}`, `{n,}` or `{n,m}` at the cursor, which is left where it is. */
  private counted(): { min: number; max: number; length: number } | undefined {
    const found =
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at, this.at + 40)) ??
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at))
    if (!found) return undefined
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3])
    const place = this.at + found[0].length
    if (min > REPEAT_LIMIT || (max !== Infinity && max > REPEAT_LIMIT))
      this.fail('number too big in {} quantifier', place)
    if (max < min) this.fail('numbers out of order in {} quantifier', place)
    return { min, max, length: found[0].length }
  }

  private quantify(count: { min: number; max: number; length: number } | undefined) {
    const place = this.at
    this.at += count ? count.length : 1
    while (this.text.startsWith('\\E', this.at)) this.at += 2
    const next = this.text[this.at]
    if (next === '+' || next === '?') this.at++
    if (!this.repeatable) this.fail('quantifier does not follow a repeatable item', place + 1)
    const item = this.branch.pop() ?? NONE
    const fixed = count && count.min === count.max
    const repeated: Item = item.kind === 'none' ? NONE : fixed ? { kind: 'repeat', item, times: count.min } : VARIABLE
    this.branch.push(repeated)
    this.repeatable = false
  }

  private readEscape() {
    const { text } = this
    const start = this.at
    this.at++
    if (this.at >= text.length) this.fail('\\ at end of pattern')
    const char = text[this.at] as string
    if (char === 'Q') {
      this.at++
      const close = text.indexOf('\\E', this.at)
      const end = close < 0 ? text.length : close
      for (let i = this.at; i < end; i++) this.add(ONE)
      this.at = close < 0 ? text.length : close + 2
      return
    }
    if (char === 'E') {
      this.at++
      return
    }
    this.at++
    if (/[bBAZzG]/.test(char)) return this.add(NONE, false)
    if (char === 'K') {
      if (this.groups.some((group) => group.kind === 'look')) this.fail('\\K is not allowed in lookarounds')
      return this.add(NONE, false)
    }
    if (char === 'R' || char === 'X') return this.add(VARIABLE)
    if (/[dDsSwWhHvVC]/.test(char)) return this.add(ONE)
    if (char === 'N') {
      if (text[this.at] === '{' && !this.counted()) {
        if (/^\{U\+/.test(text.slice(this.at))) this.fail('\\N{U+dddd} is supported only in Unicode (UTF) mode')
        this.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u')
      }
      return this.add(ONE)
    }
    if (char === 'p' || char === 'P') {
      this.readProperty()
      return this.add(ONE)
    }
    if (char === 'g') return this.readG(start)
    if (char === 'k') {
      const open = text[this.at]
      const close = open === '{' ? '}' : open === '<' ? '>' : open === "'" ? "'" : undefined
      if (!close) this.fail('\\k is not followed by a braced, angle-bracketed, or quoted name')
      this.at++
      const name = this.readName(close)
      this.references.push({ group: name, at: this.at })
      return this.add({ kind: 'reference', group: name, open: this.openCaptures() })
    }
    if (/[1-9]/.test(char)) {
      const digits = (/^\d+/.exec(text.slice(start + 1)) as RegExpExecArray)[0]
      const number = Number(digits)
      // Beyond the groups there are, two or more digits may be octal.
      if (number < 10 || Number(char) >= 8 || number <= this.captures) {
        if (number > REPEAT_LIMIT) this.fail('number is too big', start + 1 + digits.length)
        this.at = start + 1 + digits.length
        this.references.push({ group: number, at: this.at })
        return this.add({ kind: 'reference', group: number, open: this.openCaptures() })
      }
      const octal = (/^[0-7]{1,3}/.exec(text.slice(start + 1)) as RegExpExecArray)[0]
      this.at = start + 1 + octal.length
      if (Number.parseInt(octal, 8) > 255) this.fail('octal value is greater than \\377 in 8-bit non-UTF-8 mode')
      return this.add(ONE)
    }
    this.at = start
    this.readCharacterEscape()
    this.add(ONE)
  }

  /** An escape that stands for one character, in a class or outside; returns its value. */
  private readCharacterEscape(): number {
    const { text } = this
    const char = text[this.at + 1] as string
    this.at += 2
    switch (char) {
      case '0': {
        const octal = /^[0-7]{0,2}/.exec(text.slice(this.at)) as RegExpExecArray
        this.at += octal[0].length
        return Number.parseInt(`0${octal[0]}`, 8)
      }
      case 'o': {
        if (text[this.at] !== '{') this.fail('missing opening brace after \\o')
        const close = text.indexOf('}', this.at)
        const digits = /^\{([0-7]*)/.exec(text.slice(this.at)) as RegExpExecArray
        if (digits[1] === '') this.fail('digits missing in \\x{} or \\o{} or \\N{U+}', this.at + 1)
        const value = Number.parseInt(digits[1] as string, 8)
        if (value > 255) this.fail('character code point value in \\x{} or \\o{} is too large')
        if (close !== this.at + digits[0].length) this.fail('non-octal character in \\o{} (closing brace missing?)')
        this.at = close + 1
        return value
      }
      case 'x': {
        if (text[this.at] === '{') {
          const digits = (/^\{([0-9A-Fa-f]*)/.exec(text.slice(this.at)) as RegExpExecArray)[1] as string
          if (digits === '')
            this.fail(
              text[this.at + 1] === '}'
                ? 'digits missing in \\x{} or \\o{} or \\N{U+}'
                : 'non-hex character in \\x{} (closing brace missing?)',
              this.at + 1,
            )
          const value = Number.parseInt(digits, 16)
          if (value > 255) this.fail('character code point value in \\x{} or \\o{} is too large')
          if (text[this.at + 1 + digits.length] !== '}')
            this.fail('non-hex character in \\x{} (closing brace missing?)')
          this.at += digits.length + 2
          return value
        }
        const hex = /^[0-9A-Fa-f]{0,2}/.exec(text.slice(this.at)) as RegExpExecArray
        this.at += hex[0].length
        return Number.parseInt(`0${hex[0]}`, 16)
      }
      case 'c': {
        const control = text.charCodeAt(this.at)
        if (Number.isNaN(control)) this.fail('\\c at end of pattern')
        if (control < 32 || control > 126) this.fail('\\c must be followed by a printable ASCII character')
        this.at++
        return String.fromCharCode(control).toUpperCase().charCodeAt(0) ^ 64
      }
      case 'a':
        return 7
      case 'e':
        return 27
      case 'f':
        return 12
      case 'n':
        return 10
      case 'r':
        return 13
      case 't':
        return 9
    }
    if (/[FLlUu]/.test(char)) this.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u')
    if (/[A-Za-z0-9]/.test(char) && char !== 'g') this.fail('unrecognized character follows \\')
    return char.charCodeAt(0)
  }

  private readProperty() {
    const { text } = this
    const next = text[this.at]
    if (next === undefined) this.fail('malformed \\P or \\p sequence')
    if (next !== '{') {
      this.at++
      if (!/[CLMNPSZ]/i.test(next))
        this.fail(/[A-Za-z]/.test(next) ? 'unknown property after \\P or \\p' : 'malformed \\P or \\p sequence')
      return
    }
    const close = text.indexOf('}', this.at)
    if (close < 0) this.fail('malformed \\P or \\p sequence', text.length)
    const name = text.slice(this.at + 1, close)
    if (!UNICODE_PROPERTY.test(name)) this.fail('malformed \\P or \\p sequence')
    if (!knownProperty(name)) this.fail('unknown property after \\P or \\p', close + 1)
    this.at = close + 1
  }

  private readG(start: number) {
    const rest = this.text.slice(this.at)
    const open = rest[0]
    if (open === '<' || open === "'") {
      const close = open === '<' ? '>' : "'"
      const number = /^.([+-]?)(\d+)/.exec(rest)
      if (number) {
        this.at += number[0].length
        if (this.text[this.at] !== close)
          this.fail('\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number')
        this.at++
        const group = this.relative(number[1] as string, Number(number[2]))
        this.references.push({ group, at: this.at })
        return this.add({ kind: 'reference', group, open: this.openCaptures() })
      }
      this.at++
      const name = this.readName(close)
      this.references.push({ group: name, at: this.at })
      return this.add({ kind: 'reference', group: name, open: this.openCaptures() })
    }
    const number = /^(\{?)([+-]?)(\d+)/.exec(rest)
    if (number) {
      this.at += number[0].length
      if (number[1]) {
        if (this.text[this.at] !== '}')
          this.fail('\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number')
        this.at++
      }
      if (number[2] === '' && Number(number[3]) === 0) this.fail('a numbered reference must not be zero')
      const group = this.relative(number[2] as string, Number(number[3]))
      this.references.push({ group, at: this.at })
      return this.add({ kind: 'reference', group, open: this.openCaptures() })
    }
    if (open !== '{')
      this.fail(
        '\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number',
        start + 2,
      )
    this.at++
    const name = this.readName('}')
    this.references.push({ group: name, at: this.at })
    this.add({ kind: 'reference', group: name, open: this.openCaptures() })
  }

  private relative(sign: string, number: number): number {
    if (sign !== '' && number === 0) this.fail('(?+ or (?- or (?(+ or (?(- must be followed by a non-zero digit')
    if (number > REPEAT_LIMIT) this.fail('number is too big')
    if (sign === '-') {
      if (number > this.captures) this.fail('reference to non-existent subpattern')
      return this.captures - number + 1
    }
    return sign === '+' ? this.captures + number : number
  }

  private readName(close: string): string {
    const start = this.at
    const first = this.text[start]
    if (first === undefined || first === close) this.fail('subpattern name expected')
    if (/[0-9]/.test(first)) this.fail('subpattern name must start with a non-digit', start)
    const name = (/^[A-Za-z0-9_]*/.exec(this.text.slice(start)) as RegExpExecArray)[0]
    if (name.length > NAME_LIMIT) this.fail('subpattern name is too long (maximum 32 code units)', start + NAME_LIMIT)
    if (name === '') this.fail('subpattern name expected', start)
    this.at = start + name.length
    if (this.text[this.at] !== close) this.fail('syntax error in subpattern name (missing terminator?)')
    this.at++
    return name
  }

  private readClass() {
    const { text } = this
    const start = this.at
    const posix = /^\[([:.=])/.exec(text.slice(start))
    if (posix && this.posixEnd(start) !== undefined)
      this.fail(
        posix[1] === ':'
          ? 'POSIX named classes are supported only within a class'
          : 'POSIX collating elements are not supported',
      )
    if (/^\[\[:[<>]:\]\]/.test(text.slice(start))) {
      this.at += 7
      return this.add(NONE)
    }
    this.at++
    if (text[this.at] === '^') this.at++
    let first = true
    let previous: number | 'class' | undefined
    let range: number | undefined
    const literal = (value: number) => {
      if (range !== undefined) {
        if (value < range) this.fail('range out of order in character class', this.at - 1)
        range = undefined
        previous = undefined
      } else previous = value
    }
    let quoted = false
    for (;;) {
      if (this.at >= text.length) this.fail('missing terminating ] for character class', text.length)
      const char = text[this.at] as string
      if (quoted) {
        if (text.startsWith('\\E', this.at)) {
          quoted = false
          this.at += 2
        } else {
          this.at++
          literal(char.charCodeAt(0))
          first = false
        }
        continue
      }
      if (text.startsWith('\\Q', this.at)) {
        quoted = true
        this.at += 2
        continue
      }
      if (text.startsWith('\\E', this.at)) {
        this.at += 2
        continue
      }
      if (this.flags.extendedMore && (char === ' ' || char === '\t')) {
        this.at++
        continue
      }
      if (char === ']' && !first) break
      first = false
      if (char === '[' && /[:.=]/.test(text[this.at + 1] ?? '')) {
        const end = this.posixEnd(this.at)
        if (end !== undefined) {
          if (range !== undefined) this.fail('invalid range in character class', this.at)
          if (text[this.at + 1] !== ':') this.fail('POSIX collating elements are not supported', this.at)
          const name = text.slice(this.at + 2, end).replace(/^\^/, '')
          if (!POSIX.includes(name)) this.fail('unknown POSIX class name', this.at)
          this.at = end + 2
          if (text[this.at] === '-' && this.at + 1 < text.length && text[this.at + 1] !== ']')
            this.fail('invalid range in character class', this.at)
          previous = 'class'
          continue
        }
      }
      if (char === '-' && range === undefined && typeof previous === 'number') {
        const next = this.skipEmptyQuotes(this.at + 1)
        if (text[next] !== ']' && next < text.length) {
          this.at++
          range = previous
          previous = undefined
          continue
        }
      }
      if (char !== '\\') {
        this.at++
        literal(char.charCodeAt(0))
        continue
      }
      const kind = this.readClassEscape()
      if (typeof kind === 'number') literal(kind)
      else {
        if (range !== undefined) this.fail('invalid range in character class', this.at - 1)
        if (text[this.at] === '-' && this.at + 1 < text.length && text[this.at + 1] !== ']')
          this.fail('invalid range in character class', this.at)
        previous = 'class'
      }
    }
    this.at++
    this.add(ONE)
  }

  private skipEmptyQuotes(from: number): number {
    let at = from
    while (this.text.startsWith('\\E', at) || this.text.startsWith('\\Q\\E', at))
      at += this.text.startsWith('\\E', at) ? 2 : 4
    return at
  }

  private readClassEscape(): number | 'class' {
    const { text } = this
    const char = text[this.at + 1]
    if (char === undefined) this.fail('\\ at end of pattern', text.length)
    if (/[dDsSwWhHvV]/.test(char)) {
      this.at += 2
      return 'class'
    }
    if (char === 'p' || char === 'P') {
      this.at += 2
      this.readProperty()
      return 'class'
    }
    if (char === 'b') {
      this.at += 2
      return 8
    }
    if (/[BRX]/.test(char)) this.fail('escape sequence is invalid in character class', this.at + 2)
    if (char === 'N')
      this.fail(
        text[this.at + 2] === '{' && !/^\{\d/.test(text.slice(this.at + 2))
          ? 'PCRE2 does not support \\N{name}'
          : '\\N is not supported in a class',
        this.at + 2,
      )
    if (/[AGKZzCk]/.test(char)) {
      // These are known outside of classes only.
      this.at += 2
      this.fail('escape sequence is invalid in character class')
    }
    if (/[1-9]/.test(char)) {
      if (char >= '8') {
        this.at += 2
        return char.charCodeAt(0)
      }
      const octal = (/^[0-7]{1,3}/.exec(text.slice(this.at + 1)) as RegExpExecArray)[0]
      this.at += 1 + octal.length
      const value = Number.parseInt(octal, 8)
      if (value > 255) this.fail('octal value is greater than \\377 in 8-bit non-UTF-8 mode')
      return value
    }
    return this.readCharacterEscape()
  }

  /** Where `[:name:]` and its kin end, for what stands at `start`; the offset of the closing pair. */
  private posixEnd(start: number): number | undefined {
    const { text } = this
    const mark = text[start + 1] as string
    for (let at = start + 2; at + 1 < text.length; at++) {
      const char = text[at]
      if (char === '\\' && (text[at + 1] === ']' || text[at + 1] === '\\')) at++
      else if ((char === '[' && text[at + 1] === mark) || char === ']') return undefined
      else if (char === mark && text[at + 1] === ']') return at
    }
    return undefined
  }

  private open(kind: Group['kind'], more: { number?: number; behind?: number; resetFrom?: number }) {
    if (this.groups.length > NEST_LIMIT) this.fail('parentheses are too deeply nested')
    const group: Group = { branches: [[]], kind, flags: this.flags, start: this.at, ...more }
    this.groups.push(group)
    if (more.number !== undefined) this.bodies.set(more.number, this.bodies.get(more.number) ?? group)
    this.repeatable = false
  }

  private openCapture(name?: string) {
    this.captures++
    const number = this.captures
    if (name !== undefined) {
      const taken = this.numberNames.get(number)
      if (taken !== undefined && taken !== name)
        this.fail('different names for subpatterns of the same number are not allowed')
      this.numberNames.set(number, name)
      const numbers = this.names.get(name) ?? new Set()
      numbers.add(number)
      this.names.set(name, numbers)
    }
    this.open('capture', { number })
  }

  /** The capturing groups around the cursor. */
  private openCaptures(): readonly number[] {
    return this.groups.flatMap((group) => (group.number === undefined ? [] : [group.number]))
  }

  private closeGroup() {
    if (this.groups.length === 1) this.fail('unmatched closing parenthesis')
    const group = this.groups.pop() as Group
    this.at++
    this.flags = group.flags
    if (group.kind === 'condition' && group.branches.length > 2)
      this.fail('conditional subpattern contains more than two branches')
    if (group.kind === 'define' && group.branches.length > 1)
      this.fail('DEFINE subpattern contains more than one branch')
    if (group.kind === 'reset') this.captures = Math.max(this.captures, group.resetMost ?? 0)
    if (group.behind !== undefined) this.behinds.push({ group, at: group.behind })
    const item: Item =
      group.kind === 'look'
        ? group.behind === undefined
          ? NONE
          : BEHIND
        : group.kind === 'define'
          ? NONE
          : {
              kind: 'group',
              branches:
                group.kind === 'condition' && group.branches.length === 1 ? [...group.branches, []] : group.branches,
            }
    this.add(item)
  }

  private readGroup() {
    const { text } = this
    const rest = text.slice(this.at, this.at + 80)
    if (rest.startsWith('(*')) {
      const assertion = /^\(\*([a-z_]*)(:?)/.exec(rest)
      if (assertion && assertion[1] !== '') {
        this.at += assertion[0].length
        const kind = LOOKAROUNDS.get(assertion[1] as string)
        if (assertion[2] === '') this.fail('(*alpha_assertion) not recognized')
        if (!kind) this.fail('(*alpha_assertion) not recognized')
        return kind === 'behind'
          ? this.open('look', { behind: this.at })
          : this.open(kind === 'ahead' ? 'look' : 'plain', {})
      }
      return this.readVerb()
    }
    if (!rest.startsWith('(?')) {
      this.at++
      return this.flags.noCapture ? this.open('plain', {}) : this.openCapture()
    }
    if (text[this.at + 2] === undefined) this.fail('unrecognized character after (? or (?-', text.length)
    const simple = /^\(\?(?:(:)|(>)|(\|)|([=!*])|(<[=!*])|(R\)|&|P>)|(P=))/.exec(rest)
    if (simple) {
      this.at += simple[0].length
      if (simple[3]) return this.open('reset', { resetFrom: this.captures })
      if (simple[4]) {
        if (simple[4] === '!' && text[this.at] === ')') {
          this.at++
          return this.add({ kind: 'end' })
        }
        return this.open('look', {})
      }
      if (simple[5]) return this.open('look', { behind: this.at })
      if (simple[6] === 'R)') return this.add({ kind: 'reference', group: 0, open: this.openCaptures() })
      if (simple[6]) {
        const name = this.readName(')')
        this.references.push({ group: name, at: this.at })
        return this.add({ kind: 'reference', group: name, open: this.openCaptures() })
      }
      if (simple[7]) {
        const name = this.readName(')')
        this.references.push({ group: name, at: this.at })
        return this.add({ kind: 'reference', group: name, open: this.openCaptures() })
      }
      return this.open('plain', {})
    }
    const named = /^\(\?P?([<'])/.exec(rest)
    if (named && !(named[0] === "(?P'")) {
      this.at += named[0].length
      const name = this.readName(named[1] === '<' ? '>' : "'")
      return this.openCapture(name)
    }
    if (rest.startsWith('(?P')) this.fail('unrecognized character after (?P', this.at + 3)
    if (rest.startsWith('(?R'))
      this.fail('(?R (recursive pattern call) must be followed by a closing parenthesis', this.at + 3)
    const call = /^\(\?([+-]?)(\d+)/.exec(rest)
    if (call) {
      this.at += call[0].length
      if (Number(call[2]) > REPEAT_LIMIT) this.fail('number is too big')
      const group = call[1] === '' ? Number(call[2]) : this.relative(call[1] as string, Number(call[2]))
      if (text[this.at] !== ')') this.fail('(?R (recursive pattern call) must be followed by a closing parenthesis')
      this.at++
      this.references.push({ group, at: this.at })
      return this.add({ kind: 'reference', group, open: this.openCaptures() })
    }
    if (rest.startsWith('(?+')) this.fail('digit expected after (?+ or (?-', this.at + 3)
    if (rest.startsWith('(?C')) return this.readCallout()
    if (rest.startsWith('(?(')) return this.readCondition()
    this.readOptions()
  }

  private readOptions() {
    const { text } = this
    let at = this.at + 2
    let { extended, extendedMore, noCapture } = this.flags
    let on = true
    let hyphen = false
    let caret = false
    if (text[at] === '^') {
      caret = true
      extended = false
      extendedMore = false
      noCapture = false
      at++
    }
    for (; at < text.length && text[at] !== ')' && text[at] !== ':'; at++) {
      switch (text[at]) {
        case '-':
          if (hyphen) this.fail('invalid hyphen in option setting', at + 1)
          if (caret) this.fail('invalid hyphen in option setting', at + 1)
          hyphen = true
          on = false
          break
        case 'J':
        case 'U':
        case 'i':
        case 'm':
        case 's':
          break
        case 'n':
          noCapture = on
          break
        case 'x':
          extended = on
          extendedMore = false
          if (text[at + 1] === 'x') {
            extendedMore = on
            at++
          }
          break
        default:
          this.fail('unrecognized character after (? or (?-', at + 1)
      }
    }
    if (at >= text.length) this.fail('missing closing parenthesis', text.length)
    const flags = { extended, extendedMore, noCapture }
    if (text[at] === ':') {
      this.at = at + 1
      this.open('plain', {})
      this.flags = flags
      return
    }
    this.at = at + 1
    this.flags = flags
    this.repeatable = false
  }

  private readCallout() {
    const { text } = this
    this.at += 3
    const number = /^\d*/.exec(text.slice(this.at)) as RegExpExecArray
    const open = text[this.at]
    if (number[0] === '' && open !== ')') {
      const close = open === '{' ? '}' : '`\'"^%#$'.includes(open ?? ' ') ? open : undefined
      if (!close) this.fail('missing terminating delimiter for callout with string argument')
      let at = this.at + 1
      for (;;) {
        const end = text.indexOf(close as string, at)
        if (end < 0) this.fail('missing terminating delimiter for callout with string argument', text.length)
        if (text[end + 1] === close) at = end + 2
        else {
          this.at = end + 1
          break
        }
      }
    } else {
      this.at += number[0].length
      if (Number(number[0]) > 255) this.fail('number after (?C is greater than 255')
    }
    if (text[this.at] !== ')') this.fail('closing parenthesis for (?C expected')
    this.at++
    this.repeatable = false
  }

  private readCondition() {
    const { text } = this
    const rest = text.slice(this.at + 2, this.at + 120)
    this.at += 2
    if (/^\((?:\?|\*)/.test(rest)) {
      this.open('condition', {})
      this.expectCondition = true
      return
    }
    this.at++
    const number = /^([+-]?)(\d+)/.exec(rest.slice(1))
    if (number) {
      this.at += number[0].length
      if (number[1] === '' && Number(number[2]) === 0) this.fail('reference to non-existent subpattern')
      const group = number[1] === '' ? Number(number[2]) : this.relative(number[1] as string, Number(number[2]))
      this.references.push({ group, at: this.at })
      if (text[this.at] !== ')') this.fail('missing closing parenthesis for condition')
      this.at++
      return this.open('condition', {})
    }
    if (/^VERSION>?=/.test(rest.slice(1))) {
      const version = /^VERSION>?=\d+(?:\.\d{1,2})?\)/.exec(rest.slice(1))
      if (!version) this.fail('syntax error or number too big in (?(VERSION condition')
      this.at += version[0].length
      return this.open('condition', {})
    }
    const recursion = /^R(?:(\d+)\)|\)|&)/.exec(rest.slice(1))
    if (recursion) {
      this.at += recursion[0].length
      if (recursion[0] === 'R&') {
        const name = this.readName(')')
        this.references.push({ group: name, at: this.at })
      } else if (recursion[1]) this.references.push({ group: Number(recursion[1]), at: this.at })
      return this.open('condition', {})
    }
    if (/^DEFINE\)/.test(rest.slice(1)) && !this.names.has('DEFINE')) {
      this.at += 7
      return this.open('define', {})
    }
    const open = rest[1]
    const close = open === '<' ? '>' : open === "'" ? "'" : ')'
    if (close !== ')') this.at++
    const name = this.readName(close)
    if (close !== ')') {
      if (text[this.at] !== ')') this.fail('missing closing parenthesis for condition')
      this.at++
    }
    this.references.push({ group: name, at: this.at })
    this.open('condition', {})
  }

  private readVerb() {
    const { text } = this
    const verb = /^\(\*([A-Z]*)/.exec(text.slice(this.at, this.at + 40)) as RegExpExecArray
    const name = verb[1] as string
    this.at += verb[0].length
    const next = text[this.at]
    if (next !== ')' && next !== ':') this.fail('(*VERB) not recognized or malformed')
    if (!VERBS.includes(name)) this.fail('(*VERB) not recognized or malformed')
    if ((name === 'MARK' || name === '') && (next !== ':' || text[this.at + 1] === ')'))
      this.fail('(*MARK) must have an argument')
    if (next === ':') {
      const close = text.indexOf(')', this.at)
      if (close < 0) this.fail('missing closing parenthesis', text.length)
      if (close - this.at - 1 > 255) this.fail('name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)')
      this.at = close
    }
    this.at++
    this.add(name === 'ACCEPT' || name === 'F' || name === 'FAIL' ? { kind: 'end' } : NONE, name === 'ACCEPT')
  }

  /** The number of bytes that a branch always matches; undefined where that varies. */
  private branchLength(branch: readonly Item[], seen: Set<number>): number | undefined {
    let sum = 0
    for (const item of branch) {
      if (item.kind === 'end') return sum
      const length = this.itemLength(item, seen)
      if (length === undefined) return undefined
      sum += length
    }
    return sum
  }

  private itemLength(item: Item, seen: Set<number>): number | undefined {
    switch (item.kind) {
      case 'one':
        return 1
      case 'none':
      case 'behind':
      case 'end':
        return 0
      case 'variable':
        return undefined
      case 'repeat': {
        const length = this.itemLength(item.item, seen)
        return length === undefined ? undefined : length * item.times
      }
      case 'group':
        return this.commonLength(item.branches, seen)
      case 'reference': {
        const numbers =
          typeof item.group === 'number' ? new Set([item.group]) : (this.names.get(item.group) ?? new Set())
        const [number] = numbers
        // A group that refers to itself has no length.
        if (numbers.size !== 1 || !number || seen.has(number) || item.open.includes(number)) return undefined
        const body = this.bodies.get(number)
        return body ? this.commonLength(body.branches, new Set([...seen, number])) : undefined
      }
    }
  }

  private commonLength(branches: readonly (readonly Item[])[], seen: Set<number>): number | undefined {
    let common: number | undefined
    for (const branch of branches) {
      const length = this.branchLength(branch, seen)
      if (length === undefined || (common !== undefined && common !== length)) return undefined
      common = length
    }
    return common
  }
}

/** General categories, the special ones, and what JavaScript knows of scripts and binary properties. */
function knownProperty(given: string): boolean {
  const name = given.replace(/^\^/, '').replace(/[ _-]/g, '').toLowerCase()
  if (/^(?:any|l&|lc|c[cfnos]?|l[lmotu]?|m[cen]?|n[dlo]?|p[cdefios]?|s[ckmo]?|z[lps]?|xan|xps|xsp|xuc|xwd)$/.test(name))
    return true
  const plain = given.replace(/^\^/, '').trim()
  const value = plain.replace(/^(?:sc|script|scx|scriptextensions|script_extensions)\s*[:=]\s*/i, '')
  for (const candidate of [
    `Script=${titleCase(value)}`,
    titleCase(plain),
    `Script_Extensions=${titleCase(value)}`,
    plain,
  ]) {
    try {
      new RegExp(`\\p{${candidate}}`, 'u')
      return true
    } catch {
      // not a property under this name
    }
  }
  return false
}

function titleCase(name: string): string {
  return name
    .split(/[ _-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('_')
}
