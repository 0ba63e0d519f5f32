import { define } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Origin } from '../value/origin.ts'
import { array, boolean, float, hash, integer, string, undef, type Value } from '../value/value.ts'
import type { YamlResult } from './yaml.ts'

const jsonSyntax = define('error', 'hiera/json-syntax', (problem: string) => problem)

const maximumDepth = 100

class JsonError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** A JSON text as values, each with the span of its own node; comments are skipped, as Ruby's parser does. */
export function parseJson(file: SourceFile): YamlResult {
  try {
    return { value: new JsonReader(file).document(), diagnostics: [] }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const end = Math.min(error.at + 1, file.text.length)
    return { diagnostics: [jsonSyntax([error.message], { span: { file, start: Math.min(error.at, end), end } })] }
  }
}

class JsonReader {
  readonly #file: SourceFile
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(file: SourceFile) {
    this.#file = file
    this.#text = file.text
  }

  #origin(start: number): Origin {
    return { kind: 'literal', span: { file: this.#file, start, end: this.#at } }
  }

  #unexpected(at = this.#at): never {
    throw new JsonError(`unexpected token at '${this.#text.slice(at)}'`, at)
  }

  #skipSpace(): void {
    const ignored = /(?:[ \t\r\n]|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y
    ignored.lastIndex = this.#at
    ignored.exec(this.#text)
    this.#at = ignored.lastIndex
  }

  // document ::= value
  document(): Value {
    this.#skipSpace()
    const value = this.#value()
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#unexpected()
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
    const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
    word.lastIndex = start
    const found = word.exec(this.#text)?.[0]
    if (found === undefined) return this.#unexpected()
    this.#at += found.length
    const origin = this.#origin(start)
    switch (found) {
      case 'true':
        return boolean(true, origin)
      case 'false':
        return boolean(false, origin)
      case 'null':
        return undef(origin)
    }
    if (/^-?0\d/.test(this.#text.slice(start, this.#at + 1))) this.#unexpected(start)
    return /^-?\d+$/.test(found) ? integer(BigInt(found), origin) : float(Number(found), origin)
  }

  #enter(): void {
    if (++this.#depth > maximumDepth) throw new JsonError(`nesting of ${this.#depth} is too deep`, this.#at)
  }

  // object ::= '{' (string ':' value (',' string ':' value)*)? '}'
  #object(): Value {
    const start = this.#at++
    this.#enter()
    const pairs: [Value, Value][] = []
    this.#skipSpace()
    while (this.#text[this.#at] !== '}' || pairs.length > 0) {
      if (this.#text[this.#at] !== '"') this.#unexpected(start)
      const key = this.#string()
      this.#skipSpace()
      if (this.#text[this.#at] !== ':') this.#unexpected(start)
      this.#at++
      this.#skipSpace()
      pairs.push([key, this.#value()])
      this.#skipSpace()
      if (this.#text[this.#at] === '}') break
      if (this.#text[this.#at] !== ',') this.#unexpected(start)
      this.#at++
      this.#skipSpace()
    }
    this.#at++
    this.#depth--
    return hash(pairs, this.#origin(start))
  }

  // array ::= '[' (value (',' value)*)? ']'
  #array(): Value {
    const start = this.#at++
    this.#enter()
    const values: Value[] = []
    this.#skipSpace()
    while (this.#text[this.#at] !== ']' || values.length > 0) {
      values.push(this.#value())
      this.#skipSpace()
      if (this.#text[this.#at] === ']') break
      if (this.#text[this.#at] !== ',') this.#unexpected()
      this.#at++
      this.#skipSpace()
    }
    this.#at++
    this.#depth--
    return array(values, this.#origin(start))
  }

  #string(): Value {
    const start = this.#at
    const pattern = /"((?:[^"\\\0-\x1f]|\\u[0-9a-fA-F]{4}|\\[^u\0-\x1f])*)"/y
    pattern.lastIndex = start
    const found = pattern.exec(this.#text)
    if (!found) return this.#unexpected()
    this.#at = pattern.lastIndex
    return string(unescaped(found[1] as string), this.#origin(start))
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
