import type { CallMethodExpression, CallNamedFunctionExpression, LambdaExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { didYouMean } from '../source/suggest.ts'
import { withArticle, withCapitalArticle } from '../types/label.ts'
import type { Block } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import { makeBlock } from './closure.ts'
import { findFunction, functionNames } from './function-index.ts'
import { invoke } from './invoke.ts'
import { failWith, unknownFunction } from './issues.ts'
import { labelOf } from './labels.ts'
import { callMember } from './object-calls.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'
import { unfold } from './unfold.ts'

/** `name(arguments) |…| {…}`; a type in place of the name makes a new value. */
export function evaluateCall(node: CallNamedFunctionExpression, scope: Scope): Value {
  const { functor } = node
  if (
    functor.kind === 'QualifiedReference' ||
    (functor.kind === 'AccessExpression' && functor.left.kind === 'QualifiedReference')
  ) {
    const type = evaluate(functor, scope)
    return callNamed('new', [type, ...unfold(node.arguments, scope)], node, scope)
  }
  if (functor.kind === 'RenderStringExpression')
    return failWith(
      "Ambiguous EPP parameter expression. Probably missing '<%-' before parameters to remove leading whitespace",
      { span: placeOf(node) },
    )
  if (functor.kind !== 'QualifiedName')
    return failWith(
      `Illegal expression. ${withCapitalArticle(labelOf(functor))} is unacceptable as function name in ${withArticle(labelOf(node))}`,
      { span: placeOf(functor) },
    )
  return callNamed(functor.value, unfold(node.arguments, scope), node, scope)
}

/** `value.name(arguments) |…| {…}`: the value is the first argument. */
export function evaluateMethodCall(node: CallMethodExpression, scope: Scope): Value {
  const { left, right } = node.functor
  const receiver = unfold([left], scope)
  if (right.kind !== 'QualifiedName')
    return failWith(
      `Illegal expression. ${withCapitalArticle(labelOf(node.functor))} is unacceptable as function name in ${withArticle(labelOf(node))}`,
      { span: placeOf(node.functor) },
    )
  const [object] = receiver
  if (object?.kind === 'object') {
    const value = callMember(object, right.value, () => ({
      args: unfold(node.arguments, scope),
      block: node.lambda && lambdaBlock(node.lambda, scope),
      span: placeOf(node),
      scope,
    }))
    if (value) return value
  }
  return callNamed(right.value, [...receiver, ...unfold(node.arguments, scope)], node, scope)
}

function callNamed(
  name: string,
  args: readonly Value[],
  node: CallNamedFunctionExpression | CallMethodExpression,
  scope: Scope,
): Value {
  const block = node.lambda && lambdaBlock(node.lambda, scope)
  const { calls } = scope.state
  const span = placeOf(node)
  calls.push({ span, args })
  try {
    return callFunction(name, args, block, span, scope)
  } finally {
    calls.pop()
  }
}

/** Calls a function by name, without an entry among the calls; one that is not there is an error in Puppet's words. */
export function callFunction(
  name: string,
  args: readonly Value[],
  block: Block | undefined,
  span: Span,
  scope: Scope,
): Value {
  const found = findFunction(scope.state, name, scope)
  if (found) return invoke(found, args, block, span, scope)
  const remedy = didYouMean(name, functionNames(scope.state))
  throw new Failure(unknownFunction([name], { span, ...(remedy ? { remedy } : {}) }))
}

function lambdaBlock(node: LambdaExpression, scope: Scope): Block {
  return makeBlock(
    {
      name: 'lambda',
      parameters: node.parameters,
      returnType: node.returnType,
      body: node.body,
      span: node.span,
    },
    scope,
  )
}
