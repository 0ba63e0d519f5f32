import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile, Span } from '../source/source-file.ts'
import { type EppText, readEppText } from './epp-text.ts'
import { type HeredocText, readHeredocTag, readHeredocText } from './heredoc.ts'
import { numberFault } from './number.ts'
import { regexpFault } from './regexp-syntax.ts'
import {
  doubleQuoteEscapes,
  type Escapes,
  endOfSegment,
  endOfSingleQuoted,
  resolveEscapes,
  unescapeSingleQuoted,
} from './string-text.ts'
import {
  eppFault,
  heredocFault,
  illegalByteOrderMark,
  illegalClassReference,
  illegalNumber,
  illegalQualifiedName,
  illegalRegularExpression,
  illegalUnicodeEscape,
  impossibleCharacter,
  invalidNumber,
  nestedTooDeeply,
  unclosedComment,
  unclosedQuote,
  unrecognisedEscape,
} from './syntax-messages.ts'
import { keywordKinds, keywords, type Token, type TokenKind } from './token.ts'

export interface Lexed {
  /** The last one is `END`. */
  readonly tokens: readonly Token[]
  readonly warnings: readonly Diagnostic[]
}

/** Reads a whole manifest, or a template where `template` holds. Faults become `ERROR` tokens, and reading goes on. */
export function lex(file: SourceFile, template = false): Lexed {
  const lexer = new Lexer(file, file.text)
  lexer.run(template)
  return { tokens: lexer.tokens, warnings: lexer.warnings }
}

/** Thrown where text cannot be read; caught where the outermost token started. */
class LexFault {
  readonly diagnostic: Diagnostic
  readonly resume: number
  constructor(diagnostic: Diagnostic, resume: number) {
    this.diagnostic = diagnostic
    this.resume = resume
  }
}

const blanks = /[\t\p{Zs}\r]+/uy
const blank = /[\t\p{Zs}\r]/u
const bareWord = /(?:(?:::)?[a-z_](?:[\w-]*\w)?)+/y
const strictName = /^(?:::)?[a-z]\w*(?:::[a-z]\w*)*$/
const classReference = /(?:(?:::)?[A-Z]\w*)+/y
const variableName = /(?:::)?(?:\w+::)*\w+/y
const number = /(?:0[xX][0-9A-Fa-f]+|0?\d+(?:\.\d+)?(?:[eE]-?\d+)?)(?![\w\p{L}\p{M}\p{N}])/uy

/** Tokens after which `/` divides. */
const operands: ReadonlySet<TokenKind | ''> = new Set<TokenKind>([
  'RPAREN',
  'RBRACK',
  'RRCOLLECT',
  'RCOLLECT',
  'NAME',
  'CLASSREF',
  'NUMBER',
  'STRING',
  'BOOLEAN',
  'DQPRE',
  'DQMID',
  'DQPOST',
  'HEREDOC',
  'REGEX',
  'VARIABLE',
  'WORD',
])

/** Interpolations within interpolations, more than anybody writes. */
const deepest = 200

interface Segment {
  readonly text: string
  readonly terminator: '"' | '$' | '${' | ''
}

/** How the text of a heredoc is read, and where it stands in the file. */
interface HeredocMode {
  readonly heredoc: HeredocText
  readonly escapes: Escapes | undefined
  readonly escapesDollar: boolean
}

class Lexer {
  readonly tokens: Token[] = []
  readonly warnings: Diagnostic[] = []
  private readonly file: SourceFile
  private readonly text: string
  private readonly mode: HeredocMode | undefined
  private position = 0
  /** The kind of the token before, as far as it decides what a character means. */
  private after: TokenKind | '' = ''
  private braces = 0
  private lineStart = 0
  /** Where the line after the heredocs of this line starts; -1 without heredocs. */
  private newlineJump = -1
  private template: 'no' | 'text' | 'code' | 'expression' = 'no'
  private tagOpen = false
  /** The last stretch that a pattern matched: messages about quotes name it. */
  private matchedStart = -1
  private matchedEnd = -1

  constructor(file: SourceFile, text: string, mode?: HeredocMode) {
    this.file = file
    this.text = text
    this.mode = mode
  }

