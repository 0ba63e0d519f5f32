import type { RenderedFile, Segment } from '../../src/catalog/rendered-file.ts'
import type { DeployedFile, Hunk } from '../../src/diff/file-change.ts'
import { sourceFile, span } from '../../src/source/source-file.ts'

/** A rendered file out of a text in which `[[…]]` marks what is secret. */
export function renderedFile(path: string, marked: string, more: Partial<RenderedFile> = {}): RenderedFile {
  const pieces = marked.split(/\[\[|\]\]/)
  const source = sourceFile(path.slice(1), pieces.join(''))
  const segments: Segment[] = []
  let start = 0
  for (const [i, piece] of pieces.entries()) {
    const end = start + piece.length
    if (end > start)
      segments.push({
        start,
        end,
        origin: { kind: 'literal', span: span(source, start, end) },
        reads: [],
        ...(i % 2 === 1 ? { sensitive: true } : {}),
      })
    start = end
  }
  return { path, kind: 'file', resource: { type: 'File', title: path }, source, segments, sensitive: false, ...more }
}

export function deployedFile(path: string, text: string, more: Partial<DeployedFile> = {}): DeployedFile {
  return { path, kind: 'file', source: sourceFile(path.slice(1), text), ...more }
}

/** A hunk as a unified diff has it, changed words in `{}`. */
export function unified(hunk: Hunk): string {
  const range = (start: number, lines: number): string => (lines === 1 ? `${start}` : `${start},${lines}`)
  const head = `@@ -${range(hunk.beforeStart, hunk.beforeLines)} +${range(hunk.afterStart, hunk.afterLines)} @@`
  const lines = hunk.lines.flatMap((line) => {
    let text = line.text
    for (const [start, end] of [...line.highlights].reverse())
      text = `${text.slice(0, start)}{${text.slice(start, end)}}${text.slice(end)}`
    const sign = line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '
    return [`${sign}${text}`, ...(line.noNewline ? ['\\ No newline at end of file'] : [])]
  })
  return [head, ...lines].join('\n')
}
