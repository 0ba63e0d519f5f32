/**
 * What keeps Ruby from compiling a regular expression, in Ruby's wording without the pattern
 * (`unmatched close parenthesis`); undefined where nothing is found. Brackets, groups, ranges and quantifiers are
 * looked at; a fault of any other kind is left to whoever compiles the pattern.
 */
export function regexpFault(pattern: string): string | undefined {
  try {
    const reader = new Reader(pattern)
    reader.alternatives(0)
    const unknown = reader.references.find((name) => !reader.names.has(name))
    return unknown === undefined ? undefined : `undefined name <${unknown}> reference`
  } catch (fault) {
    if (fault instanceof RegexpFault) return fault.reason
    throw fault
  }
}

/** Groups within groups. */
const deepest = 1000

class RegexpFault {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

const posixNames: ReadonlySet<string> = new Set([
  'alnum',
  'alpha',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'lower',
  'print',
  'punct',
  'space',
  'upper',
  'xdigit',
  'ascii',
  'word',
])

type Member = number | 'set' | 'unknown'

/** Escapes that stand for a set of characters, which no range can have as an end. */
const setEscapes = 'wWsSdDhHRXpP'

class Reader {
  /** The names of groups, and the names that `\k<…>` refers to. */
  readonly names = new Set<string>()
  readonly references: string[] = []
  private readonly pattern: string
  private position = 0
  /** Whether `(?x)` holds: blanks and comments do not count. */
  private extended = false

  constructor(pattern: string) {
    this.pattern = pattern
  }

  /** Branches up to the end, or to the parenthesis that closes a group. */
  alternatives(depth: number): void {
    const { pattern } = this
    if (depth > deepest) throw new RegexpFault('parse depth limit over')
    const outer = this.extended
    let target = false
    while (this.position < pattern.length) {
      const character = pattern[this.position] as string
      switch (character) {
        case ')':
          if (depth === 0) throw new RegexpFault('unmatched close parenthesis')
          this.position++
          this.extended = outer
          return
        case '(':
          target = this.group(depth, target)
          break
        case '[':
          this.position++
          this.characterClass(0)
          target = true
          break
        case '|':
          this.position++
          target = false
          break
        case '*':
        case '+':
        case '?':
          if (!target) throw new RegexpFault('target of repeat operator is not specified')
          this.position++
          break
        case '{': {
          const interval = /^\{(?:\d+,?\d*|,\d+)\}/.exec(pattern.slice(this.position, this.position + 20))
          if (interval && !target) throw new RegexpFault('target of repeat operator is not specified')
          this.position += interval ? interval[0].length : 1
          target = true
          break
        }
        case '\\':
          this.escape()
          target = true
          break
        case '#':
          if (this.extended) this.skipComment()
          else {
            this.position++
            target = true
          }
          break
        default:
          this.position++
          if (!this.extended || !/\s/.test(character)) target = true
      }
    }
    if (depth > 0) throw new RegexpFault('end pattern with unmatched parenthesis')
  }