  run(template: boolean): void {
    if (template) this.push('EPP_START', '', 0, 0)
    if (this.text.charCodeAt(0) === 0xfeff) {
      this.pushFault(illegalByteOrderMark(['UTF-8', '[EF BB BF]'], { span: this.span(0, 1) }))
      this.position = 1
    }
    if (template) {
      this.template = 'text'
      this.committed = this.tokens.length
      this.attempt(() => this.readTemplateText(false))
    }
    while (this.position < this.text.length) this.attempt(() => this.readTokens())
    const end = this.text.length
    if (this.tagOpen)
      this.pushFault(
        eppFault(['Unbalanced epp tag, reached <eof> without closing tag.'], { span: this.span(end, end) }),
      )
    this.push('END', '', end, end)
  }

  /** Reads text of a heredoc: one string, interpolated or not. */
  runHeredoc(interpolates: boolean): void {
    if (interpolates) this.readInterpolated(0)
    else {
      this.position = this.text.length
      this.push('STRING', this.unescaped(this.text), 0, this.text.length)
    }
  }

  private committed = 0
  private stepStart = 0
  private stepBraces = 0

  private readTokens(): void {
    const { tokens, text } = this
    while (this.position < text.length) {
      this.committed = tokens.length
      this.stepStart = this.position
      this.stepBraces = this.braces
      const token = this.next()
      if (token) tokens.push(token)
      if (tokens.length > this.committed) this.after = (tokens[tokens.length - 1] as Token).kind
    }
  }

  /** Runs a step of reading; where it fails, an `ERROR` token stands for the outermost token it was in. */
  private attempt(step: () => void): void {
    try {
      step()
    } catch (fault) {
      if (!(fault instanceof LexFault)) throw fault
      this.tokens.length = this.committed
      this.pushFault(fault.diagnostic)
      this.position = Math.min(Math.max(fault.resume, this.stepStart + 1), this.text.length)
      this.braces = this.stepBraces
      this.depth = 0
      this.inCode = false
      this.after = ''
    }
  }

  private next(): Token | undefined {
    const { text, position } = this
    const code = text.charCodeAt(position)
    if ((code >= 97 && code <= 122) || code === 95) return this.readWord()
    switch (code) {
      case 32:
      case 9:
      case 13:
        this.skipBlanks()
        return undefined
      case 10:
        this.position = this.newlineJump >= 0 ? this.newlineJump : position + 1
        this.newlineJump = -1
        this.lineStart = this.position
        return undefined
      case 35: {
        const end = text.indexOf('\n', position)
        this.matched(position, end < 0 ? text.length : end)
        return undefined
      }
      case 36:
        return this.readVariable()
      case 39:
        return this.readSingleQuoted()
      case 34:
        return this.readInterpolated(position)
      case 46:
        return this.symbol('DOT', '.')
      case 44:
        return this.symbol('COMMA', ',')
      case 91:
        return this.symbol(this.blankBefore() ? 'LISTSTART' : 'LBRACK', '[')
      case 93:
        return this.symbol('RBRACK', ']')
      case 40:
        return this.symbol(this.firstOnLine() ? 'WSLPAREN' : 'LPAREN', '(')
      case 41:
        return this.symbol('RPAREN', ')')
      case 59:
        return this.symbol('SEMIC', ';')
      case 63:
        return this.symbol('QMARK', '?')
      case 42:
        return this.symbol('TIMES', '*')
      case 37:
        return this.readPercent()
      case 123:
        this.braces++
        return this.symbol(this.after === 'QMARK' ? 'SELBRACE' : 'LBRACE', '{')
      case 125:
        this.braces--
        return this.symbol('RBRACE', '}')
      case 64:
        if (text[position + 1] === '@') return this.symbol('ATAT', '@@')
        if (text[position + 1] === '(') return this.readHeredoc()
        return this.symbol('AT', '@')
      case 124:
        if (text[position + 1] !== '>') return this.symbol('PIPE', '|')
        return text[position + 2] === '>' ? this.symbol('RRCOLLECT', '|>>') : this.symbol('RCOLLECT', '|>')
      case 61:
        switch (text[position + 1]) {
          case '=':
            return this.symbol('ISEQUAL', '==')
          case '>':
            return this.symbol('FARROW', '=>')
          case '~':
            return this.symbol('MATCH', '=~')
          default:
            return this.symbol('EQUALS', '=')
        }
      case 43:
        switch (text[position + 1]) {
          case '=':
            return this.symbol('APPENDS', '+=')
          case '>':
            return this.symbol('PARROW', '+>')
          default:
            return this.symbol('PLUS', '+')
        }
      case 45:
        return this.readMinus()
      case 33:
        switch (text[position + 1]) {
          case '=':
            return this.symbol('NOTEQUAL', '!=')
          case '~':
            return this.symbol('NOMATCH', '!~')
          default:
            return this.symbol('NOT', '!')
        }
      case 126:
        return text[position + 1] === '>' ? this.symbol('IN_EDGE_SUB', '~>') : this.symbol('TILDE', '~')
      case 47:
        return this.readSlash()
      case 60:
        switch (text[position + 1]) {
          case '<':
            return text[position + 2] === '|' ? this.symbol('LLCOLLECT', '<<|') : this.symbol('LSHIFT', '<<')
          case '=':
            return this.symbol('LESSEQUAL', '<=')
          case '|':
            return this.symbol('LCOLLECT', '<|')
          case '-':
            return this.symbol('OUT_EDGE', '<-')
          case '~':
            return this.symbol('OUT_EDGE_SUB', '<~')
          default:
            return this.symbol('LESSTHAN', '<')
        }
      case 62:
        switch (text[position + 1]) {
          case '>':
            return this.symbol('RSHIFT', '>>')
          case '=':
            return this.symbol('GREATEREQUAL', '>=')
          default:
            return this.symbol('GREATERTHAN', '>')
        }
      case 58:
        return text[position + 1] === ':' ? this.readQualified() : this.symbol('COLON', ':')
      default:
        if (code >= 48 && code <= 57) return this.readNumber()
        if (code >= 65 && code <= 90) return this.readClassReference()
        if (this.skipBlanks()) return undefined
        return this.readOther()
    }
  }

