import { readCharacterEscape, readProperty } from './escapes.ts'
import { NONE, ONE, type Pattern } from './pattern.ts'

const POSIX = [
  'alpha',
  'lower',
  'upper',
  'alnum',
  'ascii',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'print',
  'punct',
  'space',
  'word',
  'xdigit',
]

/** A class between brackets, with its ranges and POSIX names. */
export function readClass(pattern: Pattern) {
  const { text } = pattern
  const start = pattern.at
  const posix = /^\[([:.=])/.exec(text.slice(start))
  if (posix && posixEnd(pattern, start) !== undefined)
    pattern.fail(
      posix[1] === ':'
        ? 'POSIX named classes are supported only within a class'
        : 'POSIX collating elements are not supported',
    )
  if (/^\[\[:[<>]:\]\]/.test(text.slice(start))) {
    pattern.at += 7
    return pattern.add(NONE)
  }
  pattern.at++
  if (text[pattern.at] === '^') pattern.at++
  let first = true
  let previous: number | 'class' | undefined
  let range: number | undefined
  const literal = (value: number) => {
    if (range !== undefined) {
      if (value < range) pattern.fail('range out of order in character class', pattern.at - 1)
      range = undefined
      previous = undefined
    } else previous = value
  }
  let quoted = false
  for (;;) {
    if (pattern.at >= text.length) pattern.fail('missing terminating ] for character class', text.length)
    const char = text[pattern.at] as string
    if (quoted) {
      if (text.startsWith('\\E', pattern.at)) {
        quoted = false
        pattern.at += 2
      } else {
        pattern.at++
        literal(char.charCodeAt(0))
        first = false
      }
      continue
    }
    if (text.startsWith('\\Q', pattern.at)) {
      quoted = true
      pattern.at += 2
      continue
    }
    if (text.startsWith('\\E', pattern.at)) {
      pattern.at += 2
      continue
    }
    if (pattern.flags.extendedMore && (char === ' ' || char === '\t')) {
      pattern.at++
      continue
    }
    if (char === ']' && !first) break
    first = false
    if (char === '[' && /[:.=]/.test(text[pattern.at + 1] ?? '')) {
      const end = posixEnd(pattern, pattern.at)
      if (end !== undefined) {
        if (range !== undefined) pattern.fail('invalid range in character class', pattern.at)
        if (text[pattern.at + 1] !== ':') pattern.fail('POSIX collating elements are not supported', pattern.at)
        const name = text.slice(pattern.at + 2, end).replace(/^\^/, '')
        if (!POSIX.includes(name)) pattern.fail('unknown POSIX class name', pattern.at)
        pattern.at = end + 2
        if (text[pattern.at] === '-' && pattern.at + 1 < text.length && text[pattern.at + 1] !== ']')
          pattern.fail('invalid range in character class', pattern.at)
        previous = 'class'
        continue
      }
    }
    if (char === '-' && range === undefined && typeof previous === 'number') {
      const next = skipEmptyQuotes(pattern, pattern.at + 1)
      if (text[next] !== ']' && next < text.length) {
        pattern.at++
        range = previous
        previous = undefined
        continue
      }
    }
    if (char !== '\\') {
      pattern.at++
      literal(char.charCodeAt(0))
      continue
    }
    const kind = readClassEscape(pattern)
    if (typeof kind === 'number') literal(kind)
    else {
      if (range !== undefined) pattern.fail('invalid range in character class', pattern.at - 1)
      if (text[pattern.at] === '-' && pattern.at + 1 < text.length && text[pattern.at + 1] !== ']')
        pattern.fail('invalid range in character class', pattern.at)
      previous = 'class'
    }
  }
  pattern.at++
  pattern.add(ONE)
}

function skipEmptyQuotes(pattern: Pattern, from: number): number {
  let at = from
  while (pattern.text.startsWith('\\E', at) || pattern.text.startsWith('\\Q\\E', at))
    at += pattern.text.startsWith('\\E', at) ? 2 : 4
  return at
}

function readClassEscape(pattern: Pattern): number | 'class' {
  const { text } = pattern
  const char = text[pattern.at + 1]
  if (char === undefined) pattern.fail('\\ at end of pattern', text.length)
  if (/[dDsSwWhHvV]/.test(char)) {
    pattern.at += 2
    return 'class'
  }
  if (char === 'p' || char === 'P') {
    pattern.at += 2
    readProperty(pattern)
    return 'class'
  }
  if (char === 'b') {
    pattern.at += 2
    return 8
  }
  if (/[BRX]/.test(char)) pattern.fail('escape sequence is invalid in character class', pattern.at + 2)
  if (char === 'N')
    pattern.fail(
      text[pattern.at + 2] === '{' && !/^\{\d/.test(text.slice(pattern.at + 2))
        ? 'PCRE2 does not support \\N{name}'
        : '\\N is not supported in a class',
      pattern.at + 2,
    )
  if (/[AGKZzCk]/.test(char)) {
    // These are known outside of classes only.
    pattern.at += 2
    pattern.fail('escape sequence is invalid in character class')
  }
  if (/[1-9]/.test(char)) {
    if (char >= '8') {
      pattern.at += 2
      return char.charCodeAt(0)
    }
    const octal = (/^[0-7]{1,3}/.exec(text.slice(pattern.at + 1)) as RegExpExecArray)[0]
    pattern.at += 1 + octal.length
    const value = Number.parseInt(octal, 8)
    if (value > 255) pattern.fail('octal value is greater than \\377 in 8-bit non-UTF-8 mode')
    return value
  }
  return readCharacterEscape(pattern)
}

/** Where `[:name:]` and its kin end, for what stands at `start`; the offset of the closing pair. */
function posixEnd(pattern: Pattern, start: number): number | undefined {
  const { text } = pattern
  const mark = text[start + 1] as string
  for (let at = start + 2; at + 1 < text.length; at++) {
    const char = text[at]
    if (char === '\\' && (text[at + 1] === ']' || text[at + 1] === '\\')) at++
    else if ((char === '[' && text[at + 1] === mark) || char === ']') return undefined
    else if (char === mark && text[at + 1] === ']') return at
  }
  return undefined
}
