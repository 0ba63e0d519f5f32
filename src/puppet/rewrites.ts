import type { Span } from '../source/source-file.ts'
import type { Expression, KeyedEntry, VariableExpression } from './ast.ts'

/** `${name}`, `${name[…]}`, `${name.…}`: the name that comes first means a variable. */
export function interpolation(expression: Expression): Expression {
  switch (expression.kind) {
    case 'QualifiedName':
      return variable(expression.span, expression.value)
    case 'LiteralInteger':
      return variable(expression.span, String(expression.value))
    case 'AccessExpression':
      return rewritable(expression.left) ? { ...expression, left: interpolation(expression.left) } : expression
    case 'CallMethodExpression': {
      const { functor } = expression
      if (!rewritable(functor.left)) return expression
      return { ...expression, functor: { ...functor, left: interpolation(functor.left) } }
    }
    default:
      return expression
  }
}

function rewritable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'AccessExpression':
    case 'QualifiedName':
    case 'CallMethodExpression':
      return true
    case 'LiteralInteger':
      return expression.radix === 10
    default:
      return false
  }
}

function variable(span: Span, name: string): VariableExpression {
  return { kind: 'VariableExpression', span, name }
}

/** `type A = { … }` and `type A = B { … }` are short for `Object[{ … }]`; Puppet locates what it adds at `at`. */
export function objectType(at: number, hash: Expression, parent?: Expression): Expression {
  const span = parent ? { ...hash.span, start: parent.span.start } : hash.span
  const open = { ...span, end: span.start }
  const reference = parent?.kind === 'QualifiedReference' ? parent.value : undefined
  if (parent && (reference === 'Object' || reference === 'TypeSet'))
    return { kind: 'AccessExpression', span, at, left: parent, keys: [hash] }
  const object: Expression = { kind: 'QualifiedReference', span: open, at, value: 'Object' }
  if (!parent || hash.kind !== 'LiteralHash') return { kind: 'AccessExpression', span, at, left: object, keys: [hash] }
  const inherited: KeyedEntry = {
    kind: 'KeyedEntry',
    span: parent.span,
    at: hash.span.start,
    key: {
      kind: 'QualifiedName',
      span: { ...parent.span, end: parent.span.start },
      at: hash.span.start,
      value: 'parent',
    },
    value: parent,
  }
  const whole: Expression = { ...hash, span, at: hash.span.start, entries: [...hash.entries, inherited] }
  return { kind: 'AccessExpression', span, at, left: object, keys: [whole] }
}
