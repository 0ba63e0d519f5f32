import type { Escapes } from './string-text.ts'

/** What stands between `@(` and `)`. */
export interface HeredocTag {
  readonly endTag: string
  /** `json` of `@(END:json)`, or `''`. */
  readonly syntax: string
  readonly interpolates: boolean
  /** Absent where the text is taken as it is. */
  readonly escapes?: Escapes
  /** Whether `$` can be escaped, so that a backslash before it counts. */
  readonly escapesDollar: boolean
}

/** The lines of a heredoc without their margin. */
export interface HeredocText {
  readonly text: string
  /** Where each line's text starts in the file, and in `text`. */
  readonly lineStarts: readonly { readonly local: number; readonly global: number }[]
  /** Where the first line starts, margin included. */
  readonly at: number
  /** The offset after the line with the end tag. */
  readonly end: number
}

const tagPattern = /@\(([^:/\r\n)]+)(?::[\t\p{Zs}]*([a-z][a-zA-Z0-9_+]+)[\t\p{Zs}]*)?(?:\/((?:\w|\$)*)[\t\p{Zs}]*)?\)/u

/** Reads `@(…)`; a string is the message of a fault. */
export function readHeredocTag(source: string): HeredocTag | string {
  const match = tagPattern.exec(source)
  if (!match) return 'Invalid syntax in heredoc expected @(endtag[:syntax][/escapes])'
  let endTag = (match[1] as string).trim()
  const quoted = /^"(.*)"$/.exec(endTag)
  if (quoted) endTag = (quoted[1] as string).trim()
  if (endTag.length < 1) return 'Heredoc with an empty endtag'
  const tag = { endTag, syntax: match[2] ?? '', interpolates: quoted !== null }
  if (match[3] === undefined) return { ...tag, escapesDollar: false }
  const letters = [...(match[3] === '' ? 'trnsuL$' : match[3])]
  if (new Set(letters).size !== letters.length)
    return `An escape char for @() may only appear once. Got '${letters.join(', ')}'`
  const wrong = letters.find((letter) => !'trnsuL$'.includes(letter))
  if (wrong !== undefined) return `Invalid heredoc escape char. Only t, r, n, s,  u, L, $ allowed. Got '${wrong}'`
  const characters = `\\${letters.filter((letter) => letter !== 'L').join('')}`
  return {
    ...tag,
    escapes: { characters, lineEnd: letters.includes('L'), warns: false },
    escapesDollar: letters.includes('$'),
  }
}

/** The text from `start` up to the line with the end tag; undefined where no such line follows. */
export function readHeredocText(source: string, start: number, endTag: string): HeredocText | undefined {
  const literal = endTag.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const endLine = new RegExp(
    `([\\t\\p{Zs}]*)(?:(\\|)[\\t\\p{Zs}]*)?(?:(-)[\\t\\p{Zs}]*)?${literal}[\\t\\p{Zs}]*\\r?(?:\\n|$)`,
    'u',
  )
  const lines: { start: number; end: number }[] = []
  for (let at = start; at < source.length; ) {
    const lineEnd = source.indexOf('\n', at)
    const next = lineEnd < 0 ? source.length : lineEnd + 1
    const line = source.slice(at, next)
    const match = line.includes(endTag) ? endLine.exec(line) : null
    if (match) {
      const margin = match[2] ? (match[1] as string) : ''
      return { ...withoutMargin(source, lines, margin, match[3] !== undefined), at: start, end: next }
    }
    lines.push({ start: at, end: next })
    at = next
  }
  return undefined
}

/** Lines that do not start with the margin stay as they are, as Puppet has it. */
function withoutMargin(
  source: string,
  lines: readonly { start: number; end: number }[],
  margin: string,
  removeBreak: boolean,
): Omit<HeredocText, 'at' | 'end'> {
  const parts: string[] = []
  const lineStarts: { local: number; global: number }[] = []
  let length = 0
  for (const line of lines) {
    const from = margin !== '' && source.startsWith(margin, line.start) ? line.start + margin.length : line.start
    lineStarts.push({ local: length, global: from })
    parts.push(source.slice(from, line.end))
    length += line.end - from
  }
  const text = parts.join('')
  return { text: removeBreak ? text.replace(/\r?\n$/, '') : text, lineStarts }
}
