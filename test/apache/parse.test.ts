import { describe, expect, it } from 'vitest'
import type { ConfigItem } from '../../src/apache/config-tree.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'
import recorded from './recorded/probes.json' with { type: 'json' }

const parse = (text: string) => parseConfig(sourceFile('x.conf', text))

/** Name and arguments of each item, sections with what they hold. */
function outline(items: readonly ConfigItem[]): unknown[] {
  return items.map((item) => {
    if (item.kind === 'comment') return spanText(item.span)
    const words = [item.name, ...item.args.map((argument) => argument.value)]
    return item.kind === 'section' ? [words, outline(item.items)] : words
  })
}

describe('parseConfig', () => {
  it('nests sections and keeps comments', () => {
    const tree = parse(
      '# a\n<VirtualHost *:80>\n  ServerName x\n  <If "1 > 0">\n  Header set A "b c"\n  </If>\n</VirtualHost>\n',
    )
    expect(outline(tree.items)).toEqual([
      '# a',
      [
        ['VirtualHost', '*:80'],
        [
          ['ServerName', 'x'],
          [['If', '1 > 0'], [['Header', 'set', 'A', 'b c']]],
        ],
      ],
    ])
  })

  it('joins continued lines and still points into the text', () => {
    const tree = parse('SetEnv A \\\n  "b \\\nc"\nFoo')
    const [item] = tree.items
    expect(item?.kind === 'directive' && item.args.map((argument) => argument.value)).toEqual(['A', 'b c'])
    expect(item?.kind === 'directive' && item.args.map((argument) => spanText(argument.span))).toEqual([
      'A',
      '"b \\\nc"',
    ])
    expect(spanText((tree.items[1] as ConfigItem).span)).toBe('Foo')
  })

  it('unquotes as httpd does', () => {
    const [item] = parse(String.raw`X "a \"b\" \\ \n" 'it\'s' a\\b "open`).items
    expect(item?.kind === 'directive' && item.args.map((argument) => argument.value)).toEqual([
      String.raw`a "b" \ \n`,
      "it's",
      String.raw`a\b`,
      'open',
    ])
  })

  it('closes what stands open inside the section that a tag closes', () => {
    const tree = parse('<A x>\n<B y>\nC\n</A>\nD\n</E>\n')
    expect(outline(tree.items)).toEqual([[['A', 'x'], [[['B', 'y'], [['C']]]]], ['D'], ['</E>']])
  })

  it('leaves no text outside of its items, and items inside one another', () => {
    const within = (items: readonly ConfigItem[], start: number, end: number): void => {
      let at = start
      for (const { span, ...item } of items) {
        expect(span.start).toBeGreaterThanOrEqual(at)
        expect(span.end).toBeLessThanOrEqual(end)
        at = span.end
        if (item.kind === 'section') within(item.items, span.start, span.end)
      }
    }
    for (const { text } of recorded.probes as readonly { text?: string }[]) {
      if (text === undefined || text.includes('\0')) continue
      const tree = parse(text)
      within(tree.items, 0, text.length)
      let rest = text
      for (const { span } of tree.items)
        rest = rest.slice(0, span.start) + ' '.repeat(span.end - span.start) + rest.slice(span.end)
      expect(rest.replace(/\\\r?\n/g, '').trim(), JSON.stringify(text.slice(0, 200))).toBe('')
    }
  })
})
