/** The escapes of a kind of string: each single character, and whether an escaped line end vanishes. */
export interface Escapes {
  readonly characters: string
  readonly lineEnd: boolean
  /** Whether an unknown escape is worth a warning; it stays as written in any case. */
  readonly warns: boolean
}

export const doubleQuoteEscapes: Escapes = { characters: '\\$\'"rntsu', lineEnd: true, warns: true }

const BACKSLASH = 92
const DOLLAR = 36
const QUOTE = 34

/** The offset of the `'` that ends a string whose contents start at `from`, or -1. */
export function endOfSingleQuoted(text: string, from: number): number {
  // Puppet's pattern takes a quote right at the start as content where another one follows it.
  if (text.charCodeAt(from) === 39) {
    const next = skipPairs(text, from + 1)
    return text.charCodeAt(next) === 39 ? next : from
  }
  for (let at = text.indexOf("'", from); at >= 0; at = text.indexOf("'", at + 1)) {
    if (backslashesBefore(text, at, from) % 2 === 0) return at
  }
  return -1
}

/**
 * The offset of the first `$`, or `"` where `quoted`, at or after `from` that no backslash escapes;
 * -1 for a quoted string that does not end, the length of the text otherwise.
 */
export function endOfSegment(text: string, from: number, quoted: boolean): number {
  const ends = (code: number) => code === DOLLAR || (quoted && code === QUOTE)
  if (ends(text.charCodeAt(from))) {
    const next = skipPairs(text, from + 1)
    return ends(text.charCodeAt(next)) || (!quoted && next === text.length) ? next : from
  }
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += 2
    else if (code === DOLLAR || (quoted && code === QUOTE)) return at
    else at++
  }
  return quoted ? -1 : text.length
}

function skipPairs(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === BACKSLASH && text.charCodeAt(at + 1) === BACKSLASH) at += 2
  return at
}

function backslashesBefore(text: string, at: number, from: number): number {
  let first = at
  while (first > from && text.charCodeAt(first - 1) === BACKSLASH) first--
  return at - first
}

/** The contents of a single-quoted string: `\\` and `\'` are the only escapes. */
export function unescapeSingleQuoted(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([\\'])/g, '$1') : raw
}

/** Resolves escapes; `warn` hears of unknown ones: `u` for a malformed unicode escape, `overflow` for a character there is none of. */
export function resolveEscapes(raw: string, escapes: Escapes, warn: (character: string) => void): string {
  if (!raw.includes('\\')) return raw
  let text = raw
  if (escapes.characters.includes('u') && text.includes('\\u')) {
    // Adjacent escapes overlap in the pattern, so it is applied until nothing changes.
    for (let before = ''; before !== text; ) {
      before = text
      text = text.replace(
        /((?:[^\\]|^)(?:\\\\)*)\\u(?:([\da-fA-F]{4})|\{([\da-fA-F]{1,6})\})/gm,
        (whole, lead: string, four?: string, braced?: string) => {
          const code = Number.parseInt((four ?? braced) as string, 16)
          if (code <= 0x10ffff) return lead + String.fromCodePoint(code)
          warn('overflow')
          return whole
        },
      )
    }
  }
  return text.replace(/\\([^\r\n]|\r?\n)/gu, (whole, character: string) => {
    if (character === '\n' || character === '\r\n') {
      if (escapes.lineEnd) return ''
    } else if (escapes.characters.includes(character)) {
      switch (character) {
        case 'r':
          return '\r'
        case 'n':
          return '\n'
        case 't':
          return '\t'
        case 's':
          return ' '
        case 'u':
          warn('u')
          return whole
        default:
          return character
      }
    }
    if (escapes.warns) warn(character)
    return whole
  })
}
