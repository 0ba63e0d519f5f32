import { type SkimmedEntry, YamlSkimmer } from './yaml-skim.ts'

/**
 * YAML text → tokens, by the rules of libyaml 0.2.5, which Ruby's Psych reads with (YAML 1.1 with that library's own
 * habits: line breaks NEL, LS and PS, tabs only where no key can start, `%` directives).
 *
 * Tokens are made on demand: a token is given out only when nothing that follows can turn it into a mapping key.
 */
export type YamlToken =
  | { readonly kind: 'tag-directive'; readonly handle: string; readonly prefix: string; start: number; end: number }
  | { readonly kind: 'anchor' | 'alias'; readonly name: string; start: number; end: number }
  | { readonly kind: 'tag'; readonly handle: string; readonly suffix: string; start: number; end: number }
  | { readonly kind: 'scalar'; readonly value: string; readonly plain: boolean; start: number; end: number }
  | {
      readonly kind:
        | 'stream-end'
        | 'version-directive'
        | 'document-start'
        | 'document-end'
        | 'block-sequence-start'
        | 'block-mapping-start'
        | 'block-end'
        | 'flow-sequence-start'
        | 'flow-sequence-end'
        | 'flow-mapping-start'
        | 'flow-mapping-end'
        | 'block-entry'
        | 'flow-entry'
        | 'key'
        | 'value'
      start: number
      end: number
    }

/** Thrown by scanner and parser, caught at the door of the YAML reader. `contextAt` is where Psych says that it is. */
export class YamlSyntaxError extends Error {
  readonly problem: string
  readonly problemAt: number
  readonly context: string | undefined
  readonly contextAt: number
  constructor(problem: string, problemAt: number, context?: string, contextAt = problemAt) {
    super(context === undefined ? problem : `${problem} ${context}`)
    this.problem = problem
    this.problemAt = problemAt
    this.context = context
    this.contextAt = contextAt
  }
}

interface SimpleKey {
  possible: boolean
  required: boolean
  /** Number of the token, counted from the start of the stream. */
  token: number
  at: number
  line: number
  column: number
}

const tab = 9
const newline = 10
const carriageReturn = 13
const space = 32
const maximumKeyLength = 1024

/** A line break of YAML 1.1. */
function isBreak(code: number): boolean {
  return code === newline || code === carriageReturn || code === 0x85 || code === 0x2028 || code === 0x2029
}
function isBlank(code: number): boolean {
  return code === space || code === tab
}
/** `code` is NaN at the end of the text. */
function isBreakOrEnd(code: number): boolean {
  return Number.isNaN(code) || isBreak(code)
}
function isBlankOrEnd(code: number): boolean {
  return code === space || code === tab || Number.isNaN(code) || isBreak(code)
}
/** A character of an anchor's name. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  )
}
function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
/** Quoted scalars that stand on one line and escape nothing, which nearly all do. */
const singleQuotedLine = /'[^'\n\r\x85\u2028\u2029]*'(?!')/y
const doubleQuotedLine = /"[^"\\\n\r\x85\u2028\u2029]*"/y
/** What most lines of data are: a plain key, and a scalar that ends on the same line, without anything that is escaped. */
const entryKey = /([A-Za-z_](?:[\w.-]|:(?=[\w:.-]))*): +/y
const entryValue =
  /"([^"\\\n\r\x85\u2028\u2029]*)"|'([^'\n\r\x85\u2028\u2029]*)'(?!')|(\w(?:[\w./@+=()-]| (?=[\w./@+=()-]))*)(?=\n)/y
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** A line of a block mapping; offsets are those of the text, quotes included. */
interface YamlEntry {
  readonly key: string
  readonly keyStart: number
  readonly value: string
  readonly plain: boolean
  readonly valueStart: number
  readonly valueEnd: number
}

export class YamlScanner {
  readonly #text: string
  readonly #skimmer: YamlSkimmer
  #at = 0
  #line = 0
  /** Where the current line starts. */
  #lineStart = 0
  #tokens: YamlToken[] = []
  /** Index of the next token to give out, and how many were given out before `#tokens[0]`. */
  #head = 0
  #base = 0
  #indent = -1
  #indents: number[] = []
  #flowLevel = 0
  #simpleKeyAllowed = true
  #simpleKeys: SimpleKey[] = [newKey()]
  #ended = false

