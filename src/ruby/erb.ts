import { templateRepeats } from './repeatable.ts'

/** A stretch of a template: text as it stands, or a tag. Offsets into the template, half-open. */
export interface ErbPart {
  readonly kind: 'text' | 'value' | 'code' | 'comment'
  readonly start: number
  readonly end: number
}

export interface ErbProgram {
  /** Ruby that writes to `_erbout`, with the template's own line numbers; numbers in it are indexes of `parts`. */
  readonly code: string
  readonly parts: readonly ErbPart[]
  /** Names of the instance variables that the tags mention. */
  readonly variables: readonly string[]
  /** Whether code may reach instance variables by names that are not in its text. */
  readonly dynamic: boolean
  /** Whether the same values give the same text, as far as nothing is asked for. */
  readonly repeats: boolean
}

/**
 * Translates a template as Ruby's ERB does with trim mode `-`, the mode of Puppet's `template`: `-%>` takes the line
 * end after it, `<%-` the blanks before it, `<%%` and `%%>` stand for themselves. The shape of the program, down to
 * which commands share a line, is ERB's, so that a comment in a tag hides the same code.
 */
export function compileErb(template: string): ErbProgram {
  const parts: ErbPart[] = []
  const lines: string[] = []
  const commands: string[] = []
  const variables = new Set<string>()
  let dynamic = false
  let repeats = true
  const breakLine = (): void => {
    lines.push(commands.join('; '))
    commands.length = 0
  }
  let at = 0
  let text = ''
  let textStart = 0
  const addText = (end: number): void => {
    if (text === '') return
    parts.push({ kind: 'text', start: textStart, end })
    commands.push(
      `_erbout.__text(${parts.length - 1}, ${rubyString(text)}) { binding }${'\n'.repeat(count(text, '\n'))}`,
    )
    text = ''
  }
  while (at < template.length) {
    const open = template.indexOf('<%', at)
    if (open < 0) {
      text += template.slice(at)
      at = template.length
      break
    }
    const mark = template[open + 2]
    if (mark === '%') {
      text += `${template.slice(at, open)}<%`
      at = open + 3
      continue
    }
    let before = open
    if (mark === '-') {
      let blank = open
      while (blank > at && (template[blank - 1] === ' ' || template[blank - 1] === '\t')) blank--
      if (blank === at || template[blank - 1] === '\n') before = blank
    }
    text += template.slice(at, before)
    addText(before)
    const kind = mark === '=' ? 'value' : mark === '#' ? 'comment' : 'code'
    let inner = open + (mark === '=' || mark === '#' || mark === '-' ? 3 : 2)
    let content = ''
    let close = -1
    let next = inner
    for (;;) {
      const end = template.indexOf('%>', next)
      if (end < 0) break
      if (end > inner && template[end - 1] === '%') {
        content += `${template.slice(inner, end - 1)}%>`
        inner = end + 2
        next = inner
        continue
      }
      close = end
      break
    }
    if (close < 0) {
      // A tag that nobody closes is text, without its opening.
      text = content + template.slice(inner)
      textStart = inner
      at = template.length
      addText(at)
      break
    }
    const trimmed = close > inner && template[close - 1] === '-'
    content += template.slice(inner, trimmed ? close - 1 : close)
    parts.push({ kind, start: open, end: close + 2 })
    const number = parts.length - 1
    at = close + 2
    if (kind === 'value') {
      commands.push(`_erbout.__value(${number}, (${content})) { binding }`)
    } else if (kind === 'code') {
      if (content.endsWith('\n')) {
        commands.push(content.slice(0, -1))
        breakLine()
      } else commands.push(content)
    } else if (content.includes('\n')) commands.push('\n'.repeat(count(content, '\n')))
    if (kind !== 'comment') {
      for (const [, name] of content.matchAll(/@([A-Za-z_]\w*)/g)) variables.add(name as string)
      repeats &&= templateRepeats(content)
      dynamic ||= /instance_variable|\bbinding\b|\b(?:instance_|class_)?eval\b|\b(?:public_)?send\b/.test(content)
    }
    if (trimmed) {
      const lineEnd = template.startsWith('\r\n', at) ? 2 : template[at] === '\n' ? 1 : 0
      if (lineEnd > 0 || at === template.length) {
        at += lineEnd
        breakLine()
      }
    }
    textStart = at
  }
  addText(template.length)
  commands.push('_erbout')
  breakLine()
  return { code: lines.join('\n'), parts, variables: [...variables], dynamic, repeats }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** A Ruby string literal on one line. */
function rubyString(text: string): string {
  const escaped = text.replace(/["\\#\x00-\x1f\x7f]/g, (c) => {
    if (c === '\n') return '\\n'
    return c.charCodeAt(0) < 0x20 || c === '\x7f' ? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}` : `\\${c}`
  })
  return `"${escaped}"`
}
