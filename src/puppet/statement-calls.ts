import type { Expression } from './ast.ts'
import type { Token } from './token.ts'

/** Functions that can be called as a statement, without parentheses. */
const statementFunctions: ReadonlySet<string> = new Set([
  'require',
  'realize',
  'include',
  'contain',
  'tag',
  'debug',
  'info',
  'notice',
  'warning',
  'err',
  'fail',
  'import',
  'break',
  'next',
  'return',
])

export function isStatementFunction(name: string): boolean {
  return statementFunctions.has(name)
}

/** Expressions with commas between, where a statement stands: arguments of the name before. */
export interface CommaList {
  readonly values: readonly Expression[]
  /** The first comma. */
  readonly comma: Token
}

export type Statement = Expression | CommaList

function isCommaList(statement: Statement): statement is CommaList {
  return 'comma' in statement
}

/** Makes calls of names of statement functions and what follows them; `refuse` hears of lists after anything else. */
export function transformCalls(
  statements: readonly Statement[],
  refuse: (message: string, comma: Token) => void,
): readonly Expression[] {
  const result: Expression[] = []
  for (const statement of statements) {
    const name = result.at(-1)
    if (name?.kind === 'QualifiedName' && statementFunctions.has(name.value)) {
      const values = isCommaList(statement) ? statement.values : [statement]
      const last = values.at(-1) as Expression
      result[result.length - 1] = {
        kind: 'CallNamedFunctionExpression',
        span: { ...name.span, end: last.span.end },
        functor: name,
        arguments: values,
        rvalueRequired: false,
      }
    } else if (isCommaList(statement)) {
      const [first] = statement.values
      const named = name?.kind === 'QualifiedName' ? name.value : undefined
      refuse(
        named === undefined
          ? 'illegal comma separated argument list'
          : `attempt to pass argument list to the function '${named}' which cannot be called without parentheses`,
        statement.comma,
      )
      if (first) result.push(...statement.values)
    } else if (statement.kind === 'CallNamedFunctionExpression') {
      result.push({ ...statement, rvalueRequired: false })
    } else result.push(statement)
  }
  return result
}
