import { isSpace } from './lines.ts'

/** A word of a line: its unquoted value, and where it stands (quotes included). */
export interface Word {
  readonly value: string
  readonly start: number
  readonly end: number
  /** Where the next word begins, white space skipped. */
  readonly next: number
}

/**
 * The next word as httpd splits configuration lines: separated by white space, or between quotes;
 * inside quotes `\"` (the quote in use) and `\\` stand for one character, outside only `\\` does.
 * At the end of the text the word is empty.
 */
export function readWord(text: string, from: number, until = text.length): Word {
  const start = skipSpace(text, from, until)
  if (start >= until) return { value: '', start, end: start, next: start }
  const quote = text.charCodeAt(start)
  let at = start
  let end: number
  let value: string
  if (quote === 34 || quote === 39) {
    at++
    let escaped = false
    while (at < until && text.charCodeAt(at) !== quote) {
      const next = at + 1 < until ? text.charCodeAt(at + 1) : -1
      if (text.charCodeAt(at) === 92 && (next === quote || next === 92)) {
        escaped = true
        at += 2
      } else at++
    }
    at = Math.min(at, until)
    value = text.slice(start + 1, at)
    if (escaped) value = unescaped(value, quote)
    end = at < until ? at + 1 : at
  } else {
    while (at < until && !isSpace(text.charCodeAt(at))) at++
    value = text.slice(start, at)
    if (value.includes('\\\\')) value = unescaped(value, -1)
    end = at
  }
  return { value, start, end, next: skipSpace(text, end, until) }
}

/** The same, but a word may also stand between braces, which nest. */
export function readBracedWord(text: string, from: number, until = text.length): Word {
  const start = skipSpace(text, from, until)
  if (text[start] !== '{' || start >= until) return readWord(text, from, until)
  let depth = 1
  let at = start + 1
  while (at < until) {
    const char = text[at]
    if (char === '}' && --depth === 0) break
    if (char === '{') depth++
    if (char === '\\' && text[at + 1] === '\\') at++
    at++
  }
  at = Math.min(at, until)
  const end = at < until ? at + 1 : at
  return { value: unescaped(text.slice(start + 1, at), -1), start, end, next: skipSpace(text, end, until) }
}

/** All words of a text. */
export function readWords(text: string, from = 0, until = text.length): Word[] {
  const words: Word[] = []
  for (let at = skipSpace(text, from, until); at < until; ) {
    const word = readWord(text, at, until)
    words.push(word)
    at = word.next
  }
  return words
}

export function skipSpace(text: string, from: number, until = text.length): number {
  let at = from
  while (at < until && isSpace(text.charCodeAt(at))) at++
  return at
}

function unescaped(text: string, quote: number): string {
  let result = ''
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) === 92) {
      const next = text.charCodeAt(i + 1)
      if (next === 92 || next === quote) i++
    }
    result += text[i] ?? ''
  }
  return result
}
