import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hunk } from '../../src/diff/file-change.ts'
import { createMask } from '../../src/diff/mask.ts'
import { textHunks } from '../../src/diff/text-hunks.ts'
import { unified } from './texts.ts'

function hunks(before: string, after: string, context = 3): Hunk[] {
  return textHunks({ text: before, secrets: [] }, { text: after, secrets: [] }, createMask('key'), context)
}

function diff(before: string, after: string): string {
  return hunks(before, after).map(unified).join('\n')
}

describe('hunks', () => {
  test('three lines of context, and the words that differ', () => {
    expect(
      diff(
        'a\nb\nc\nd\nExpires "access plus 1 month"\ne\nf\ng\nh\n',
        'a\nb\nc\nd\nExpires "access plus 1 mnth"\ne\nf\ng\nh\n',
      ),
    ).toBe(`@@ -2,7 +2,7 @@
 b
 c
 d
-Expires "access plus 1 {month}"
+Expires "access plus 1 {mnth}"
 e
 f
 g`)
  })

  test('differences whose contexts meet share a hunk; others do not', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`)
    const change = (...at: number[]): string => lines.map((line, i) => (at.includes(i) ? `${line}!` : line)).join('\n')
    expect(hunks(lines.join('\n'), change(2, 9))).toHaveLength(1)
    expect(hunks(lines.join('\n'), change(2, 10))).toHaveLength(2)
  })

  test('a missing newline at the end is a difference', () => {
    expect(diff('a\nb', 'a\nb\n')).toBe('@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b')
  })

  test('a carriage return is a difference, and stays in the text', () => {
    expect(diff('a\r\n', 'a\n')).toBe('@@ -1 +1 @@\n-a{\r}\n+a')
  })

  test('a new and a vanished text', () => {
    expect(diff('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b')
    expect(diff('a\n', '')).toBe('@@ -1 +0,0 @@\n-a')
  })

  test('a new section begins at its beginning', () => {
    const section = (name: string): string => `<Directory ${name}>\n  Require all granted\n</Directory>\n`
    expect(diff(section('/a') + section('/c'), section('/a') + section('/b') + section('/c'))).toBe(`@@ -1,6 +1,9 @@
 <Directory /a>
   Require all granted
 </Directory>
+<Directory /b>
+  Require all granted
+</Directory>
 <Directory /c>
   Require all granted
 </Directory>`)
  })

  test('not with the rest of its predecessor, where both begin alike', () => {
    expect(
      diff(
        'Listen 80\n<IfModule a>\n  On\n</IfModule>\n',
        'Listen 80\n<IfModule a>\n  Off\n</IfModule>\n<IfModule a>\n  On\n</IfModule>\n',
      ),
    ).toBe(`@@ -1,4 +1,7 @@
 Listen 80
+<IfModule a>
+  Off
+</IfModule>
 <IfModule a>
   On
 </IfModule>`)
  })

  test('lines pair with their own other versions, not with their neighbours', () => {
    const [hunk] = hunks(
      'ServerAlias www.example.com\n',
      '# The names of the shop\nServerName shop.example.com\nServerAlias web.example.com\n',
    )
    expect(hunk?.lines.map((line) => [line.text, line.counterpart])).toEqual([
      ['ServerAlias www.example.com', 3],
      ['# The names of the shop', undefined],
      ['ServerName shop.example.com', undefined],
      ['ServerAlias web.example.com', 0],
    ])
  })

  test('lines without much in common show no words', () => {
    expect(diff('Header set X-A "1"\n', 'php_flag engine off\n')).not.toContain('{')
  })

  test('the same text has no hunks', () => {
    expect(hunks('a\n', 'a\n')).toEqual([])
  })
})

describe('for any two texts', () => {
  const line = fc.constantFrom('', 'a', 'b', 'c', '  d', '</e>', 'f g', 'f h')
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
    .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))

  test('the hunks turn one into the other', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 4 }), (before, after, context) => {
        expect(apply(before, hunks(before, after, context))).toBe(after)
      }),
    )
  })

  test('highlights lie within their lines, and the rest of two versions is the same', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const hunk of hunks(before, after))
          for (const hunkLine of hunk.lines) {
            let at = 0
            for (const [start, end] of hunkLine.highlights) {
              expect(start).toBeGreaterThanOrEqual(at)
              expect(end).toBeGreaterThan(start)
              expect(end).toBeLessThanOrEqual(hunkLine.text.length)
              at = end
            }
          }
      }),
    )
  })
})

/** Puts the hunks into effect as `patch` does, failing where a line is not what the hunk expects. */
function apply(before: string, changes: readonly Hunk[]): string {
  const lines = before === '' ? [] : before.split(/(?<=\n)/)
  const result: string[] = []
  let at = 0
  for (const hunk of changes) {
    const start = hunk.beforeLines === 0 ? hunk.beforeStart : hunk.beforeStart - 1
    while (at < start) result.push(lines[at++] as string)
    for (const line of hunk.lines) {
      const text = `${line.text}${line.noNewline ? '' : '\n'}`
      if (line.kind !== 'added') expect(lines[at++]).toBe(text)
      if (line.kind !== 'removed') result.push(text)
    }
  }
  return [...result, ...lines.slice(at)].join('')
}
