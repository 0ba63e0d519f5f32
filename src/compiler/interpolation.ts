import type { ConcatenatedString, HeredocExpression, TextExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { type Piece, type Read, wholeOrigin } from '../value/origin.ts'
import { withoutEmpty } from '../value/pieces.ts'
import { string, type Value } from '../value/value.ts'
import { checkSyntax } from './heredoc-syntax.ts'
import { noteRead, tracked } from './reading.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'
import { textOf } from './text.ts'
import { readVariable } from './variables.ts'

/** `"…${x}…"`: the text, with the origin of each of its stretches. */
export function evaluateInterpolation(node: ConcatenatedString, scope: Scope): Value {
  const pieces: Piece[] = []
  let text = ''
  for (const segment of node.segments) {
    const reads: Read[] = []
    const value = tracked(scope, reads, () => evaluate(segment, scope))
    const shown = textOf(value)
    const start = text.length
    text += shown
    pieces.push({ start, end: text.length, template: segment.span, origin: wholeOrigin(value), reads })
  }
  return string(text, { kind: 'text', span: node.span, pieces: withoutEmpty(pieces, text) })
}

/** `${name}` reads a variable; any other expression is evaluated. */
export function evaluateText(node: TextExpression, scope: Scope): Value {
  const { expression } = node
  let value: Value
  if (expression.kind === 'QualifiedName') {
    value = readVariable(scope, expression.value, placeOf(node))
    noteRead(scope, expression.value, value)
  } else value = evaluate(expression, scope)
  return value.kind === 'string' ? value : string(textOf(value), wholeOrigin(value))
}

/** A heredoc; interpolated text of a known syntax must be of that syntax. */
export function evaluateHeredoc(node: HeredocExpression, scope: Scope): Value {
  const value = evaluate(node.text, scope)
  if (node.syntax !== '' && node.text.kind !== 'LiteralString' && value.kind === 'string')
    checkSyntax(value.value, node.syntax, placeOf(node.text))
  return value
}
