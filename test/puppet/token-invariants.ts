import { lex } from '../../src/puppet/lexer.ts'
import type { TokenKind } from '../../src/puppet/token.ts'
import type { SourceFile } from '../../src/source/source-file.ts'

const between = /^(?:\s|\uFEFF|#[^\n]*|\/\*[\s\S]*?\*\/)*$/u
const afterInterpolation: ReadonlySet<TokenKind> = new Set(['DQMID', 'DQPOST'])

const heredocEnd = /^\n?[\t ]*(?:\|[\t ]*)?(?:-[\t ]*)?([^\n]+?)[\t ]*(?=\n|$)/

/**
 * Stretches of a manifest that no token covers, though they are neither blank nor comment, nor what is part of no token:
 * the brace that ends an interpolation, and the line that ends a heredoc.
 */
export function tokenFaults(file: SourceFile): string[] {
  const tokens = [...lex(file).tokens].sort((a, b) => a.start - b.start || a.end - b.end)
  const heredocs = new Set([...file.text.matchAll(/@\([\t ]*"?([^":/)]+?)[\t ]*[":/)]/g)].map(([, tag]) => tag))
  const faults: string[] = []
  let at = 0
  for (const { start, end, kind } of tokens) {
    let gap = file.text.slice(at, start)
    const tag = heredocEnd.exec(gap)
    if (tag && heredocs.has(tag[1])) gap = gap.slice(tag[0].length)
    const blank = afterInterpolation.has(kind) && gap.endsWith('}') ? gap.slice(0, -1) : gap
    if (!between.test(blank)) faults.push(`${at}-${start} ${JSON.stringify(gap)}`)
    at = Math.max(at, end)
  }
  if (!between.test(file.text.slice(at))) faults.push(`${at}- ${JSON.stringify(file.text.slice(at))}`)
  return faults
}
