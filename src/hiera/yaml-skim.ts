const quoted = `"[^"\\\\\\n\\r\\x85\\u2028\\u2029]*"|'[^'\\n\\r\\x85\\u2028\\u2029]*'(?!')`
/** A number, an address or the like; neither a date nor `0x`, which may be refused. */
const digits = '-?(?!0[xb])\\d[\\w./]*'
const blockScalar = new RegExp(
  `${quoted}|[A-Za-z_/][^\\s:#\\x85]*(?:(?::(?=[^\\s\\x85])| +(?=[^\\s:#\\x85]))[^\\s:#\\x85]*)*|${digits}`,
  'y',
)
const flowScalar = new RegExp(
  `${quoted}|[A-Za-z_/][^\\s:#,[\\]{}?\\x85]*(?:(?::(?=[\\w/:])| +(?=[^\\s:#,[\\]{}?\\x85]))[^\\s:#,[\\]{}?\\x85]*)*|${digits}`,
  'y',
)
const blockKey = new RegExp(`(?:${quoted}|[A-Za-z_][\\w.-]*(?::(?=[\\w:.-])[\\w.-]*)*)(?=:[ \\n])`, 'y')
const flowKey = new RegExp(`(?:${quoted}|[A-Za-z_][\\w.-]*)(?=: )`, 'y')
const comment = /#[^\n\r\x85\u2028\u2029]*/y
/** Plain keys that are no strings. */
const otherKey = /^(?:null|true|false|yes|no|on|off)$/i

const newline = 10
const space = 32
const hash = 35
const comma = 44
const dash = 45
const openBracket = 91
const closeBracket = 93
const openBrace = 123
const closeBrace = 125

/** libyaml takes keys of up to 1024 characters that are not marked with `?`. */
const longestKey = 1000
/** Far less than what the parser takes. */
const deepest = 50

/** An entry of a block mapping that is valid and unread: UTF-16 offsets, half-open, quotes included. */
export interface SkimmedEntry {
  /** The key's text, without quotes. */
  readonly name: string
  readonly start: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly end: number
}

/**
 * Finds where entries of a block mapping end without reading them, for those that are written as most are: plain and
 * quoted scalars and flow collections on one line, and block collections of these. Such an entry is valid YAML, Psych
 * refuses nothing in it, no mapping in it has a key twice, and it has no anchors, aliases and tags, so that it means the
 * same whenever it is read. Of everything else nothing is told: that has to be parsed.
 */
export class YamlSkimmer implements SkimmedEntry {
  readonly #text: string
  /** Behind an entry: the first character of the next line that holds something, and where that line starts. */
  at = 0
  lineStart = 0
  name = ''
  start = 0
  keyEnd = 0
  valueStart = 0
  end = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Skims over the entry whose key starts here, at this column; `false` where only the parser can tell. */
  entry(at: number, column: number): boolean {
    this.at = at
    this.lineStart = at - column
    if (!this.#key(blockKey, undefined)) return false
    const { name } = this
    this.start = at
    this.keyEnd = this.at
    const valueStart = this.#value(column, 0)
    if (valueStart === undefined || valueStart === this.end) return false
    this.name = name
    this.valueStart = valueStart
    return this.at === this.#text.length || this.#column <= column
  }

  get #column(): number {
    return this.at - this.lineStart
  }

  #code(): number {
    return this.#text.charCodeAt(this.at)
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    return pattern.test(this.#text)
  }

  #skip(pattern: RegExp): boolean {
    if (!this.#matches(pattern)) return false
    this.at = pattern.lastIndex
    return true
  }

  #skipSpaces(): void {
    while (this.#code() === space) this.at++
  }