  private readWord(): Token {
    const start = this.position
    const value = this.scan(bareWord) as string
    const keyword = keywords.get(value)
    if (keyword) return this.token(keyword, value, start, this.position)
    return this.token(strictName.test(value) ? 'NAME' : 'WORD', value, start, this.position)
  }

  private readClassReference(): Token {
    const start = this.position
    const value = this.scan(classReference) as string
    if (this.text.startsWith('::', this.position)) this.faultAt(illegalClassReference, [false], this.position + 1)
    return this.token('CLASSREF', value, start, this.position)
  }

  /** `::Name` or `::name`. */
  private readQualified(): Token {
    const start = this.position
    const code = this.text.charCodeAt(start + 2)
    if (code >= 65 && code <= 90) {
      const value = this.scan(classReference) as string
      if (this.text.startsWith('::', this.position)) this.faultAt(illegalClassReference, [true], this.position + 3)
      return this.token('CLASSREF', value, start, this.position)
    }
    const value = this.scan(bareWord)
    if (value === undefined) return this.faultAt(illegalQualifiedName, [], start + 2)
    return this.token(strictName.test(value) ? 'NAME' : 'WORD', value, start, this.position)
  }

  private readVariable(): Token {
    const start = this.position
    this.position++
    const value = this.scan(variableName)
    if (value === undefined) return this.token('VARIABLE', '', start, start + 1)
    this.matchedStart = start
    return this.token('VARIABLE', value, start, this.position)
  }

  private readNumber(): Token {
    const { text } = this
    const start = this.position
    const value = this.scan(number)
    if (value !== undefined) {
      this.assertNumber(value, start)
      return this.token('NUMBER', value, start, this.position)
    }
    let before = start
    let invalid = (/^\w+/.exec(text.slice(start, start + 200)) as RegExpExecArray)[0]
    const after = start + invalid.length
    // A dot before it: the digits before the dot belong to the number that was meant.
    if (before > 1 && text[before - 1] === '.') {
      let first = before - 1
      while (first > 0 && /\d/.test(text[first - 1] as string)) first--
      if (first < before - 1) {
        before = first
        invalid = text.slice(before, after)
      }
    }
    this.assertNumber(invalid, before)
    return this.faultAt(illegalNumber, [invalid], before + 1)
  }

  private assertNumber(value: string, start: number): void {
    const fault = numberFault(value)
    if (fault === undefined) return
    const place = { span: this.span(start, start + value.length) }
    const diagnostic = fault === 'illegal' ? illegalNumber([value], place) : invalidNumber([fault, value], place)
    throw new LexFault(diagnostic, start + value.length)
  }

