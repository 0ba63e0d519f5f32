/**
 * HOCON text → a tree with substitutions still open (the HOCON specification of the Typesafe config library, as the Ruby
 * gem `hocon` reads it). Offsets are UTF-16, half-open.
 */
export type HoconNode =
  | { readonly kind: 'scalar'; readonly value: HoconScalar; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly items: HoconNode[]; readonly start: number; readonly end: number }
  | HoconObject
  | {
      readonly kind: 'substitution'
      readonly path: readonly string[]
      readonly text: string
      readonly optional: boolean
      readonly start: number
      readonly end: number
    }
  /** Values that stand side by side; strings between them hold the white space. */
  | { readonly kind: 'concatenation'; readonly parts: HoconNode[]; readonly start: number; readonly end: number }

type HoconScalar = string | bigint | number | boolean | null

export interface HoconObject {
  readonly kind: 'object'
  /** Each field with all that was assigned to it, first one first. */
  readonly fields: Map<string, HoconField>
  readonly start: number
  readonly end: number
}

export interface HoconField {
  readonly key: { readonly start: number; readonly end: number }
  readonly values: HoconAssignment[]
}
interface HoconAssignment {
  readonly node: HoconNode
  /** `+=`. */
  readonly append: boolean
}

export class HoconError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const unquoted = /(?:(?!\/\/)(?:[^$"{}[\]:=,+#`^?!@*&\\\s]|\ufeff))+/y
const blanks = /(?:(?!\ufeff)[^\S\n])+/y
// A byte order mark is no white space to the gem.
const gaps = /(?:(?!\ufeff)\s|#[^\n]*|\/\/[^\n]*)*/y
const comment = /(?:[^\S\n]|#[^\n]*|\/\/[^\n]*)*/y
const include = /include\s+(?:"[^"\n]*"|(?:required\()?(?:file|url|classpath)\("[^"\n]*"\)\)?)/y
const maximumDepth = 200

/** Throws a HoconError. */
export function parseHoconText(text: string): HoconObject {
  return new HoconReader(text).document()
}

class HoconReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #fail(message: string, at = this.#at): never {
    const line = this.#text.slice(0, at).split('\n').length
    throw new HoconError(`${line}: ${message}`, at)
  }

  #here(): string {
    const found = this.#text[this.#at]
    return found === undefined ? 'end of file' : `'${found}'`
  }

  // document ::= '{' fields '}' | fields
  document(): HoconObject {
    this.#match(gaps)
    if (this.#text[this.#at] === '[') this.#fail('object at file root: has type LIST rather than object at file root')
    const braces = this.#text[this.#at] === '{'
    const start = this.#at
    if (braces) this.#at++
    const fields = this.#fields(braces ? '}' : undefined)
    this.#match(gaps)
    if (this.#at < this.#text.length)
      this.#fail(`Document has trailing tokens after first object or array: ${this.#here()}`)
    return { kind: 'object', fields, start, end: this.#at }
  }

  // fields ::= (field (separator field)*)?
  #fields(close: '}' | undefined): Map<string, HoconField> {
    const fields = new Map<string, HoconField>()
    for (;;) {
      this.#match(gaps)
      const next = this.#text[this.#at]
      if (next === close || next === undefined) {
        if (next === undefined && close !== undefined)
          this.#fail(`Expecting close brace } or a field name here, got end of file`)
        this.#at += next === undefined ? 0 : 1
        return fields
      }
      // Hiera hands over a text without a directory, in which nothing can be included: the statement has no effect.
      if (this.#match(include) === '') this.#field(fields)
      this.#separator(close ?? '')
    }
  }

  /** A comma or a line end; a second comma is refused where the next value is read. */
  #separator(close: string): void {
    this.#match(comment)
    const next = this.#text[this.#at]
    if (next === ',') {
      this.#at++
      return
    }
    if (next === undefined || next === '\n' || next === close) {
      this.#match(gaps)
      if (this.#text[this.#at] === ',') this.#at++
      return
    }
    this.#fail(`Expecting a comma or a line end, got ${this.#here()}`)
  }

  // field ::= path (':' | '=' | '+=')? value
  #field(fields: Map<string, HoconField>): void {
    const start = this.#at
    const path = this.#path(':=+{')
    if (path[0] === 'include' && path.length === 1) this.#fail('include is a reserved word', start)
    const end = this.#at
    this.#match(gaps)
    let append = false
    if (this.#text.startsWith('+=', this.#at)) {
      append = true
      this.#at += 2
    } else if (this.#text[this.#at] === ':' || this.#text[this.#at] === '=') this.#at++
    else if (this.#text[this.#at] !== '{')
      this.#fail(`Key '${this.#text.slice(start, end).trim()}' may not be followed by token: ${this.#here()}`)
    this.#match(gaps)
    const node = this.#value()
    let at = fields
    path.forEach((name, i) => {
      const last = i === path.length - 1
      const inner: HoconNode = last ? node : { kind: 'object', fields: new Map(), start: node.start, end: node.end }
      at = assign(at, name, { node: inner, append: last && append }, { start, end })
    })
  }

  // path ::= (unquoted | quoted)+ with dots between
  #path(terminators: string): string[] {
    const start = this.#at
    const names: string[] = []
    let current: string | undefined
    for (;;) {
      const next = this.#text[this.#at]
      if (next === '"') {
        current = (current ?? '') + this.#quoted()
        continue
      }
      const space = this.#match(blanks)
      if (space !== '') {
        if (current !== undefined && !terminators.includes(this.#text[this.#at] ?? '\n')) current += space
        continue
      }
      const word = this.#match(unquoted)
      if (word === '') break
      const parts = word.split('.')
      parts.forEach((part, i) => {
        if (i > 0) {
          names.push(current ?? '')
          current = undefined
        }
        if (part !== '') current = (current ?? '') + part
      })
      if (parts.length > 1 && parts.at(-1) === '') current = this.#text[this.#at] === '"' ? '' : current
    }
    if (current !== undefined) names.push(current)
    if (names.length === 0 || names.includes(''))
      this.#fail(`Token not allowed in path expression: ${this.#here()}`, start)
    return names.map((name, i) => (i === names.length - 1 ? name.trimEnd() : name))
  }

  // value ::= part+ on one line
  #value(): HoconNode {
    if (++this.#depth > maximumDepth) this.#fail(`nested deeper than ${maximumDepth} levels`)
    const start = this.#at
    const parts: HoconNode[] = []
    for (;;) {
      const before = this.#at
      const space = this.#match(blanks)
      const from = this.#at
      const part = this.#part()
      if (!part) {
        this.#at = before
        break
      }
      if (space !== '' && parts.length > 0) parts.push({ kind: 'scalar', value: space, start: before, end: from })
      parts.push(part)
    }
    this.#depth--
    const [only] = parts
    if (!only) return this.#fail(`Expecting a value but got wrong token: ${this.#here()}`)
    return parts.length === 1 ? only : { kind: 'concatenation', parts, start, end: this.#at }
  }

  #part(): HoconNode | undefined {
    const start = this.#at
    switch (this.#text[start]) {
      case '{': {
        this.#at++
        const fields = this.#fields('}')
        return { kind: 'object', fields, start, end: this.#at }
      }
      case '[':
        return this.#array()
      case '"':
        return { kind: 'scalar', value: this.#quoted(), start, end: this.#at }
      case '$':
        return this.#substitution()
    }
    const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![^\s$"{}[\]:=,+#`^?!@*&\\])/y
    const digits = this.#match(number)
    if (digits !== '') return { kind: 'scalar', value: numeric(digits), start, end: this.#at }
    const word = this.#match(unquoted)
    if (word === '') return undefined
    const value = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : word
    return { kind: 'scalar', value, start, end: this.#at }
  }

  #array(): HoconNode {
    const start = this.#at++
    const items: HoconNode[] = []
    for (;;) {
      this.#match(gaps)
      if (this.#text[this.#at] === ']') break
      if (this.#at >= this.#text.length)
        this.#fail('List should have ] or a first element after the open [, instead had token: end of file')
      items.push(this.#value())
      this.#separator(']')
    }
    this.#at++
    return { kind: 'array', items, start, end: this.#at }
  }

  #quoted(): string {
    const start = this.#at
    if (this.#text.startsWith('"""', start)) {
      let end = this.#text.indexOf('"""', start + 3)
      if (end < 0) this.#fail('End of input but triple quoted string was still open', start)
      // Quotes before the closing three belong to the text.
      while (this.#text[end + 3] === '"') end++
      this.#at = end + 3
      return this.#text.slice(start + 3, end)
    }
    const pattern = /"((?:[^"\\\n]|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt])*)"/y
    pattern.lastIndex = start
    const found = pattern.exec(this.#text)
    if (!found) this.#fail('End of input but string quote was still open', start)
    this.#at = pattern.lastIndex
    return JSON.parse(
      `"${(found[1] as string).replace(/[\0-\x1f]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`,
    ) as string
  }

  #substitution(): HoconNode {
    const start = this.#at
    const open = /\$\{\??/y
    const head = this.#match(open)
    if (head === '') this.#fail("'$' not followed by {, '$' not allowed after ''")
    const path = this.#path('}')
    if (this.#text[this.#at] !== '}') this.#fail('A substitution was not closed with a }', start)
    this.#at++
    const text = this.#text.slice(start, this.#at)
    return { kind: 'substitution', path, text, optional: head.endsWith('?'), start, end: this.#at }
  }
}

/** A number without fraction is an Integer, however it is written. */
function numeric(text: string): bigint | number {
  if (/^-?\d+$/.test(text)) return BigInt(text)
  const number = Number(text)
  return Number.isInteger(number) ? BigInt(number) : number
}

/** Adds an assignment to a field and gives the fields below it, for the rest of a path. */
function assign(
  fields: Map<string, HoconField>,
  name: string,
  assignment: HoconAssignment,
  key: HoconField['key'],
): Map<string, HoconField> {
  const field = fields.get(name)
  const { node } = assignment
  if (!field) {
    fields.set(name, { key, values: [assignment] })
    return node.kind === 'object' ? node.fields : new Map()
  }
  const last = field.values.at(-1)
  if (node.kind === 'object' && last?.node.kind === 'object' && !assignment.append) {
    for (const [inner, own] of node.fields)
      for (const value of own.values) assign(last.node.fields, inner, value, own.key)
    return last.node.fields
  }
  field.values.push(assignment)
  return node.kind === 'object' ? node.fields : new Map()
}
