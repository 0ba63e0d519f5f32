import type { Diagnostic } from '../source/diagnostic.ts'

/** Terminal symbols, named as in Puppet's grammar; `ERROR` stands where the text could not be read, `END` is last. */
export type TokenKind =
  | 'LBRACK'
  | 'LISTSTART'
  | 'RBRACK'
  | 'LBRACE'
  | 'SELBRACE'
  | 'RBRACE'
  | 'LPAREN'
  | 'WSLPAREN'
  | 'RPAREN'
  | 'EQUALS'
  | 'APPENDS'
  | 'DELETES'
  | 'ISEQUAL'
  | 'NOTEQUAL'
  | 'MATCH'
  | 'NOMATCH'
  | 'GREATEREQUAL'
  | 'GREATERTHAN'
  | 'LESSEQUAL'
  | 'LESSTHAN'
  | 'FARROW'
  | 'PARROW'
  | 'LSHIFT'
  | 'LLCOLLECT'
  | 'LCOLLECT'
  | 'RSHIFT'
  | 'RRCOLLECT'
  | 'RCOLLECT'
  | 'PLUS'
  | 'MINUS'
  | 'DIV'
  | 'TIMES'
  | 'MODULO'
  | 'NOT'
  | 'DOT'
  | 'PIPE'
  | 'AT'
  | 'ATAT'
  | 'COLON'
  | 'COMMA'
  | 'SEMIC'
  | 'QMARK'
  | 'TILDE'
  | 'IN_EDGE'
  | 'IN_EDGE_SUB'
  | 'OUT_EDGE'
  | 'OUT_EDGE_SUB'
  | 'STRING'
  | 'WORD'
  | 'NAME'
  | 'CLASSREF'
  | 'NUMBER'
  | 'VARIABLE'
  | 'REGEX'
  | 'DQPRE'
  | 'DQMID'
  | 'DQPOST'
  | 'HEREDOC'
  | 'EPP_START'
  | 'EPP_END'
  | 'EPP_END_TRIM'
  | 'RENDER_STRING'
  | 'RENDER_EXPR'
  | Keyword
  | 'OTHER'
  | 'ERROR'
  | 'END'

type Keyword =
  | 'CASE'
  | 'CLASS'
  | 'DEFAULT'
  | 'DEFINE'
  | 'IF'
  | 'ELSIF'
  | 'ELSE'
  | 'INHERITS'
  | 'NODE'
  | 'AND'
  | 'OR'
  | 'UNDEF'
  | 'BOOLEAN'
  | 'IN'
  | 'UNLESS'
  | 'FUNCTION'
  | 'TYPE'
  | 'ATTR'
  | 'PRIVATE'

export interface Token {
  readonly kind: TokenKind
  /** The text that messages quote: for strings the contents with escapes resolved, for variables the name without `$`. */
  readonly value: string
  /** Offsets in the file; for text of a heredoc, where its lines really stand. */
  readonly start: number
  readonly end: number
  /** What is wrong, for `ERROR`. */
  readonly diagnostic?: Diagnostic
  /** Where Puppet locates the token, if elsewhere: `<%=` where the text before it starts, a heredoc's text at its margin. */
  readonly at?: number
}

export const keywords: ReadonlyMap<string, TokenKind> = new Map<string, Keyword>([
  ['case', 'CASE'],
  ['class', 'CLASS'],
  ['default', 'DEFAULT'],
  ['define', 'DEFINE'],
  ['if', 'IF'],
  ['elsif', 'ELSIF'],
  ['else', 'ELSE'],
  ['inherits', 'INHERITS'],
  ['node', 'NODE'],
  ['and', 'AND'],
  ['or', 'OR'],
  ['undef', 'UNDEF'],
  ['false', 'BOOLEAN'],
  ['true', 'BOOLEAN'],
  ['in', 'IN'],
  ['unless', 'UNLESS'],
  ['function', 'FUNCTION'],
  ['type', 'TYPE'],
  ['attr', 'ATTR'],
  ['private', 'PRIVATE'],
])

/** Every keyword's kind: within `${…}` a lone keyword names a variable. */
export const keywordKinds: ReadonlySet<TokenKind> = new Set(keywords.values())
