import type { Fix } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Finding } from './run-report.ts'

/** A file as it was read, and what fixes make of its text. */
export interface FixedFile {
  readonly file: SourceFile
  readonly text: string
  /** In the order of the text. */
  readonly fixes: readonly Fix[]
}

/**
 * What the fixes of errors and warnings make of the files that they are for. A place that several findings would mend in
 * different ways is left alone, and of fixes that overlap only the first is made: the next run tells of what is left.
 */
export function fixedFiles(findings: readonly Finding[]): FixedFile[] {
  const byPath = new Map<string, { file: SourceFile; fixes: Map<string, Fix> }>()
  for (const { diagnostic } of findings) {
    const { fix, severity } = diagnostic
    if (!fix || severity === 'info') continue
    const { file, start, end } = fix.span
    const found = byPath.get(file.path) ?? { file, fixes: new Map<string, Fix>() }
    byPath.set(file.path, found)
    if (found.file.text === file.text) found.fixes.set(JSON.stringify([start, end, fix.replacement]), fix)
  }
  return [...byPath.values()].flatMap(({ file, fixes }) => {
    const made = compatible([...fixes.values()])
    return made.length === 0 ? [] : [{ file, text: replaced(file.text, made), fixes: made }]
  })
}

function compatible(fixes: readonly Fix[]): Fix[] {
  const sorted = fixes.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  const isRival = (a: Fix, b: Fix | undefined) => b?.span.start === a.span.start && b.span.end === a.span.end
  const made: Fix[] = []
  for (const [i, fix] of sorted.entries()) {
    if (isRival(fix, sorted[i - 1]) || isRival(fix, sorted[i + 1])) continue
    if (fix.span.start >= (made.at(-1)?.span.end ?? 0)) made.push(fix)
  }
  return made
}

function replaced(text: string, fixes: readonly Fix[]): string {
  let result = ''
  let from = 0
  for (const { span, replacement } of fixes) {
    result += text.slice(from, span.start) + replacement
    from = span.end
  }
  return result + text.slice(from)
}
