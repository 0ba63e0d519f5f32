/** Text that is safe to show, and where the offsets of the original went. */
export interface VisibleText {
  readonly text: string
  /** The place in `text` of an offset of the original, in UTF-16 units. */
  readonly place: (offset: number) => number
}

/** Control characters, the ones that change the direction of text, invisible ones, and halves of surrogate pairs. */
const unsafe =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Shows a text as it is: characters that a terminal or a browser would act upon get a picture (`␛`) or their code
 * (`<U+202E>`). Tabs stay.
 */
export function visible(text: string): string {
  return text.replace(unsafe, picture)
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '␡'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

const tabWidth = 4

/** One line for a terminal: visible, tabs as blanks. */
export function visibleLine(line: string): VisibleText {
  if (!/[^\u0020-\u007e]/.test(line)) return { text: line, place: (offset) => offset }
  let text = ''
  let column = 0
  const places: number[] = []
  for (const character of line) {
    for (let i = 0; i < character.length; i++) places.push(text.length)
    const shown = character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(character)
    text += shown
    column += textWidth(shown)
  }
  places.push(text.length)
  return { text, place: (offset) => places[Math.min(offset, places.length - 1)] as number }
}

/** The columns of a terminal that a text takes; wide East Asian characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  if (!/[^\u0020-\u007e]/.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

const combining = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u

function characterWidth(character: string): number {
  return combining.test(character) ? 0 : wide.test(character) ? 2 : 1
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}
