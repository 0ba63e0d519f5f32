import type { CaseExpression, Expression, IfExpression, SelectorExpression, UnlessExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { undef, type Value } from '../value/value.ts'
import { failWith } from './issues.ts'
import { matchesOption } from './match.ts'
import { evaluate, guarded } from './scope.ts'
import type { Scope } from './state.ts'
import { textOf } from './text.ts'
import { unfold } from './unfold.ts'

/** Only undef and false are not true. */
export function isTrue(value: Value): boolean {
  return value.kind === 'boolean' ? value.value : value.kind !== 'undef'
}

export function evaluateIf(node: IfExpression | UnlessExpression, scope: Scope): Value {
  return guarded(scope, () => {
    const holds = isTrue(evaluate(node.test, scope)) === (node.kind === 'IfExpression')
    return evaluate(holds ? node.then : node.else, scope)
  })
}

export function evaluateCase(node: CaseExpression, scope: Scope): Value {
  return guarded(scope, () => {
    const value = evaluate(node.test, scope)
    let otherwise: Expression | undefined
    for (const option of node.options) {
      for (const candidate of option.values) {
        const match = withoutParentheses(candidate)
        if (match.kind === 'LiteralDefault') otherwise = option.then
        else if (isMatch(value, match, scope)) return evaluate(option.then, scope)
      }
    }
    return otherwise ? evaluate(otherwise, scope) : undef({ kind: 'literal', span: node.span })
  })
}

export function evaluateSelector(node: SelectorExpression, scope: Scope): Value {
  return guarded(scope, () => {
    const value = evaluate(node.left, scope)
    let otherwise: Expression | undefined
    for (const entry of node.selectors) {
      const match = withoutParentheses(entry.match)
      if (match.kind === 'LiteralDefault') otherwise = entry.value
      else if (isMatch(value, match, scope)) return evaluate(entry.value, scope)
    }
    if (otherwise) return evaluate(otherwise, scope)
    return failWith(`No matching entry for selector parameter with value '${textOf(value)}'`, {
      span: placeOf(node.left),
    })
  })
}

function isMatch(value: Value, match: Expression, scope: Scope): boolean {
  if (match.kind === 'UnfoldExpression')
    return unfold([match], scope).some((option) => matchesOption(value, option, scope))
  return matchesOption(value, evaluate(match, scope), scope)
}

function withoutParentheses(node: Expression): Expression {
  return node.kind === 'ParenthesizedExpression' ? withoutParentheses(node.expression) : node
}
