/** One token of an expression; `error` tokens carry httpd's complaint. */
export interface Token {
  readonly kind: string
  readonly value: string
  /** Offsets in the expression. */
  readonly start: number
  readonly end: number
}

type Mode = 'normal' | 'string' | 'variable' | 'argument' | 'regex-flags'

const LONGEST_TEXT = 8192
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['and', 'T_OP_AND'],
  ['or', 'T_OP_OR'],
  ['not', 'T_OP_NOT'],
  ['lt', 'T_OP_LT'],
  ['le', 'T_OP_LE'],
  ['gt', 'T_OP_GT'],
  ['ge', 'T_OP_GE'],
  ['ne', 'T_OP_NE'],
  ['eq', 'T_OP_EQ'],
  ['in', 'T_OP_IN'],
  ['true', 'T_TRUE'],
  ['false', 'T_FALSE'],
])
const DASHED: ReadonlyMap<string, string> = new Map([
  ['in', 'T_OP_IN'],
  ['eq', 'T_OP_EQ'],
  ['ne', 'T_OP_NE'],
  ['ge', 'T_OP_GE'],
  ['le', 'T_OP_LE'],
  ['gt', 'T_OP_GT'],
  ['lt', 'T_OP_LT'],
])
const OPERATORS: readonly (readonly [string, string])[] = [
  ['==', 'T_OP_STR_EQ'],
  ['=~', 'T_OP_REG'],
  ['!=', 'T_OP_STR_NE'],
  ['!~', 'T_OP_NRE'],
  ['<=', 'T_OP_STR_LE'],
  ['>=', 'T_OP_STR_GE'],
  ['&&', 'T_OP_AND'],
  ['||', 'T_OP_OR'],
  ['=', 'T_OP_STR_EQ'],
  ['<', 'T_OP_STR_LT'],
  ['>', 'T_OP_STR_GT'],
  ['!', 'T_OP_NOT'],
  ['.', 'T_OP_CONCAT'],
]
const REGEX_DELIMITERS = '/#$%^,;:_?|-!.\'"'

/** Splits an expression into tokens on demand; the modes are those of httpd's scanner. */
export class ExpressionScanner {
  private readonly text: string
  private readonly asString: boolean
  private at = 0
  private mode: Mode
  private readonly modes: Mode[] = []
  private delimiter = ''
  private buffer = ''
  private bufferStart = 0
  private begun = false

  constructor(text: string, asString: boolean) {
    this.text = text
    this.asString = asString
    this.mode = asString ? 'string' : 'normal'
  }

  next(): Token {
    if (!this.begun) {
      this.begun = true
      return this.token(this.asString ? 'T_EXPR_STRING' : 'T_EXPR_BOOL', 0)
    }
    for (;;) {
      const found = this.step()
      if (found) return found
    }
  }

  private token(kind: string, start: number, value = ''): Token {
    return { kind, value, start, end: this.at }
  }

  private error(message: string, start: number): Token {
    return { kind: 'T_ERROR', value: message, start, end: this.at }
  }

  private step(): Token | undefined {
    const char = this.text[this.at]
    switch (this.mode) {
      case 'normal':
        return char === undefined ? this.token('$end', this.at) : this.normal(char)
      case 'variable':
        return this.variable(char)
      case 'string':
      case 'argument':
        return this.string(char)
      case 'regex-flags':
        throw new Error('regular expressions are read in one step')
    }
  }

  private normal(char: string): Token | undefined {
    const { text } = this
    const start = this.at
    if (char === ' ' || char === '\t' || char === '\n') {
      this.at++
      return undefined
    }
    if (char === '"' || char === "'") {
      this.at++
      this.delimiter = char
      this.buffer = ''
      this.mode = 'string'
      return this.token('T_STR_BEGIN', start)
    }
    if (char === '%' && text[this.at + 1] === '{') {
      this.at += 2
      this.modes.push(this.mode)
      this.mode = 'variable'
      return this.token('T_VAR_BEGIN', start)
    }
    if (char === '$' && isDigit(text[this.at + 1])) {
      this.at += 2
      return this.token('T_REGEX_BACKREF', start)
    }
    const rest = text.slice(this.at, this.at + 200)
    const word = /^[a-zA-Z][a-zA-Z0-9_]*/.exec(rest)?.[0]
    if (char === 'm' && (word?.length ?? 0) <= 2 && REGEX_DELIMITERS.includes(text[this.at + 1] ?? ' ')) {
      this.at += 2
      return this.regex(text[start + 1] as string, start)
    }
    if (char === '/') {
      this.at++
      return this.regex('/', start)
    }
    if (word) {
      const whole = (/^[a-zA-Z][a-zA-Z0-9_]*/.exec(text.slice(this.at)) as RegExpExecArray)[0]
      this.at += whole.length
      return this.token(KEYWORDS.get(whole) ?? 'T_ID', start, whole)
    }
    const dashed = /^-[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0]
    if (dashed) {
      this.at += dashed.length
      const name = dashed.slice(1)
      return this.token(DASHED.get(name) ?? (name.length === 1 ? 'T_OP_UNARY' : 'T_OP_BINARY'), start, name)
    }
    const digits = /^-?[0-9]+/.exec(rest)?.[0]
    if (digits) {
      this.at += digits.length
      return this.token('T_DIGIT', start, digits)
    }
    for (const [operator, kind] of OPERATORS) {
      if (rest.startsWith(operator)) {
        this.at += operator.length
        return this.token(kind, start)
      }
    }
    this.at++
    if ('(){},:'.includes(char)) return this.token(`'${char}'`, start)
    return this.error(`Parse error near '${char}'`, start)
  }