  private readSlash(): Token | undefined {
    const { text } = this
    const start = this.position
    if (text[start + 1] === '*') {
      const end = text.indexOf('*/', start + 2)
      if (end < 0) throw new LexFault(unclosedComment([], { span: this.span(start, start + 2) }), text.length)
      this.matched(start, end + 2)
      return undefined
    }
    if (operands.has(this.after)) return this.symbol('DIV', '/')
    let end = text.indexOf('/', start + 1)
    while (end >= 0 && escapedEnd(text, start + 1, end)) end = text.indexOf('/', end + 1)
    if (end < 0) return this.symbol('DIV', '/')
    this.matched(start, end + 1)
    const pattern = text.slice(start + 1, end).replaceAll('\\/', '/')
    const fault = regexpFault(pattern)
    if (fault !== undefined) {
      const message = `${fault}: /${pattern.replaceAll('/', '\\/')}/`
      throw new LexFault(illegalRegularExpression([message], { span: this.span(start, end + 1) }), end + 1)
    }
    return this.token('REGEX', pattern, start, end + 1)
  }

  private readSingleQuoted(): Token {
    const start = this.position
    const end = endOfSingleQuoted(this.text, start + 1)
    if (end < 0) this.unclosedQuote('"\'"', start + 1, start)
    this.matched(Math.max(start + 1, end - 1), end + 1)
    return this.token('STRING', unescapeSingleQuoted(this.text.slice(start + 1, end)), start, end + 1)
  }

  /**
   * A double-quoted string or the text of an interpolating heredoc from `start`: one `STRING`, which is returned
   * where the string is quoted, or `DQPRE` … `DQPOST`, which are pushed.
   */
  private readInterpolated(start: number): Token | undefined {
    const quoted = this.mode === undefined || this.inCode
    if (quoted) this.matched(start, start + 1)
    let before = start
    let kind: 'DQPRE' | 'DQMID' = 'DQPRE'
    for (;;) {
      let segment = this.readSegment(quoted, start)
      let { text } = segment
      let after = this.position
      for (;;) {
        if (segment.terminator === '${') {
          const count = this.braces
          this.braces++
          this.push(kind, text, before, this.position)
          this.readUntilBrace(count)
          break
        }
        if (segment.terminator === '$') {
          const name = this.scan(variableName)
          if (name !== undefined) {
            this.push(kind, text, before, after - 1)
            this.push('VARIABLE', name, after - 1, this.position)
            break
          }
          text += '$'
          segment = this.readSegment(quoted, start)
          text += segment.text
          after = this.position
          continue
        }
        if (kind === 'DQMID') this.push('DQPOST', text, before, this.position)
        else if (quoted) return this.token('STRING', text, before, this.position)
        else this.push('STRING', text, before, this.position)
        return undefined
      }
      before = this.position
      kind = 'DQMID'
    }
  }

  /** Whether reading is within `${…}` of a heredoc, where quotes mean quotes. */
  private inCode = false
  /** How many `${…}` are open. */
  private depth = 0

  /** Text up to the end of the string or the next `$`. */
  private readSegment(quoted: boolean, stringStart: number): Segment {
    const { text } = this
    const start = this.position
    const escapes = quoted ? doubleQuoteEscapes : this.mode?.escapes
    const end =
      quoted || this.mode?.escapesDollar ? endOfSegment(text, start, quoted) : endOfUnescapedSegment(text, start)
    if (end < 0) {
      const after = this.matchedStart < 0 ? '' : text.slice(this.matchedStart, this.matchedEnd)
      this.unclosedQuote(after === "'" ? '"\'"' : `'${after}'`, start, stringStart)
    }
    const character = text[end]
    const terminator = character === '$' ? (text[end + 1] === '{' ? '${' : '$') : character === '"' && quoted ? '"' : ''
    this.matched(Math.max(start, end - 1), end + terminator.length)
    const raw = text.slice(start, end)
    return { text: escapes ? this.unescaped(raw, escapes) : raw, terminator }
  }

  private unescaped(raw: string, escapes: Escapes | undefined = this.mode?.escapes): string {
    if (!escapes) return raw
    return resolveEscapes(raw, escapes, (character) => {
      const place = { span: this.span(this.position, this.position) }
      if (character === 'overflow') throw new LexFault(impossibleCharacter([], place), this.position)
      this.warnings.push(character === 'u' ? illegalUnicodeEscape([], place) : unrecognisedEscape([character], place))
    })
  }

