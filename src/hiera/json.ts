import { define } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type Origin, unknownOrigin } from '../value/origin.ts'
import { array, boolean, float, type HashEntry, hashKey, integer, string, undef, type Value } from '../value/value.ts'
import { LateEntry, type StretchReader } from './late-entry.ts'
import type { YamlResult } from './yaml.ts'

const jsonSyntax = define('error', 'hiera/json-syntax', (problem: string) => problem)

const maximumDepth = 100

export interface JsonOptions {
  /**
   * What a message quotes: the text from the array's element or the document that has the fault, as Ruby's parser does
   * for Puppet (default), or from the fault on.
   */
  readonly named?: 'element' | 'fault'
}

class JsonError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const ignored = /(?:[ \t\r\n]|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*/y
const openComment = /\/[/*]/y
const special = /NaN|-?Infinity/y
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const quoted = /"[^"\\\0-\x1f]*(?:\\(?:u[0-9a-fA-F]{4}|[^u\0-\x1f])[^"\\\0-\x1f]*)*"/y

/**
 * A JSON text as values, each with the span of its own node; comments are skipped, as Ruby's parser does. Of a document
 * that is an object, the whole is checked at once, and what an entry holds is made when somebody asks for it.
 */
export function parseJson(file: SourceFile, { named = 'element' }: JsonOptions = {}): YamlResult {
  try {
    return { value: new JsonReader(file, 0, named).document(), diagnostics: [] }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const end = Math.min(error.at + 1, file.text.length)
    return { diagnostics: [jsonSyntax([error.message], { span: { file, start: Math.min(error.at, end), end } })] }
  }
}

/** Stands for what is checked and not made. */
const unmade = undef(unknownOrigin)
const noEntries = new Map<string, HashEntry>()

class JsonReader implements StretchReader {
  readonly #file: SourceFile
  readonly #text: string
  #at: number
  #depth = 0
  /** Where the document starts, or the element of an array that is being read. */
  #element = 0
  /** Nothing is made below the object that the document is. */
  #late = false

  readonly #named: JsonOptions['named']

  constructor(file: SourceFile, at = 0, named: JsonOptions['named'] = 'element') {
    this.#file = file
    this.#named = named
    this.#text = file.text
    this.#at = at
  }

  lateKey(start: number): Value {
    return new JsonReader(this.#file, start).#string()
  }

  lateValue(start: number): Value {
    return new JsonReader(this.#file, start).#value()
  }

  #origin(start: number): Origin {
    return { kind: 'literal', span: { file: this.#file, start, end: this.#at } }
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  /** Ruby's parser names the element of the innermost array that the fault is in, or else the document. */
  #unexpected(from = this.#element, at = this.#at): never {
    throw new JsonError(`unexpected token at '${this.#text.slice(this.#named === 'fault' ? at : from)}'`, at)
  }

  /** Where a fault would be that is told by its own place: a comment without an end reaches to that of the text. */
  #place(): number {
    openComment.lastIndex = this.#at
    return openComment.test(this.#text) ? this.#text.length : this.#at
  }

  #skipSpace(): void {
    this.#skip(ignored)
  }

  // document ::= value
  document(): Value {
    this.#skipSpace()
    this.#late = this.#text[this.#at] === '{'
    this.#element = this.#place()
    const value = this.#value()
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#unexpected(this.#place())
    return value
  }

  // value ::= object | array | string | number | 'true' | 'false' | 'null'
  #value(): Value {
    const start = this.#at
    switch (this.#text[start]) {
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
        return this.#string()
    }
    // Ruby's parser knows these and names them; it takes one step too many back from the longer one.
    if (this.#skip(special)) this.#unexpected(Math.max(0, this.#text[start] === 'I' ? start - 1 : start), start)
    if (!this.#skip(word)) return this.#unexpected()
    if (/^-?0\d/.test(this.#text.slice(start, this.#at + 1))) this.#unexpected(this.#element, start)
    if (this.#late) return unmade
    const found = this.#text.slice(start, this.#at)
    const origin = this.#origin(start)
    switch (found) {
      case 'true':
        return boolean(true, origin)
      case 'false':
        return boolean(false, origin)
      case 'null':
        return undef(origin)
    }
    return /^-?\d+$/.test(found) ? integer(BigInt(found), origin) : float(Number(found), origin)
  }

  #enter(): void {
    if (++this.#depth > maximumDepth) throw new JsonError(`nesting of ${this.#depth} is too deep`, this.#at)
  }

  // object ::= '{' (string ':' value (',' string ':' value)*)? '}'
  #object(): Value {
    const start = this.#at++
    this.#enter()
    const entries = this.#late && this.#depth > 1 ? noEntries : new Map<string, HashEntry>()
    let isFirst = true
    this.#skipSpace()
    while (this.#text[this.#at] !== '}' || !isFirst) {
      isFirst = false
      if (this.#text[this.#at] !== '"') this.#unexpected()
      const keyStart = this.#at
      const key = this.#string()
      const keyEnd = this.#at
      this.#skipSpace()
      if (this.#text[this.#at] !== ':') this.#unexpected()
      this.#at++
      this.#skipSpace()
      const valueStart = this.#at
      const value = this.#value()
      if (!this.#late) entries.set(hashKey(key), { key, value })
      else if (this.#depth === 1) {
        const name = unescaped(this.#text.slice(keyStart + 1, keyEnd - 1))
        entries.set(`'${name}`, new LateEntry(this, keyStart, keyEnd, valueStart, this.#at))
      }
      this.#skipSpace()
      if (this.#text[this.#at] === '}') break
      if (this.#text[this.#at] !== ',') this.#unexpected()
      this.#at++
      this.#skipSpace()
    }
    this.#at++
    this.#depth--
    return this.#late && this.#depth > 0 ? unmade : { kind: 'hash', entries, origin: this.#origin(start) }
  }

  // array ::= '[' (value (',' value)*)? ']'
  #array(): Value {
    const start = this.#at++
    this.#enter()
    const values: Value[] = []
    const around = this.#element
    let isFirst = true
    this.#skipSpace()
    while (this.#text[this.#at] !== ']' || !isFirst) {
      isFirst = false
      this.#element = this.#place()
      const value = this.#value()
      if (!this.#late) values.push(value)
      this.#skipSpace()
      if (this.#text[this.#at] === ']') break
      if (this.#text[this.#at] !== ',') this.#unexpected(this.#place())
      this.#at++
      this.#skipSpace()
    }
    this.#at++
    this.#depth--
    this.#element = around
    return this.#late ? unmade : array(values, this.#origin(start))
  }

  #string(): Value {
    const start = this.#at
    if (!this.#skip(quoted)) return this.#unexpected()
    if (this.#late) return unmade
    return string(unescaped(this.#text.slice(start + 1, this.#at - 1)), this.#origin(start))
  }
}

const simple: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** An escaped character that means nothing stands for itself. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (simple[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
