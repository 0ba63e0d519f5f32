const escapes = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\f', '\\f'],
  ['\v', '\\v'],
  ['\b', '\\b'],
  ['\x07', '\\a'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
])

/** Ruby's String#inspect. */
export function inspectText(text: string): string {
  let result = '"'
  const characters = [...text]
  for (const [index, character] of characters.entries()) {
    const escaped = escapes.get(character)
    const next = characters[index + 1]
    if (escaped !== undefined) result += escaped
    else if (character === '#' && (next === '{' || next === '$' || next === '@')) result += '\\#'
    else if (/[\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) {
      const code = (character.codePointAt(0) as number).toString(16).toUpperCase()
      result += unicodeEscape(code)
    } else result += character
  }
  return `${result}"`
}

function unicodeEscape(code: string): string {
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`
}