  /** Reads tokens of `${…}` up to the brace that closes it; a lone or leading name becomes a variable. */
  private readUntilBrace(count: number): void {
    const { tokens, text } = this
    const first = tokens.length
    const outer = this.inCode
    this.inCode = true
    if (++this.depth > deepest) {
      const place = { span: this.span(this.position, this.position) }
      throw new LexFault(nestedTooDeeply([deepest], place), text.length)
    }
    this.skipBlanks()
    while (this.position < text.length) {
      const pushed = tokens.length
      const token = this.next()
      if (!token) {
        if (tokens[pushed]?.kind !== 'DQPRE') this.skipBlanks()
        continue
      }
      this.after = token.kind
      if (token.kind === 'RBRACE' && this.braces === count) {
        this.nameToVariable(first)
        break
      }
      tokens.push(token)
    }
    this.inCode = outer
    this.depth--
  }

  private nameToVariable(first: number): void {
    const { tokens } = this
    const token = tokens[first]
    if (!token) return
    const second = tokens[first + 1]
    if (second && second.kind !== 'DOT' && second.kind !== 'LBRACK') return
    if (token.kind === 'NAME' || token.kind === 'NUMBER' || token.kind === 'WORD' || keywordKinds.has(token.kind))
      tokens[first] = { ...token, kind: 'VARIABLE' }
  }

  private readHeredoc(): undefined {
    const { text } = this
    const start = this.position
    if (this.mode)
      this.heredocFault(
        'A heredoc within the text of another heredoc is more than Puppet can read',
        start,
        start + 2,
        start + 2,
      )
    const close = text.indexOf(')', start)
    if (close < 0) {
      const place = this.span(start, start + 2)
      throw new LexFault(
        heredocFault([`Unclosed parenthesis after '@(' followed by '${this.followedBy(start)}'`], { span: place }),
        start + 2,
      )
    }
    const afterTag = close + 1
    const tag = readHeredocTag(text.slice(start, afterTag))
    if (typeof tag === 'string') this.heredocFault(tag, start, afterTag, afterTag)
    let textStart = this.newlineJump
    if (textStart < 0) {
      const lineEnd = text.indexOf('\n', afterTag)
      if (lineEnd < 0) this.heredocFault('Heredoc without any following lines of text', start, afterTag, afterTag)
      textStart = lineEnd + 1
    }
    const heredoc = readHeredocText(text, textStart, tag.endTag)
    if (!heredoc) this.heredocFault('Heredoc without end-tagged line', start, afterTag, afterTag, textStart)
    this.newlineJump = heredoc.end
    this.push('HEREDOC', tag.syntax, start, afterTag)
    const inner = new Lexer(this.file, heredoc.text, {
      heredoc,
      escapes: tag.escapes,
      escapesDollar: tag.escapesDollar,
    })
    try {
      inner.runHeredoc(tag.interpolates)
    } catch (fault) {
      if (fault instanceof LexFault) throw new LexFault(fault.diagnostic, afterTag)
      throw fault
    }
    for (const token of inner.tokens) this.tokens.push(token)
    this.warnings.push(...inner.warnings)
    this.position = afterTag
    return undefined
  }

  /** Puppet locates a missing end tag where the text starts, other faults of the tag after it. */
  private heredocFault(message: string, start: number, end: number, resume: number, at = end): never {
    const diagnostic = heredocFault([message], {
      span: this.span(at, at),
      related: [{ message: 'The heredoc starts here.', span: this.span(start, end) }],
    })
    throw new LexFault(diagnostic, resume)
  }

  private readPercent(): Token | undefined {
    const start = this.position
    if (this.template === 'no' || this.text[start + 1] !== '>') return this.symbol('MODULO', '%')
    this.position += 2
    if (this.template === 'expression') this.push('EPP_END', '%>', start, this.position)
    this.readTemplateText(false)
    return undefined
  }

  private readMinus(): Token | undefined {
    const start = this.position
    const { text } = this
    if (this.template !== 'no' && text[start + 1] === '%' && text[start + 2] === '>') {
      this.position += 3
      if (this.template === 'expression') this.push('EPP_END_TRIM', '-%>', start, this.position)
      this.readTemplateText(true)
      return undefined
    }
    switch (text[start + 1]) {
      case '>':
        return this.symbol('IN_EDGE', '->')
      case '=':
        return this.symbol('DELETES', '-=')
      default:
        return this.symbol('MINUS', '-')
    }
  }

  private readTemplateText(trim: boolean): void {
    const start = this.position
    const found: EppText = readEppText(this.text, start, trim)
    this.position = found.end
    if (found.fault !== undefined)
      throw new LexFault(eppFault([found.fault], { span: this.span(found.end, found.end) }), this.text.length)
    const tag = this.openingTag(found)
    if (found.text !== undefined && (found.text !== '' || found.follows === 'end'))
      this.push('RENDER_STRING', found.text, start, tag)
    this.tagOpen = found.follows !== 'end'
    if (found.follows === 'expression') {
      this.tokens.push({ kind: 'RENDER_EXPR', value: '', start: tag, end: found.end, at: start })
      this.template = 'expression'
    } else if (found.follows === 'code') this.template = 'code'
  }

