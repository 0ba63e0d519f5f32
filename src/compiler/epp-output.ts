import type { EppExpression, RenderExpression, RenderStringExpression } from '../puppet/ast.ts'
import type { Origin, Piece, Read } from '../value/origin.ts'
import { sensitive, string, undef, type Value } from '../value/value.ts'
import { tracked } from './reading.ts'
import { evaluate } from './scope.ts'
import type { Scope, TemplatePiece } from './state.ts'
import { textOf } from './text.ts'

/** A whole EPP template: its text, each stretch with the tag that gave it; Sensitive where one of the tags was. */
export function evaluateTemplate(node: EppExpression, scope: Scope): Value {
  const outer = scope.output
  const output: TemplatePiece[] = []
  scope.output = output
  try {
    evaluate(node.body, scope)
  } finally {
    if (outer) scope.output = outer
    else delete scope.output
  }
  const pieces: Piece[] = []
  let text = ''
  for (const piece of output) {
    if (piece.text === '') continue
    const start = text.length
    text += piece.text
    const origin: Origin = piece.value?.origin ?? { kind: 'literal', span: piece.span }
    pieces.push({
      start,
      end: text.length,
      template: piece.span,
      origin: piece.sensitive ? { kind: 'secret', from: origin } : origin,
      reads: piece.reads,
    })
  }
  const origin: Origin = { kind: 'text', span: node.span, pieces }
  const value = string(text, origin)
  return output.some((piece) => piece.sensitive) ? sensitive(value, origin) : value
}

/** Literal text of a template. */
export function renderText(node: RenderStringExpression, scope: Scope): Value {
  scope.output?.push({ text: node.value, sensitive: false, span: node.span, reads: [] })
  return undef({ kind: 'literal', span: node.span })
}

/** `<%= expression %>`. */
export function evaluateRender(node: RenderExpression, scope: Scope): Value {
  const reads: Read[] = []
  const value = tracked(scope, reads, () => evaluate(node.expression, scope))
  const isSensitive = value.kind === 'sensitive'
  const shown = isSensitive ? value.value : value
  scope.output?.push({ text: textOf(shown), sensitive: isSensitive, span: node.span, value: shown, reads })
  return undef({ kind: 'literal', span: node.span })
}
