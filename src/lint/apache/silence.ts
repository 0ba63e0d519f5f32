import type { Diagnostic } from '../../source/diagnostic.ts'
import { lineOf, lineText, type SourceFile } from '../../source/source-file.ts'

const NOTE = /^\s*#\s*rehearse:\s*ignore(-file)?\s+(.+)$/
const files = new WeakMap<SourceFile, ReadonlySet<string>>()

/**
 * Without the lints that a comment in the file is against: `# rehearse: ignore lint/unescaped-dot` speaks of the line
 * below it, `# rehearse: ignore-file …` of all lines. Several codes stand with spaces or commas between.
 */
export function withoutSilenced(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((diagnostic) => !isSilenced(diagnostic))
}

function isSilenced({ code, span }: Diagnostic): boolean {
  if (!span || !/^(?:lint|request)\//.test(code)) return false
  const { file } = span
  // Few files have such comments, and asking for each line's is dear.
  if (!file.text.includes('rehearse:')) return false
  if (forFile(file).has(code)) return true
  for (let line = lineOf(span) - 1; line >= 1; line--) {
    const text = lineText(file, line)
    if (!/^\s*#/.test(text)) return false
    const [, all, codes] = NOTE.exec(text) ?? []
    if (codes !== undefined && all === undefined && codesIn(codes).includes(code)) return true
  }
  return false
}

function forFile(file: SourceFile): ReadonlySet<string> {
  const known = files.get(file)
  if (known) return known
  const found = new Set(
    file.text.split('\n').flatMap((line) => {
      const [, all, codes] = NOTE.exec(line) ?? []
      return all !== undefined && codes !== undefined ? codesIn(codes) : []
    }),
  )
  files.set(file, found)
  return found
}

function codesIn(text: string): string[] {
  return text.split(/[\s,]+/)
}
