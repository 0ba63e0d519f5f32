import type { CaseExpression, Expression, IfExpression, SelectorExpression, UnlessExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import type { Condition } from '../value/origin.ts'
import { undef, type Value } from '../value/value.ts'
import { chosenBy, decision, under } from './conditions.ts'
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
    const { result, condition } = decision(node.test, scope, () => {
      const tested = evaluate(node.test, scope)
      return { tested, result: isTrue(tested) === (node.kind === 'IfExpression') ? node.then : node.else }
    })
    return branch(result, condition, scope)
  })
}

export function evaluateCase(node: CaseExpression, scope: Scope): Value {
  return guarded(scope, () => {
    const { result, condition } = decision(node.test, scope, () => {
      const tested = evaluate(node.test, scope)
      let result: Expression | undefined
      for (const option of node.options) {
        for (const candidate of option.values) {
          const match = withoutParentheses(candidate)
          if (match.kind === 'LiteralDefault') result = option.then
          else if (isMatch(tested, match, scope)) return { tested, result: option.then, option: match.span }
        }
      }
      return { tested, result }
    })
    return result ? branch(result, condition, scope) : undef({ kind: 'literal', span: node.span })
  })
}

function branch(node: Expression, condition: Condition | undefined, scope: Scope): Value {
  const value = under(scope.state, condition, () => evaluate(node, scope))
  return chosenBy(value, condition, scope.state)
}

export function evaluateSelector(node: SelectorExpression, scope: Scope): Value {
  return guarded(scope, () => {
    const { result, condition } = decision(node.left, scope, () => {
      const tested = evaluate(node.left, scope)
      let otherwise: Expression | undefined
      for (const entry of node.selectors) {
        const match = withoutParentheses(entry.match)
        if (match.kind === 'LiteralDefault') otherwise = entry.value
        else if (isMatch(tested, match, scope)) return { tested, result: entry.value, option: match.span }
      }
      if (otherwise) return { tested, result: otherwise }
      return failWith(`No matching entry for selector parameter with value '${textOf(tested)}'`, {
        span: placeOf(node.left),
      })
    })
    return branch(result, condition, scope)
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
