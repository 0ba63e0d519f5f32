/** A stretch of template text up to the next tag, or to the end. */
export interface EppText {
  /** The text to render; undefined where there was nothing left to read. */
  readonly text?: string
  /** What follows: nothing, `<%`, or `<%=`. */
  readonly follows: 'end' | 'code' | 'expression'
  /** Where reading goes on. */
  readonly end: number
  readonly fault?: string
}

/** Reads template text from `start`; `trim` drops the blanks and the line end right there (after `-%>`). */
export function readEppText(source: string, start: number, trim: boolean): EppText {
  if (start >= source.length) return { follows: 'end', end: start }
  let text = ''
  let at = start
  let skipLeading = trim
  while (at < source.length) {
    const open = source.indexOf('<%', at)
    const end = open < 0 ? source.length : open + 2
    let part = source.slice(at, end)
    at = end
    if (skipLeading) {
      part = part.replace(/^[ \t]*\r?\n?/, '')
      skipLeading = false
    }
    text += part.replaceAll('%%>', '%>')
    switch (source[at]) {
      case undefined:
        if (text.endsWith('<%'))
          return {
            text,
            follows: 'end',
            end: at,
            fault: 'Unbalanced embedded expression - opening <% and reaching end of input',
          }
        return { text, follows: 'end', end: at }
      case '-':
        return { text: text.replace(/[ \t]*<%$/, ''), follows: 'code', end: at + 1 }
      case '%':
        at++
        break
      case '=':
        return { text: text.slice(0, -2), follows: 'expression', end: at + 1 }
      case '#': {
        text = text.slice(0, -2)
        const close = endOfComment(source, at)
        if (close < 0)
          return { text, follows: 'end', end: at, fault: 'Reaching end after opening <%# without seeing %>' }
        if (source[at + 1] === '-') text = text.replace(/[ \t]*$/, '')
        skipLeading = source[close - 3] === '-'
        at = close
        break
      }
      default:
        return { text: text.slice(0, -2), follows: 'code', end: at }
    }
  }
  // Puppet forgets the text where the template ends right after a comment or `<%%`.
  return { follows: 'end', end: at }
}

/** The offset after the first `%>` that has a character other than `%` before it, at or after `from`; or -1. */
function endOfComment(source: string, from: number): number {
  for (let at = source.indexOf('%>', from + 1); at >= 0; at = source.indexOf('%>', at + 1)) {
    if (source[at - 1] !== '%') return at + 2
  }
  return -1
}
