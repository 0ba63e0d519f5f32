import { keywordKinds, type TokenKind } from './token.ts'

/** How tightly operators bind, from Puppet's grammar; all infix ones associate to the left. */
export const binding: ReadonlyMap<TokenKind, number> = new Map<TokenKind, number>([
  ['OR', 3],
  ['AND', 4],
  ['QMARK', 5],
  ['GREATEREQUAL', 6],
  ['GREATERTHAN', 6],
  ['LESSTHAN', 6],
  ['LESSEQUAL', 6],
  ['NOTEQUAL', 7],
  ['ISEQUAL', 7],
  ['LSHIFT', 8],
  ['RSHIFT', 8],
  ['MINUS', 9],
  ['PLUS', 9],
  ['TIMES', 10],
  ['DIV', 10],
  ['MODULO', 10],
  ['MATCH', 11],
  ['NOMATCH', 11],
  ['IN', 12],
  ['LCOLLECT', 16],
  ['LLCOLLECT', 16],
  ['LBRACK', 16],
  ['DOT', 16],
  ['LPAREN', 16],
])
/** Prefix operators bind tighter than any infix one. */
export const MINUS_BINDING = 13
export const SPLAT_BINDING = 14
export const NOT_BINDING = 15

export const edges: ReadonlySet<TokenKind> = new Set<TokenKind>(['IN_EDGE', 'IN_EDGE_SUB', 'OUT_EDGE', 'OUT_EDGE_SUB'])
/** Brackets and what closes them. */
export const openers: ReadonlyMap<TokenKind, TokenKind> = new Map<TokenKind, TokenKind>([
  ['LBRACE', 'RBRACE'],
  ['SELBRACE', 'RBRACE'],
  ['LPAREN', 'RPAREN'],
  ['WSLPAREN', 'RPAREN'],
  ['LBRACK', 'RBRACK'],
  ['LISTSTART', 'RBRACK'],
])
export const closers: ReadonlySet<TokenKind> = new Set<TokenKind>(['RBRACE', 'RPAREN', 'RBRACK'])
/** Keywords that can name an attribute: all but `true` and `false`. */
export const attributeNames: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'NAME',
  ...[...keywordKinds].filter((kind) => kind !== 'BOOLEAN'),
])
/** Tokens that start an operand, prefix operators included. */
export const operandStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'NAME',
  'VARIABLE',
  'STRING',
  'WORD',
  'CLASSREF',
  'DQPRE',
  'HEREDOC',
  'NUMBER',
  'BOOLEAN',
  'DEFAULT',
  'UNDEF',
  'REGEX',
  'LBRACK',
  'LISTSTART',
  'LBRACE',
  'LPAREN',
  'WSLPAREN',
  'NOT',
  'MINUS',
  'TIMES',
  'IF',
  'UNLESS',
  'CASE',
  'CLASS',
  'DEFINE',
  'NODE',
  'FUNCTION',
  'TYPE',
  'ATTR',
  'PRIVATE',
  'RENDER_STRING',
  'RENDER_EXPR',
])
/** Tokens that start a statement where a line starts with them. */
export const statementStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'NAME',
  'CLASSREF',
  'VARIABLE',
  'AT',
  'ATAT',
  'CLASS',
  'DEFINE',
  'NODE',
  'FUNCTION',
  'TYPE',
  'IF',
  'UNLESS',
  'CASE',
])
export const classNames: ReadonlySet<TokenKind> = new Set<TokenKind>(['NAME', 'WORD', 'CLASSREF', 'CLASS', 'STRING'])
