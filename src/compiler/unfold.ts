import type { Expression } from '../puppet/ast.ts'
import type { Value } from '../value/value.ts'
import { asElements } from './arithmetic.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'

/** The values of a list of expressions; `*list` gives its elements. */
export function unfold(nodes: readonly Expression[], scope: Scope): Value[] {
  const values: Value[] = []
  for (const node of nodes) {
    let bare = node
    while (bare.kind === 'ParenthesizedExpression') bare = bare.expression
    if (bare.kind === 'UnfoldExpression') values.push(...unfolded(evaluate(bare.expression, scope)))
    else values.push(evaluate(node, scope))
  }
  return values
}

/** What `*value` gives: nothing for undef, elements, pairs of a hash, or the value itself. */
export function unfolded(value: Value): readonly Value[] {
  if (value.kind === 'undef') return []
  return value.kind === 'iterator' ? [...value.values] : asElements(value)
}