  /** From `(` to the matching `)`; false where a quantifier after it has no target. */
  private group(depth: number, target: boolean): boolean {
    const { pattern } = this
    this.position++
    if (pattern[this.position] !== '?') {
      this.alternatives(depth + 1)
      return true
    }
    const next = pattern[this.position + 1]
    if (next === undefined) throw new RegexpFault('end pattern in group')
    if (next === '#') {
      for (this.position += 2; pattern[this.position] !== ')'; this.position++) {
        if (this.position >= pattern.length) throw new RegexpFault('end pattern in group')
        if (pattern[this.position] === '\\') this.position++
      }
      this.position++
      return target
    }
    const options = /^\?([imxadu]*)(?:-([imx]*))?([:)])/.exec(pattern.slice(this.position, this.position + 20))
    if (options) {
      this.position += options[0].length
      const outer = this.extended
      if ((options[1] as string).includes('x')) this.extended = true
      if (options[2]?.includes('x')) this.extended = false
      if (options[3] === ')') return false
      this.alternatives(depth + 1)
      this.extended = outer
      return true
    }
    const opening = /^\?(?:[=!>~]|<[=!]|<[^>()]+>|'[^'()]+'|\([^()]+\))/.exec(pattern.slice(this.position))
    if (!opening) {
      if (/[<'(]/.test(next)) throw new RegexpFault('end pattern in group')
      throw new RegexpFault('undefined group option')
    }
    const name = /^\?[<']([^=!<>'][^<>']*)/.exec(opening[0])
    if (name) this.names.add(name[1] as string)
    this.position += opening[0].length
    this.alternatives(depth + 1)
    return true
  }

  private escape(): void {
    if (this.position + 1 >= this.pattern.length) throw new RegexpFault('too short escape sequence')
    const reference = /^k<([A-Za-z_]\w*)>/.exec(this.pattern.slice(this.position + 1, this.position + 100))
    if (reference) this.references.push(reference[1] as string)
    this.position += 2
  }

  private skipComment(): void {
    const end = this.pattern.indexOf('\n', this.position)
    this.position = end < 0 ? this.pattern.length : end + 1
  }

  /** From after `[` to after the `]` that closes it. */
  private characterClass(depth: number): void {
    const { pattern } = this
    if (depth > deepest) throw new RegexpFault('parse depth limit over')
    if (pattern[this.position] === '^') this.position++
    let first = true
    /** The character that may start a range; undefined after a set or a range. */
    let low: number | 'unknown' | undefined
    let empty = true
    for (;;) {
      const character = pattern[this.position]
      if (character === undefined) throw new RegexpFault('premature end of char-class')
      if (character === ']') {
        this.position++
        if (!empty) return
        // A bracket right at the start is a member if another one follows.
        if (first && pattern.includes(']', this.position)) {
          low = 93
          empty = false
          first = false
          continue
        }
        throw new RegexpFault('empty char-class')
      }
      first = false
      empty = false
      if (character === '[') {
        const posix = /^\[:\^?([^:\]]*):\]/.exec(pattern.slice(this.position, this.position + 30))
        if (posix) {
          if (!posixNames.has(posix[1] as string)) throw new RegexpFault('invalid POSIX bracket type')
          this.position += posix[0].length
        } else {
          this.position++
          this.characterClass(depth + 1)
        }
        low = undefined
      } else if (character === '&' && pattern[this.position + 1] === '&') {
        this.position += 2
        low = undefined
        empty = false
      } else if (character === '-' && low !== undefined && this.rangeFollows()) {
        this.position++
        const high = this.member()
        if (high === 'set') throw new RegexpFault('char-class value at end of range')
        if (high !== 'unknown' && low !== 'unknown' && high < low) throw new RegexpFault('empty range in char class')
        low = undefined
      } else {
        const member = this.member()
        low = member === 'set' ? undefined : member
      }
    }
  }

  /** Whether what follows the `-` can end a range. */
  private rangeFollows(): boolean {
    const next = this.pattern[this.position + 1] ?? ']'
    return next !== ']' && next !== '[' && !this.pattern.startsWith('&&', this.position + 1)
  }

  /** Reads one member of a character class: its code, if that is plain to see. */
  private member(): Member {
    const { pattern } = this
    const code = pattern.codePointAt(this.position) as number
    this.position += code > 0xffff ? 2 : 1
    if (code !== 92) return code
    const next = pattern.codePointAt(this.position)
    if (next === undefined) throw new RegexpFault('premature end of char-class')
    this.position += next > 0xffff ? 2 : 1
    const character = String.fromCodePoint(next)
    if (setEscapes.includes(character)) return 'set'
    // Control, octal, hexadecimal and meta escapes have lengths of their own: no range of theirs is judged.
    return /[\w]/.test(character) ? 'unknown' : next
  }
}
