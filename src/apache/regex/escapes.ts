import { NONE, ONE, type Pattern, REPEAT_LIMIT, VARIABLE } from './pattern.ts'

const UNICODE_PROPERTY = /^\^?\s*[A-Za-z][A-Za-z0-9_ &-]*(?:[:=][A-Za-z0-9_ &-]+)?$/

/** What a backslash outside of a class stands for: a character, a kind of characters, a place or a reference. */
export function readEscape(pattern: Pattern) {
  const { text } = pattern
  const start = pattern.at
  pattern.at++
  if (pattern.at >= text.length) pattern.fail('\\ at end of pattern')
  const char = text[pattern.at] as string
  if (char === 'Q') {
    pattern.at++
    const close = text.indexOf('\\E', pattern.at)
    const end = close < 0 ? text.length : close
    for (let i = pattern.at; i < end; i++) pattern.add(ONE)
    pattern.at = close < 0 ? text.length : close + 2
    return
  }
  if (char === 'E') {
    pattern.at++
    return
  }
  pattern.at++
  if (/[bBAZzG]/.test(char)) return pattern.add(NONE, false)
  if (char === 'K') {
    if (pattern.groups.some((group) => group.kind === 'look')) pattern.fail('\\K is not allowed in lookarounds')
    return pattern.add(NONE, false)
  }
  if (char === 'R' || char === 'X') return pattern.add(VARIABLE)
  if (/[dDsSwWhHvVC]/.test(char)) return pattern.add(ONE)
  if (char === 'N') {
    if (text[pattern.at] === '{' && !pattern.counted()) {
      if (/^\{U\+/.test(text.slice(pattern.at))) pattern.fail('\\N{U+dddd} is supported only in Unicode (UTF) mode')
      pattern.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u')
    }
    return pattern.add(ONE)
  }
  if (char === 'p' || char === 'P') {
    readProperty(pattern)
    return pattern.add(ONE)
  }
  if (char === 'g') return readG(pattern, start)
  if (char === 'k') {
    const open = text[pattern.at]
    const close = open === '{' ? '}' : open === '<' ? '>' : open === "'" ? "'" : undefined
    if (!close) pattern.fail('\\k is not followed by a braced, angle-bracketed, or quoted name')
    pattern.at++
    const name = pattern.readName(close)
    pattern.references.push({ group: name, at: pattern.at })
    return pattern.add({ kind: 'reference', group: name, open: pattern.openCaptures() })
  }
  if (/[1-9]/.test(char)) {
    const digits = (/^\d+/.exec(text.slice(start + 1)) as RegExpExecArray)[0]
    const number = Number(digits)
    // Beyond the groups there are, two or more digits may be octal.
    if (number < 10 || Number(char) >= 8 || number <= pattern.captures) {
      if (number > REPEAT_LIMIT) pattern.fail('number is too big', start + 1 + digits.length)
      pattern.at = start + 1 + digits.length
      pattern.references.push({ group: number, at: pattern.at })
      return pattern.add({ kind: 'reference', group: number, open: pattern.openCaptures() })
    }
    const octal = (/^[0-7]{1,3}/.exec(text.slice(start + 1)) as RegExpExecArray)[0]
    pattern.at = start + 1 + octal.length
    if (Number.parseInt(octal, 8) > 255) pattern.fail('octal value is greater than \\377 in 8-bit non-UTF-8 mode')
    return pattern.add(ONE)
  }
  pattern.at = start
  readCharacterEscape(pattern)
  pattern.add(ONE)
}

function readG(pattern: Pattern, start: number) {
  const rest = pattern.text.slice(pattern.at)
  const open = rest[0]
  if (open === '<' || open === "'") {
    const close = open === '<' ? '>' : "'"
    const number = /^.([+-]?)(\d+)/.exec(rest)
    if (number) {
      pattern.at += number[0].length
      if (pattern.text[pattern.at] !== close)
        pattern.fail('\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number')
      pattern.at++
      const group = pattern.relative(number[1] as string, Number(number[2]))
      pattern.references.push({ group, at: pattern.at })
      return pattern.add({ kind: 'reference', group, open: pattern.openCaptures() })
    }
    pattern.at++
    const name = pattern.readName(close)
    pattern.references.push({ group: name, at: pattern.at })
    return pattern.add({ kind: 'reference', group: name, open: pattern.openCaptures() })
  }
  const number = /^(\{?)([+-]?)(\d+)/.exec(rest)
  if (number) {
    pattern.at += number[0].length
    if (number[1]) {
      if (pattern.text[pattern.at] !== '}')
        pattern.fail('\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number')
      pattern.at++
    }
    if (number[2] === '' && Number(number[3]) === 0) pattern.fail('a numbered reference must not be zero')
    const group = pattern.relative(number[2] as string, Number(number[3]))
    pattern.references.push({ group, at: pattern.at })
    return pattern.add({ kind: 'reference', group, open: pattern.openCaptures() })
  }
  if (open !== '{')
    pattern.fail(
      '\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number',
      start + 2,
    )
  pattern.at++
  const name = pattern.readName('}')
  pattern.references.push({ group: name, at: pattern.at })
  pattern.add({ kind: 'reference', group: name, open: pattern.openCaptures() })
}

/** An escape that stands for one character, in a class or outside; returns its value. */
export function readCharacterEscape(pattern: Pattern): number {
  const { text } = pattern
  const char = text[pattern.at + 1] as string
  pattern.at += 2
  switch (char) {
    case '0': {
      const octal = /^[0-7]{0,2}/.exec(text.slice(pattern.at)) as RegExpExecArray
      pattern.at += octal[0].length
      return Number.parseInt(`0${octal[0]}`, 8)
    }
    case 'o': {
      if (text[pattern.at] !== '{') pattern.fail('missing opening brace after \\o')
      const close = text.indexOf('}', pattern.at)
      const digits = /^\{([0-7]*)/.exec(text.slice(pattern.at)) as RegExpExecArray
      if (digits[1] === '') pattern.fail('digits missing in \\x{} or \\o{} or \\N{U+}', pattern.at + 1)
      const value = Number.parseInt(digits[1] as string, 8)
      if (value > 255) pattern.fail('character code point value in \\x{} or \\o{} is too large')
      if (close !== pattern.at + digits[0].length) pattern.fail('non-octal character in \\o{} (closing brace missing?)')
      pattern.at = close + 1
      return value
    }
    case 'x': {
      if (text[pattern.at] === '{') {
        const digits = (/^\{([0-9A-Fa-f]*)/.exec(text.slice(pattern.at)) as RegExpExecArray)[1] as string
        if (digits === '')
          pattern.fail(
            text[pattern.at + 1] === '}'
              ? 'digits missing in \\x{} or \\o{} or \\N{U+}'
              : 'non-hex character in \\x{} (closing brace missing?)',
            pattern.at + 1,
          )
        const value = Number.parseInt(digits, 16)
        if (value > 255) pattern.fail('character code point value in \\x{} or \\o{} is too large')
        if (text[pattern.at + 1 + digits.length] !== '}')
          pattern.fail('non-hex character in \\x{} (closing brace missing?)')
        pattern.at += digits.length + 2
        return value
      }
      const hex = /^[0-9A-Fa-f]{0,2}/.exec(text.slice(pattern.at)) as RegExpExecArray
      pattern.at += hex[0].length
      return Number.parseInt(`0${hex[0]}`, 16)
    }
    case 'c': {
      const control = text.charCodeAt(pattern.at)
      if (Number.isNaN(control)) pattern.fail('\\c at end of pattern')
      if (control < 32 || control > 126) pattern.fail('\\c must be followed by a printable ASCII character')
      pattern.at++
      return String.fromCharCode(control).toUpperCase().charCodeAt(0) ^ 64
    }
    case 'a':
      return 7
    case 'e':
      return 27
    case 'f':
      return 12
    case 'n':
      return 10
    case 'r':
      return 13
    case 't':
      return 9
  }
  if (/[FLlUu]/.test(char)) pattern.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u')
  if (/[A-Za-z0-9]/.test(char) && char !== 'g') pattern.fail('unrecognized character follows \\')
  return char.charCodeAt(0)
}

/** The name of a property behind `\p` or `\P`. */
export function readProperty(pattern: Pattern) {
  const { text } = pattern
  const next = text[pattern.at]
  if (next === undefined) pattern.fail('malformed \\P or \\p sequence')
  if (next !== '{') {
    pattern.at++
    if (!/[CLMNPSZ]/i.test(next))
      pattern.fail(/[A-Za-z]/.test(next) ? 'unknown property after \\P or \\p' : 'malformed \\P or \\p sequence')
    return
  }
  const close = text.indexOf('}', pattern.at)
  if (close < 0) pattern.fail('malformed \\P or \\p sequence', text.length)
  const name = text.slice(pattern.at + 1, close)
  if (!UNICODE_PROPERTY.test(name)) pattern.fail('malformed \\P or \\p sequence')
  if (!knownProperty(name)) pattern.fail('unknown property after \\P or \\p', close + 1)
  pattern.at = close + 1
}

/** General categories, the special ones, and what JavaScript knows of scripts and binary properties. */
function knownProperty(given: string): boolean {
  const name = given.replace(/^\^/, '').replace(/[ _-]/g, '').toLowerCase()
  if (/^(?:any|l&|lc|c[cfnos]?|l[lmotu]?|m[cen]?|n[dlo]?|p[cdefios]?|s[ckmo]?|z[lps]?|xan|xps|xsp|xuc|xwd)$/.test(name))
    return true
  const plain = given.replace(/^\^/, '').trim()
  const value = plain.replace(/^(?:sc|script|scx|scriptextensions|script_extensions)\s*[:=]\s*/i, '')
  for (const candidate of [
    `Script=${titleCase(value)}`,
    titleCase(plain),
    `Script_Extensions=${titleCase(value)}`,
    plain,
  ]) {
    try {
      new RegExp(`\\p{${candidate}}`, 'u')
      return true
    } catch {
      // not a property under this name
    }
  }
  return false
}

function titleCase(name: string): string {
  return name
    .split(/[ _-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join('_')
}