  private openingTag(found: EppText): number {
    if (found.follows === 'end') return found.end
    return this.text.lastIndexOf('<%', found.end - 1)
  }

  private readOther(): Token {
    const start = this.position
    this.position += (this.text.codePointAt(start) as number) > 0xffff ? 2 : 1
    return this.token('OTHER', '', start, this.position)
  }

  private symbol(kind: TokenKind, text: string): Token {
    const start = this.position
    this.position = start + text.length
    return this.token(kind, text, start, this.position)
  }

  private token(kind: TokenKind, value: string, start: number, end: number): Token {
    if (!this.mode) return { kind, value, start, end }
    const from = this.offset(start)
    const to = end > start ? this.offset(end - 1) + 1 : from
    const { at } = this.mode.heredoc
    return start === 0 && at !== from
      ? { kind, value, start: from, end: to, at }
      : { kind, value, start: from, end: to }
  }

  private push(kind: TokenKind, value: string, start: number, end: number): void {
    this.tokens.push(this.token(kind, value, start, end))
  }

  private pushFault(diagnostic: Diagnostic): void {
    const place = diagnostic.span as Span
    this.tokens.push({ kind: 'ERROR', value: '', start: place.start, end: place.end, diagnostic })
  }

  private span(start: number, end: number): Span {
    return { file: this.file, start: this.offset(start), end: this.offset(end) }
  }

  /** Where an offset of the text that is read stands in the file. */
  private offset(local: number): number {
    if (!this.mode) return local
    const { lineStarts } = this.mode.heredoc
    let low = 0
    let high = lineStarts.length - 1
    if (high < 0) return this.mode.heredoc.end
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((lineStarts[middle] as { local: number }).local <= local) low = middle
      else high = middle - 1
    }
    const line = lineStarts[low] as { local: number; global: number }
    return line.global + local - line.local
  }

  private scan(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const match = pattern.exec(this.text)
    if (!match) {
      this.matchedStart = -1
      return undefined
    }
    this.matched(this.position, pattern.lastIndex)
    return match[0]
  }

  private matched(start: number, end: number): void {
    this.matchedStart = start
    this.matchedEnd = end
    this.position = end
  }

  private skipBlanks(): boolean {
    return this.scan(blanks) !== undefined
  }

  private blankBefore(): boolean {
    return this.position === 0 || /[\t\p{Zs}\r\n]/u.test(this.text[this.position - 1] as string)
  }

  /** Whether only blanks stand between the line's start and here. */
  private firstOnLine(): boolean {
    let at = this.position
    while (at > this.lineStart && blank.test(this.text[at - 1] as string)) at--
    return at === this.lineStart
  }

  private followedBy(position: number): string {
    if (position >= this.text.length) return '<eof>'
    const rest = [...this.text.slice(position, position + 10)].slice(0, 5).join('')
    return `${rest}...`.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  }

  private unclosedQuote(after: string, position: number, stringStart: number): never {
    const diagnostic = unclosedQuote([after, this.followedBy(position)], {
      span: this.span(position, position),
      related: [{ message: 'The string starts here.', span: this.span(stringStart, stringStart + 1) }],
    })
    const lineEnd = this.text.indexOf('\n', stringStart)
    throw new LexFault(diagnostic, lineEnd < 0 ? this.text.length : lineEnd)
  }

  private faultAt<A extends readonly unknown[]>(
    make: (args: A, detail: { span: Span }) => Diagnostic,
    args: A,
    position: number,
  ): never {
    const at = Math.min(position, this.text.length)
    throw new LexFault(make(args, { span: this.span(at, at) }), at)
  }
}

/** Whether a backslash escapes the slash at `end`, counted from `from`. */
function escapedEnd(text: string, from: number, end: number): boolean {
  if (text.charCodeAt(end - 1) !== 92 || end <= from) return false
  let escaped = false
  for (let at = from; at < end; at++) escaped = text.charCodeAt(at) === 92 ? !escaped : false
  return escaped
}

function endOfUnescapedSegment(text: string, from: number): number {
  const end = text.indexOf('$', from)
  return end < 0 ? text.length : end
}
