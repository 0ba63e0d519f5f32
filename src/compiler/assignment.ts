import type { AssignmentExpression, Expression, LiteralList } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { withArticle } from '../types/label.ts'
import { array, hashKey, string, type Value, withOrigin } from '../value/value.ts'
import { chosen } from './conditions.ts'
import { failWith, reassigned } from './issues.ts'
import { labelOf } from './labels.ts'
import { declaredResource } from './resolve-type.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'
import { findVariable, isBound, setVariable } from './variables.ts'

/** `$a = …`, `[$a, $b] = …` from an array, a hash or a class. */
export function evaluateAssignment(node: AssignmentExpression, scope: Scope): Value {
  checkTarget(node.left)
  const value = evaluate(node.right, scope)
  if (node.operator !== '=')
    return failWith(`The operator '${node.operator}' is not supported.`, { span: placeOf(node) })
  assign(node.left, value, node, scope)
  return value
}

function checkTarget(target: Expression): void {
  if (target.kind === 'VariableExpression') return
  if (target.kind === 'LiteralList') for (const element of target.values) checkTarget(element)
  else
    failWith(`Illegal attempt to assign to '${withArticle(labelOf(target))}'. Not an assignable reference`, {
      span: placeOf(target),
    })
}

function assign(target: Expression, value: Value, node: AssignmentExpression, scope: Scope): void {
  if (target.kind === 'VariableExpression') assignVariable(target.name, value, target.span, node, scope)
  else if (target.kind === 'LiteralList') assignSeveral(target, value, node, scope)
}

function assignVariable(name: string, value: Value, span: Span, node: AssignmentExpression, scope: Scope): void {
  if (/^\d+$/.test(name))
    failWith(
      `Illegal attempt to assign to the numeric match result variable '$${name}'. Numeric variables are not assignable`,
      { span: placeOf(node.left) },
    )
  if (name.includes('::'))
    failWith(`Illegal attempt to assign to '${name}'. Cannot assign to variables in other namespaces`, {
      span: placeOf(node.left),
    })
  const place = placeOf(node)
  if (name === 'server_facts') failWith(`Attempt to assign to a reserved variable name: '$${name}'`, { span: place })
  if (isBound(scope, name)) {
    if (name === 'trusted' || name === 'facts')
      failWith(`Attempt to assign to a reserved variable name: '$${name}'`, { span: place })
    const builtIn = name === 'name' || name === 'title'
    throw new Failure(
      reassigned(
        [
          builtIn
            ? `Cannot reassign built in (or already assigned) variable '$${name}'`
            : `Cannot reassign variable '$${name}'`,
        ],
        { span: place, ...earlier(scope, name) },
      ),
    )
  }
  const { condition } = scope.state
  const given = condition === scope.resource?.condition ? value : chosen(value, condition)
  setVariable(scope, name, withOrigin(value, { kind: 'variable', name, span, from: given.origin }))
}

function earlier(scope: Scope, name: string): { related?: { message: string; span: Span }[] } {
  const origin = findVariable(scope, name)?.origin
  if (origin?.kind !== 'variable' && origin?.kind !== 'parameter') return {}
  return { related: [{ message: 'set here before', span: origin.span }] }
}

function assignSeveral(target: LiteralList, value: Value, node: AssignmentExpression, scope: Scope): void {
  if (value.kind === 'hash') {
    for (const element of target.values) {
      const name = element.kind === 'VariableExpression' ? element.name : ''
      const found = value.entries.get(hashKey(string(name, value.origin)))
      if (!found)
        failWith(`No value for required key '${name}' in assignment to variables from hash`, { span: placeOf(node) })
      assign(element, found.value, node, scope)
    }
    return
  }
  if (value.kind === 'type' && value.type.kind === 'Class') {
    assignFromClass(target, value.type.name, node, scope)
    return
  }
  const values = value.kind === 'array' ? value.values : [value]
  if (values.length !== target.values.length)
    failWith(
      `Mismatched number of assignable entries and values, expected ${target.values.length}, got ${values.length}`,
      { span: placeOf(node) },
    )
  for (const [i, element] of target.values.entries()) assign(element, values[i] ?? array([], value.origin), node, scope)
}

function assignFromClass(
  target: LiteralList,
  className: string | undefined,
  node: AssignmentExpression,
  scope: Scope,
): void {
  if (className === undefined || !declaredResource(scope.state, 'Class', className))
    failWith(`Resource not found: Class['${className ?? ''}']`, { span: placeOf(node.right) })
  for (const element of target.values) {
    const name = `${className}::${element.kind === 'VariableExpression' ? element.name : ''}`
    const value = findVariable(scope, name)
    if (!value)
      failWith(`No value for required variable '$${name}' in assignment to variables from class reference`, {
        span: placeOf(element),
      })
    assign(element, value, node, scope)
  }
}