  /** Starts at an offset of the text, which is the first character of a node. */
  constructor(text: string, at = 0) {
    this.#text = text
    this.#skimmer = new YamlSkimmer(text)
    this.#at = at
    this.#lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
  }

  /** The next token, which stays next. */
  peek(): YamlToken {
    while (this.#needsMore()) this.#fetch()
    return this.#tokens[this.#head] as YamlToken
  }

  skip(): void {
    this.#head++
    if (this.#head > 4096) {
      this.#tokens.splice(0, this.#head)
      this.#base += this.#head
      this.#head = 0
    }
  }

  /** Whether the next token would be the next key of the block mapping that is open, if it is one. */
  #isAtEntry(): boolean {
    if (this.#head !== this.#tokens.length || this.#flowLevel > 0) return false
    this.#toNextToken()
    return this.#simpleKeyAllowed && this.#column === this.#indent && !this.#simpleKeys[0]?.possible
  }

  /** Skims over the next entry of the block mapping that is open, where that can be done; gives what tells of it. */
  skim(): SkimmedEntry | undefined {
    const skimmer = this.#skimmer
    if (!this.#isAtEntry() || !skimmer.entry(this.#at, this.#column)) return undefined
    this.#at = skimmer.at
    this.#lineStart = skimmer.lineStart
    return skimmer
  }

  /**
   * A whole entry of the block mapping that is open, where the next line is a simple one: the same as its four tokens,
   * key, scalar, value and scalar, at a fraction of the cost. `undefined` where only tokens can tell.
   */
  entry(): YamlEntry | undefined {
    if (!this.#isAtEntry()) return undefined
    const text = this.#text
    entryKey.lastIndex = this.#at
    const key = entryKey.exec(text)?.[1]
    if (key === undefined || key.length > maximumKeyLength - 2) return undefined
    const valueStart = entryKey.lastIndex
    entryValue.lastIndex = valueStart
    const found = entryValue.exec(text)
    if (!found) return undefined
    const valueEnd = entryValue.lastIndex
    const plain = found[3]
    if (plain !== undefined && this.#continues(valueEnd + 1)) return undefined
    const keyStart = this.#at
    this.#at = valueEnd
    this.#simpleKeyAllowed = false
    return {
      key,
      keyStart,
      value: plain ?? found[1] ?? (found[2] as string),
      plain: plain !== undefined,
      valueStart,
      valueEnd,
    }
  }

  /** Whether the line that starts here may go on with a plain scalar of the line above. */
  #continues(lineStart: number): boolean {
    let at = lineStart
    while (this.#text.charCodeAt(at) === space) at++
    const code = this.#text.charCodeAt(at)
    return at - lineStart > this.#indent || isBlankOrEnd(code)
  }

  #needsMore(): boolean {
    if (this.#head === this.#tokens.length) return true
    const number = this.#base + this.#head
    for (const key of this.#simpleKeys)
      if (key.possible && key.token === number && this.#isValid(key)) return !this.#ended
    return false
  }

  #code(offset = 0): number {
    return this.#text.charCodeAt(this.#at + offset)
  }

  get #column(): number {
    return this.#at - this.#lineStart
  }

  #fail(problem: string, context?: string, contextAt?: number): never {
    throw new YamlSyntaxError(problem, this.#at, context, contextAt ?? this.#at)
  }

  #skipLine(): void {
    this.#at += this.#code() === carriageReturn && this.#code(1) === newline ? 2 : 1
    this.#line++
    this.#lineStart = this.#at
  }

  /** Skips a line break and gives the text it stands for. */
  #readLine(): string {
    const code = this.#code()
    this.#skipLine()
    return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n'
  }

  #isDocumentIndicator(): boolean {
    if (this.#at !== this.#lineStart) return false
    const code = this.#code()
    return (
      (code === 45 || code === 46) && this.#code(1) === code && this.#code(2) === code && isBlankOrEnd(this.#code(3))
    )
  }

  #fetch(): void {
    this.#toNextToken()
    for (const key of this.#simpleKeys) this.#isValid(key)
    this.#unroll(this.#column)
    const code = this.#code()
    if (Number.isNaN(code)) {
      this.#fetchEnd()
      return
    }
    if (this.#at === this.#lineStart) {
      if (code === 37) {
        this.#fetchDirective()
        return
      }
      if (this.#isDocumentIndicator()) {
        this.#leaveBlocks()
        this.#single(code === 45 ? 'document-start' : 'document-end', 3)
        return
      }
    }
    const next = this.#code(1)
    switch (code) {
      case 91:
        this.#fetchFlowStart('flow-sequence-start')
        return
      case 123:
        this.#fetchFlowStart('flow-mapping-start')
        return
      case 93:
        this.#fetchFlowEnd('flow-sequence-end')
        return
      case 125:
        this.#fetchFlowEnd('flow-mapping-end')
        return
      case 44:
        this.#removeKey()
        this.#simpleKeyAllowed = true
        this.#single('flow-entry', 1)
        return
      case 45:
        if (isBlankOrEnd(next)) {
          this.#fetchBlockEntry()
          return
        }
        break
      case 63:
        if (this.#flowLevel > 0 || isBlankOrEnd(next)) {
          this.#fetchKey()
          return
        }
        break
      case 58:
        if (this.#flowLevel > 0 || isBlankOrEnd(next)) {
          this.#fetchValue()
          return
        }
        break
      case 42:
        this.#fetchAnchor('alias')
        return
      case 38:
        this.#fetchAnchor('anchor')
        return
      case 33:
        this.#fetchTag()
        return
      case 124:
        if (this.#flowLevel === 0) {
          this.#fetchBlockScalar(true)
          return
        }
        break
      case 62:
        if (this.#flowLevel === 0) {
          this.#fetchBlockScalar(false)
          return
        }
        break
      case 39:
        this.#fetchQuoted(true)
        return
      case 34:
        this.#fetchQuoted(false)
        return
    }
    if (this.#startsPlain(code, next)) {
      this.#fetchPlain()
      return
    }
    this.#fail('found character that cannot start any token', 'while scanning for the next token')
  }

  #startsPlain(code: number, next: number): boolean {
    switch (code) {
      case 45:
        return !isBlank(next)
      case 63:
      case 58:
        return this.#flowLevel === 0 && !isBlankOrEnd(next)
      case 44:
      case 91:
      case 93:
      case 123:
      case 125:
      case 35:
      case 38:
      case 42:
      case 33:
      case 124:
      case 62:
      case 39:
      case 34:
      case 37:
      case 64:
      case 96:
        return false
      default:
        return !isBlankOrEnd(code)
    }
  }

  #toNextToken(): void {
    const text = this.#text
    for (;;) {
      let code = text.charCodeAt(this.#at)
      // The mark counts as a column, so the lines below it are less indented than it: as Psych reads such a file.
      if (code === 0xfeff && this.#at === this.#lineStart) code = text.charCodeAt(++this.#at)
      while (code === space || ((this.#flowLevel > 0 || !this.#simpleKeyAllowed) && code === tab))
        code = text.charCodeAt(++this.#at)
      if (code === 35) while (!isBreakOrEnd(code)) code = text.charCodeAt(++this.#at)
      if (!isBreak(code)) return
      this.#skipLine()
      if (this.#flowLevel === 0) this.#simpleKeyAllowed = true
    }
  }

  #push(token: YamlToken): void {
    this.#tokens.push(token)
  }

  #single(
    kind: Exclude<YamlToken['kind'], 'tag-directive' | 'anchor' | 'alias' | 'tag' | 'scalar'>,
    length: number,
  ): void {
    this.#push({ kind, start: this.#at, end: this.#at + length })
    this.#at += length
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    if (key.line < this.#line || key.at + maximumKeyLength < this.#at) {
      if (key.required) this.#fail("could not find expected ':'", 'while scanning a simple key', key.at)
      key.possible = false
      return false
    }
    return true
  }

  #saveKey(): void {
    if (!this.#simpleKeyAllowed) return
    this.#removeKey()
    const key = this.#simpleKeys[this.#simpleKeys.length - 1] as SimpleKey
    key.possible = true
    key.required = this.#flowLevel === 0 && this.#indent === this.#column
    key.token = this.#base + this.#tokens.length
    key.at = this.#at
    key.line = this.#line
    key.column = this.#column
  }

  #removeKey(): void {
    const key = this.#simpleKeys[this.#simpleKeys.length - 1] as SimpleKey
    if (key.possible && key.required) this.#fail("could not find expected ':'", 'while scanning a simple key', key.at)
    key.possible = false
  }

  /** Opens a block collection at the column where it is deeper than the one around; at the end or before a token. */
  #roll(column: number, kind: 'block-sequence-start' | 'block-mapping-start', at: number, before?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return
    this.#indents.push(this.#indent)
    this.#indent = column
    const token: YamlToken = { kind, start: at, end: at }
    if (before === undefined) this.#push(token)
    else this.#tokens.splice(before - this.#base, 0, token)
  }

  #unroll(column: number): void {
    if (this.#flowLevel > 0) return
    while (this.#indent > column) {
      this.#push({ kind: 'block-end', start: this.#at, end: this.#at })
      this.#indent = this.#indents.pop() as number
    }
  }

  #leaveBlocks(): void {
    this.#unroll(-1)
    this.#removeKey()
    this.#simpleKeyAllowed = false
  }

  #fetchEnd(): void {
    if (this.#column !== 0) {
      this.#line++
      this.#lineStart = this.#at
    }
    this.#leaveBlocks()
    this.#push({ kind: 'stream-end', start: this.#at, end: this.#at })
    this.#ended = true
  }

  #fetchFlowStart(kind: 'flow-sequence-start' | 'flow-mapping-start'): void {
    this.#saveKey()
    this.#simpleKeys.push(newKey())
    this.#flowLevel++
    this.#simpleKeyAllowed = true
    this.#single(kind, 1)
  }

  #fetchFlowEnd(kind: 'flow-sequence-end' | 'flow-mapping-end'): void {
    this.#removeKey()
    if (this.#flowLevel > 0) {
      this.#flowLevel--
      this.#simpleKeys.pop()
    }
    this.#simpleKeyAllowed = false
    this.#single(kind, 1)
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#fail('block sequence entries are not allowed in this context')
      this.#roll(this.#column, 'block-sequence-start', this.#at)
    }
    this.#removeKey()
    this.#simpleKeyAllowed = true
    this.#single('block-entry', 1)
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) this.#fail('mapping keys are not allowed in this context')
      this.#roll(this.#column, 'block-mapping-start', this.#at)
    }
    this.#removeKey()
    this.#simpleKeyAllowed = this.#flowLevel === 0
    this.#single('key', 1)
  }

  #fetchValue(): void {
    const key = this.#simpleKeys[this.#simpleKeys.length - 1] as SimpleKey
    if (this.#isValid(key)) {
      this.#tokens.splice(key.token - this.#base, 0, { kind: 'key', start: key.at, end: key.at })
      this.#roll(key.column, 'block-mapping-start', key.at, key.token)
      key.possible = false
      this.#simpleKeyAllowed = false
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#simpleKeyAllowed) this.#fail('mapping values are not allowed in this context')
        this.#roll(this.#column, 'block-mapping-start', this.#at)
      }
      this.#simpleKeyAllowed = this.#flowLevel === 0
    }
    this.#single('value', 1)
  }

  #fetchAnchor(kind: 'anchor' | 'alias'): void {
    this.#saveKey()
    this.#simpleKeyAllowed = false
    const start = this.#at++
    while (isWord(this.#code())) this.#at++
    const name = this.#text.slice(start + 1, this.#at)
    const code = this.#code()
    const ends = isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code))
    if (name === '' || !ends)
      this.#fail(
        'did not find expected alphabetic or numeric character',
        kind === 'anchor' ? 'while scanning an anchor' : 'while scanning an alias',
        start,
      )
    this.#push({ kind, name, start, end: this.#at })
  }

  #fetchTag(): void {
    this.#saveKey()
    this.#simpleKeyAllowed = false
    const start = this.#at
    const context = 'while scanning a tag'
    let handle = ''
    let suffix: string
    if (this.#code(1) === 60) {
      this.#at += 2
      suffix = this.#tagUri(true, '', start, 'while parsing a tag')
      if (this.#code() !== 62) this.#fail("did not find the expected '>'", context, start)
      this.#at++
    } else {
      this.#at++
      while (isWord(this.#code())) this.#at++
      if (this.#code() === 33) this.#at++
      const head = this.#text.slice(start, this.#at)
      if (head.length > 1 && head.endsWith('!')) {
        handle = head
        suffix = this.#tagUri(false, '', start, 'while parsing a tag')
      } else {
        suffix = this.#tagUri(false, head, start, 'while parsing a tag')
        handle = '!'
        if (suffix === '') {
          handle = ''
          suffix = '!'
        }
      }
    }
    const code = this.#code()
    if (!isBlankOrEnd(code) && !(this.#flowLevel > 0 && code === 44))
      this.#fail('did not find expected whitespace or line break', context, start)
    this.#push({ kind: 'tag', handle, suffix, start, end: this.#at })
  }

  /** `head` is text read already, `!` included, which belongs to the URI. */
  #tagUri(verbatim: boolean, head: string, start: number, context: string): string {
    let uri = head.slice(1)
    let length = head.length
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined || !/[\w\-;/?:@&=+$.%!~*'()]/.test(character)) {
        if (character === undefined || !verbatim || !/[,[\]]/.test(character)) break
      }
      if (character === '%') uri += this.#uriEscapes(start, context)
      else {
        uri += character
        this.#at++
      }
      length++
    }
    if (length === 0) this.#fail('did not find expected tag URI', context, start)
    return uri
  }

  #uriEscapes(start: number, context: string): string {
    const bytes: number[] = []
    let left = 1
    do {
      const digits = this.#text.slice(this.#at + 1, this.#at + 3)
      if (this.#code() !== 37 || !/^[0-9a-fA-F]{2}$/.test(digits))
        this.#fail('did not find URI escaped octet', context, start)
      const octet = Number.parseInt(digits, 16)
      if (bytes.length === 0) {
        left = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0
        if (left === 0) this.#fail('found an incorrect leading UTF-8 octet', context, start)
      } else if (octet >> 6 !== 2) this.#fail('found an incorrect trailing UTF-8 octet', context, start)
      bytes.push(octet)
      this.#at += 3
    } while (bytes.length < left)
    return new TextDecoder().decode(Uint8Array.from(bytes))
  }

  #fetchDirective(): void {
    this.#leaveBlocks()
    const start = this.#at++
    const context = 'while scanning a directive'
    const nameAt = this.#at
    while (isWord(this.#code())) this.#at++
    const name = this.#text.slice(nameAt, this.#at)
    if (name === '') this.#fail('could not find expected directive name', context, start)
    if (!isBlankOrEnd(this.#code())) this.#fail('found unexpected non-alphabetical character', context, start)
    let incompatible = false
    if (name === 'YAML') {
      const version = /[ \t]*(\d{0,9})(\.?)(\d{0,9})/y
      version.lastIndex = this.#at
      const found = version.exec(this.#text) as RegExpExecArray
      if (found[1] === '' || (found[2] !== '' && found[3] === ''))
        this.#fail('did not find expected version number', 'while scanning a %YAML directive', start)
      if (found[2] === '')
        this.#fail("did not find expected digit or '.' character", 'while scanning a %YAML directive', start)
      this.#at += found[0].length
      incompatible = !/1\.[12]$/.test(found[0])
      this.#push({ kind: 'version-directive', start, end: this.#at })
    } else if (name === 'TAG') {
      const value = /[ \t]+(!(?:[\w-]*!)?)[ \t]+/y
      value.lastIndex = this.#at
      const found = value.exec(this.#text)
      if (!found) this.#fail("did not find expected '!'", 'while scanning a tag directive', start)
      this.#at += found[0].length
      const prefix = this.#tagUri(true, '', start, 'while parsing a %TAG directive')
      if (!isBlankOrEnd(this.#code()))
        this.#fail('did not find expected whitespace or line break', 'while scanning a %TAG directive', start)
      this.#push({ kind: 'tag-directive', handle: found[1] as string, prefix, start, end: this.#at })
    } else this.#fail('found unknown directive name', context, start)
    while (isBlank(this.#code())) this.#at++
    if (this.#code() === 35) while (!isBreakOrEnd(this.#code())) this.#at++
    if (!isBreakOrEnd(this.#code())) this.#fail('did not find expected comment or line break', context, start)
    if (isBreak(this.#code())) this.#skipLine()
    if (incompatible) throw new YamlSyntaxError('found incompatible YAML document', start, undefined, 0)
  }

  #fetchBlockScalar(literal: boolean): void {
    this.#removeKey()
    this.#simpleKeyAllowed = true
    const start = this.#at++
    const context = 'while scanning a block scalar'
    let chomp = ''
    let increment = 0
    for (let i = 0; i < 2; i++) {
      const code = this.#code()
      if ((code === 43 || code === 45) && chomp === '') {
        chomp = String.fromCharCode(code)
        this.#at++
      } else if (code >= 48 && code <= 57 && increment === 0) {
        if (code === 48) this.#fail('found an indentation indicator equal to 0', context, start)
        increment = code - 48
        this.#at++
      } else break
    }
    while (isBlank(this.#code())) this.#at++
    if (this.#code() === 35) while (!isBreakOrEnd(this.#code())) this.#at++
    if (!isBreakOrEnd(this.#code())) this.#fail('did not find expected comment or line break', context, start)
    if (isBreak(this.#code())) this.#skipLine()
    let end = this.#at
    let indent = increment > 0 ? Math.max(this.#indent, 0) + increment : 0
    const breaks = (): string => {
      let found = ''
      let deepest = 0
      for (;;) {
        while ((indent === 0 || this.#column < indent) && this.#code() === space) this.#at++
        deepest = Math.max(deepest, this.#column)
        if ((indent === 0 || this.#column < indent) && this.#code() === tab)
          this.#fail('found a tab character where an indentation space is expected', context, start)
        if (!isBreak(this.#code())) break
        found += this.#readLine()
        end = this.#at
      }
      if (indent === 0) indent = Math.max(deepest, this.#indent + 1, 1)
      return found
    }
    const parts: string[] = []
    let leadingBreak = ''
    let leadingBlank = false
    let trailing = breaks()
    while (this.#column === indent && this.#at < this.#text.length) {
      const blank = isBlank(this.#code())
      if (!literal && leadingBreak === '\n' && !leadingBlank && !blank) {
        if (trailing === '') parts.push(' ')
      } else parts.push(leadingBreak)
      parts.push(trailing)
      leadingBlank = blank
      const from = this.#at
      while (!isBreakOrEnd(this.#code())) this.#at++
      parts.push(this.#text.slice(from, this.#at))
      end = this.#at
      leadingBreak = this.#at < this.#text.length ? this.#readLine() : ''
      trailing = breaks()
    }
    if (chomp !== '-') parts.push(leadingBreak)
    if (chomp === '+') parts.push(trailing)
    this.#push({ kind: 'scalar', value: parts.join(''), plain: false, start, end })
  }

  #fetchQuoted(single: boolean): void {
    this.#saveKey()
    this.#simpleKeyAllowed = false
    const text = this.#text
    const start = this.#at
    const oneLine = single ? singleQuotedLine : doubleQuotedLine
    oneLine.lastIndex = start
    if (oneLine.test(text)) {
      this.#at = oneLine.lastIndex
      this.#push({ kind: 'scalar', value: text.slice(start + 1, this.#at - 1), plain: false, start, end: this.#at })
      return
    }
    this.#at++
    const quote = single ? 39 : 34
    const context = 'while scanning a quoted scalar'
    const parts: string[] = []
    for (;;) {
      if (this.#isDocumentIndicator()) this.#fail('found unexpected document indicator', context, start)
      if (this.#at >= text.length) this.#fail('found unexpected end of stream', context, start)
      let from = this.#at
      let folded = false
      let code = this.#code()
      while (!isBlankOrEnd(code)) {
        if (code === quote) {
          if (!single || this.#code(1) !== 39) break
          parts.push(text.slice(from, this.#at + 1))
          this.#at += 2
          from = this.#at
        } else if (code === 92 && !single) {
          parts.push(text.slice(from, this.#at))
          if (isBreak(this.#code(1))) {
            this.#at++
            this.#skipLine()
            folded = true
            from = this.#at
            break
          }
          parts.push(this.#escape(start))
          from = this.#at
        } else this.#at++
        code = this.#code()
      }
      if (this.#at > from) parts.push(text.slice(from, this.#at))
      if (this.#code() === quote) break
      parts.push(this.#fold(folded))
    }
    this.#at++
    this.#push({ kind: 'scalar', value: parts.join(''), plain: false, start, end: this.#at })
  }

  #escape(start: number): string {
    const letter = this.#text[this.#at + 1] ?? ''
    const context = 'while parsing a quoted scalar'
    const simple = escapes[letter]
    if (simple !== undefined) {
      this.#at += 2
      return simple
    }
    const length = hexLengths[letter]
    if (length === undefined) this.#fail('found unknown escape character', context, start)
    this.#at += 2
    const digits = this.#text.slice(this.#at, this.#at + length)
    if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
      this.#fail('did not find expected hexdecimal number', context, start)
    const value = Number.parseInt(digits, 16)
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
      this.#fail('found invalid Unicode character escape code', context, start)
    this.#at += length
    return String.fromCodePoint(value)
  }

  /** White space inside a quoted scalar: blanks on one line stay, line breaks fold. */
  #fold(afterEscapedBreak: boolean): string {
    const from = this.#at
    let leading = afterEscapedBreak
    let firstBreak = ''
    let trailing = ''
    let blanks = ''
    for (;;) {
      const code = this.#code()
      if (isBlank(code)) this.#at++
      else if (isBreak(code)) {
        if (leading) trailing += this.#readLine()
        else {
          firstBreak = this.#readLine()
          leading = true
        }
      } else break
    }
    if (!leading) blanks = this.#text.slice(from, this.#at)
    if (!leading) return blanks
    if (firstBreak === '\n') return trailing === '' ? ' ' : trailing
    return firstBreak + trailing
  }

  #fetchPlain(): void {
    this.#saveKey()
    this.#simpleKeyAllowed = false
    const text = this.#text
    const start = this.#at
    const indent = this.#indent + 1
    const context = 'while scanning a plain scalar'
    let value = ''
    let gap = ''
    let end = start
    let leading = false
    for (;;) {
      if (this.#isDocumentIndicator() || this.#code() === 35) break
      const from = this.#at
      let code = this.#code()
      while (!isBlankOrEnd(code)) {
        if (code === 58) {
          const next = text.charCodeAt(this.#at + 1)
          if (isBlankOrEnd(next)) break
          if (this.#flowLevel > 0 && (isFlowIndicator(next) || next === 63))
            this.#fail("found unexpected ':'", context, start)
        } else if (this.#flowLevel > 0 && isFlowIndicator(code)) break
        code = text.charCodeAt(++this.#at)
      }
      if (this.#at > from) {
        value += gap + text.slice(from, this.#at)
        gap = ''
        leading = false
        end = this.#at
      }
      if (!isBlank(code) && !isBreak(code)) break
      const blanksFrom = this.#at
      let firstBreak = ''
      let trailing = ''
      for (;;) {
        code = this.#code()
        if (isBlank(code)) {
          if (leading && this.#column < indent && code === tab)
            this.#fail('found a tab character that violates indentation', context, start)
          this.#at++
        } else if (isBreak(code)) {
          if (leading) trailing += this.#readLine()
          else {
            firstBreak = this.#readLine()
            leading = true
          }
        } else break
      }
      if (!leading) gap = text.slice(blanksFrom, this.#at)
      else gap = firstBreak === '\n' ? (trailing === '' ? ' ' : trailing) : firstBreak + trailing
      if (this.#flowLevel === 0 && this.#column < indent) break
    }
    if (leading) this.#simpleKeyAllowed = true
    this.#push({ kind: 'scalar', value, plain: true, start, end })
  }
}

function newKey(): SimpleKey {
  return { possible: false, required: false, token: 0, at: 0, line: 0, column: 0 }
}
