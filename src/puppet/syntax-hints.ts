import type { Fix } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Token, TokenKind } from './token.ts'

export interface Hint {
  readonly remedy: string
  readonly fix: Fix
}

/** Tokens that can end a value. */
const valueEnds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'NAME',
  'WORD',
  'CLASSREF',
  'STRING',
  'DQPOST',
  'NUMBER',
  'VARIABLE',
  'BOOLEAN',
  'UNDEF',
  'DEFAULT',
  'REGEX',
  'RBRACK',
  'RBRACE',
  'RPAREN',
])

/** What to do about the commonest syntax errors, where the tokens around leave no doubt. */
export function syntaxHint(file: SourceFile, tokens: readonly Token[], index: number): Hint | undefined {
  const token = tokens[index] as Token
  const before = tokens[index - 1]
  const beforeThat = tokens[index - 2]
  const after = tokens[index + 1]
  if (!before) return undefined
  const replace = (start: number, end: number, replacement: string, remedy: string): Hint => ({
    remedy,
    fix: { description: remedy, span: { file, start, end }, replacement },
  })
  if ((after?.kind === 'FARROW' || after?.kind === 'PARROW') && valueEnds.has(before.kind))
    return replace(before.end, before.end, ',', 'Put a comma between the entries.')
  if (token.kind === 'EQUALS' && before.kind === 'NAME' && isEntryStart(beforeThat))
    return replace(token.start, token.end, '=>', "Write '=>' between the name and the value.")
  if (token.kind === 'IF' && before.kind === 'ELSE') return replace(before.start, token.end, 'elsif', "Write 'elsif'.")
  return undefined
}

/** Whether an attribute's name comes next. */
function isEntryStart(token: Token | undefined): boolean {
  return token?.kind === 'COMMA' || token?.kind === 'COLON'
}