  #isDash(): boolean {
    return this.#code() === dash && this.#text.charCodeAt(this.at + 1) === space
  }

  /** Goes to the next line that holds more than a comment; `false` where something else stands before it. */
  #toNextLine(): boolean {
    const text = this.#text
    let line = this.lineStart
    let blank = false
    for (;;) {
      const code = text.charCodeAt(this.at)
      if (code === newline) line = this.at + 1
      else if (code === hash && blank) {
        this.#skip(comment)
        continue
      } else if (code !== space) {
        const moved = line !== this.lineStart
        this.lineStart = line
        // Beyond are blanks, line breaks and a mark that counts as neither.
        return Number.isNaN(code) || (moved && code > space && code < 127)
      }
      blank = true
      this.at++
    }
  }

  /** Reads a key, and says whether it is a string that the mapping did not have. */
  #key(pattern: RegExp, names: Set<string> | undefined): boolean {
    const start = this.at
    if (!this.#skip(pattern) || this.at - start > longestKey) return false
    const isQuoted = this.#text.charCodeAt(start) < 64
    const name = isQuoted ? this.#text.slice(start + 1, this.at - 1) : this.#text.slice(start, this.at)
    if (name === '<<' || names?.has(name) || (!isQuoted && name.length < 6 && otherKey.test(name))) return false
    names?.add(name)
    this.name = name
    return true
  }

  /** What stands behind a key, up to the next line: where it starts, `undefined` where only the parser can tell. */
  #value(indent: number, depth: number): number | undefined {
    const afterColon = ++this.at
    this.#skipSpaces()
    const start = this.at
    const code = this.#code()
    if (code !== newline && code !== hash) return this.#inline(depth) && this.#toNextLine() ? start : undefined
    this.at = afterColon
    if (!this.#toNextLine()) return undefined
    const first = this.at
    const column = this.#column
    const isDash = this.#isDash()
    if (first === this.#text.length || (isDash ? column < indent : column <= indent)) {
      this.end = afterColon
      return afterColon
    }
    const found = isDash ? this.#sequence(column === indent, depth + 1) : this.#mapping(depth + 1)
    return found ? first : undefined
  }

  #mapping(depth: number): boolean {
    const column = this.#column
    const names = new Set<string>()
    if (depth > deepest) return false
    do {
      if (!this.#key(blockKey, names) || this.#value(column, depth) === undefined) return false
      if (this.at === this.#text.length) return true
    } while (this.#column === column)
    return this.#column < column
  }

  /** `indentless`: its dashes stand below the key of its mapping, whose next key may follow. */
  #sequence(indentless: boolean, depth: number): boolean {
    const column = this.#column
    if (depth > deepest) return false
    do {
      this.at++
      this.#skipSpaces()
      const found = this.#matches(blockKey) ? this.#mapping(depth + 1) : this.#inline(depth) && this.#toNextLine()
      if (!found) return false
      if (this.at === this.#text.length) return true
    } while (this.#column === column && this.#isDash())
    return this.#column < column || (indentless && this.#column === column && this.#code() !== dash)
  }

  /** A scalar or a flow collection that ends on its line. */
  #inline(depth: number): boolean {
    const code = this.#code()
    const found = code === openBracket || code === openBrace ? this.#flow(depth) : this.#skip(blockScalar)
    this.end = this.at
    return found
  }

  #flow(depth: number): boolean {
    const names = this.#code() === openBrace ? new Set<string>() : undefined
    const close = names ? closeBrace : closeBracket
    if (depth > deepest) return false
    this.at++
    this.#skipSpaces()
    if (this.#code() === close) {
      this.at++
      return true
    }
    for (;;) {
      if (names) {
        if (!this.#key(flowKey, names)) return false
        this.at++
        this.#skipSpaces()
      }
      const first = this.#code()
      if (first === openBracket || first === openBrace ? !this.#flow(depth + 1) : !this.#skip(flowScalar)) return false
      this.#skipSpaces()
      const code = this.#code()
      this.at++
      if (code === close) return true
      if (code !== comma) return false
      this.#skipSpaces()
    }
  }
}