  private regex(delimiter: string, start: number): Token {
    const close = this.text.indexOf(delimiter, this.at)
    if (close < 0) {
      this.at = this.text.length
      return this.token('$end', this.at)
    }
    const pattern = this.text.slice(this.at, close)
    this.at = close + 1
    if (pattern.length >= LONGEST_TEXT) return this.error('Regexp too long', start)
    if (this.text[this.at] === 'i') {
      this.at++
      return this.token('T_REGEX_I', start, pattern)
    }
    return this.token('T_REGEX', start, pattern)
  }

  private variable(char: string | undefined): Token {
    const start = this.at
    if (char === undefined) return this.error('Unterminated string or variable', start)
    const name = /^[a-zA-Z][a-zA-Z0-9_]*/.exec(this.text.slice(this.at, this.at + 400))?.[0]
    if (name) {
      this.at += name.length
      return this.token('T_ID', start, name)
    }
    this.at++
    if (char === '}') {
      this.mode = this.modes.pop() ?? 'normal'
      return this.token('T_VAR_END', start)
    }
    if (char === ':') {
      this.mode = 'argument'
      this.buffer = ''
      return this.token("':'", start)
    }
    return this.error(
      char === '\n' ? 'Unterminated string or variable' : `Invalid character in variable name '${char}'`,
      start,
    )
  }

  /** Inside quotes, or in the argument of a function in `%{name:…}`. */
  private string(char: string | undefined): Token | undefined {
    const { text } = this
    const start = this.at
    const argument = this.mode === 'argument'
    if (this.buffer === '') this.bufferStart = start
    if (char === undefined) {
      if (argument || !this.asString) return this.error('Unterminated string or variable', start)
      this.mode = 'normal'
      return this.flush()
    }
    if (char === '\n') {
      this.at++
      return this.error('Unterminated string or variable', start)
    }
    if (!argument && char === this.delimiter) {
      if (this.buffer !== '') return this.flush()
      this.at++
      this.mode = 'normal'
      return this.token('T_STR_END', start)
    }
    if (argument && (char === '"' || char === "'")) {
      // httpd's scanner has no rule for a quote here and ends the process.
      this.at = this.text.length
      return this.error('flex scanner jammed', start)
    }
    if (char === '\\') return this.escape(start)
    if (char === '$' && isDigit(text[this.at + 1])) {
      if (this.buffer !== '') return this.flush()
      this.at += 2
      return this.token('T_REGEX_BACKREF', start)
    }
    if (char === '%' && text[this.at + 1] === '{') {
      if (this.buffer !== '') return this.flush()
      this.at += 2
      this.modes.push(this.mode)
      this.mode = 'variable'
      return this.token('T_VAR_BEGIN', start)
    }
    if (argument && char === '}') {
      if (this.buffer !== '') return this.flush()
      this.at++
      this.mode = this.modes.pop() ?? 'normal'
      return this.token('T_VAR_END', start)
    }
    this.at++
    return this.append(char, start)
  }

  private append(char: string, start: number): Token | undefined {
    this.buffer += char
    return this.buffer.length >= LONGEST_TEXT ? this.error('String too long', start) : undefined
  }

  private flush(): Token {
    const found = this.token('T_STRING', this.bufferStart, this.buffer)
    this.buffer = ''
    return found
  }

  private escape(start: number): Token | undefined {
    const rest = this.text.slice(this.at + 1, this.at + 40)
    const digits = /^[0-9]+/.exec(rest)?.[0] ?? ''
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0] ?? ''
    if (digits.length > octal.length) {
      this.at += 1 + digits.length
      return this.error('Bad escape sequence', start)
    }
    if (octal !== '') {
      this.at += 1 + octal.length
      const value = Number.parseInt(octal, 8)
      return value > 255
        ? this.error('Escape sequence out of bound', start)
        : this.append(String.fromCharCode(value), start)
    }
    const next = rest[0]
    if (next === undefined) {
      this.at++
      return this.append('\\', start)
    }
    this.at += 2
    return this.append(next === 'n' ? '\n' : next === 't' ? '\t' : next, start)
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9'
}
