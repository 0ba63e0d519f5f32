import type { SourceFile, Span } from '../source/source-file.ts'
import { type Argument, type ConfigItem, type ConfigTree, DEEPEST_SECTION } from './config-tree.ts'
import { type LogicalLine, lineSpan, readLines } from './lines.ts'
import { readWord, readWords, type Word } from './words.ts'

interface Open {
  readonly name: string
  readonly line: LogicalLine
  readonly nameSpan: Span
  readonly args: readonly Argument[]
  readonly items: ConfigItem[]
}

/**
 * Reads a configuration file into a tree; nothing is refused. A closing tag closes the nearest open
 * section of its name together with all that stand open inside it. What opens a section deeper than any that is judged
 * is a directive.
 */
export function parseConfig(file: SourceFile): ConfigTree {
  const lines = readLines(file)
  const root: ConfigItem[] = []
  const open: Open[] = []
  const add = (item: ConfigItem) => (open.at(-1)?.items ?? root).push(item)
  const close = (end: number, tag?: Span) => {
    const section = open.pop() as Open
    const { name, nameSpan, args, items } = section
    const whole = { file, start: section.line.start, end }
    add({ kind: 'section', name, nameSpan, args, items, span: whole, ...(tag ? { close: tag } : {}) })
  }

  for (const line of lines) {
    const { text } = line
    if (text === '') continue
    const whole = lineSpan(line, 0, text.length)
    if (text.startsWith('#')) {
      add({ kind: 'comment', span: whole })
      continue
    }
    const name = readWord(text, 0)
    if (name.value.startsWith('</')) {
      const wanted = name.value.slice(2).replace(/>$/, '').toLowerCase()
      const depth = open.findLastIndex((section) => section.name.toLowerCase() === wanted)
      if (depth >= 0) {
        while (open.length > depth + 1) close(whole.start)
        close(whole.end, whole)
        continue
      }
    }
    if (name.value.startsWith('<') && !name.value.startsWith('</') && open.length < DEEPEST_SECTION) {
      const bracket = text.lastIndexOf('>')
      const end = bracket > 0 ? bracket : text.length
      const nameEnd = Math.min(name.end, end)
      const plain = name.value.slice(1).replace(/>$/, '')
      const words = name.next < end ? readWords(text, name.next, end) : []
      open.push({
        name: plain,
        line,
        nameSpan: lineSpan(line, name.start + 1, nameEnd),
        args: toArguments(line, words),
        items: [],
      })
      continue
    }
    const args = toArguments(line, readWords(text, name.next))
    add({ kind: 'directive', name: name.value, nameSpan: lineSpan(line, name.start, name.end), args, span: whole })
  }
  while (open.length > 0) close(file.text.trimEnd().length)
  return { file, items: root, lines }
}

function toArguments(line: LogicalLine, words: readonly Word[]): Argument[] {
  return words.map((word) => ({ value: word.value, span: lineSpan(line, word.start, word.end) }))
}
