import type { EppExpression, RenderExpression, RenderStringExpression } from '../puppet/ast.ts'
import { type Span, spanText } from '../source/source-file.ts'
import { type Origin, type Piece, type Read, wholeOrigin } from '../value/origin.ts'
import { withoutEmpty } from '../value/pieces.ts'
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
    const start = text.length
    text += piece.text
    // A template that a manifest holds is known by the place of its call.
    const place = piece.span.file.path === '' ? (scope.state.calls.at(-1)?.span ?? piece.span) : piece.span
    const origin: Origin = piece.value ? wholeOrigin(piece.value) : { kind: 'literal', span: place }
    pieces.push({
      start,
      end: text.length,
      template: place,
      origin: piece.sensitive ? { kind: 'secret', from: origin } : origin,
      reads: piece.reads,
      condition: piece.condition,
    })
  }
  const origin: Origin = { kind: 'text', span: node.span, pieces: withoutEmpty(pieces, text) }
  const value = string(text, origin)
  return output.some((piece) => piece.sensitive) ? sensitive(value, origin) : value
}

/** Literal text of a template. */
export function renderText(node: RenderStringExpression, scope: Scope): Value {
  const { condition } = scope.state
  scope.output?.push({ text: node.value, sensitive: false, span: placeOfText(node), reads: [], condition })
  return undef({ kind: 'literal', span: node.span })
}

const textPlaces = new WeakMap<RenderStringExpression, Span>()

/** Where the text itself stands, without the blanks and line ends beside it that the tags around it took. */
function placeOfText(node: RenderStringExpression): Span {
  const known = textPlaces.get(node)
  if (known) return known
  const whole = spanText(node.span)
  const before = whole.endsWith(node.value) ? whole.length - node.value.length : whole.indexOf(node.value)
  const start = node.span.start + before
  const place = before < 0 ? node.span : { file: node.span.file, start, end: start + node.value.length }
  textPlaces.set(node, place)
  return place
}

/** `<%= expression %>`. */
export function evaluateRender(node: RenderExpression, scope: Scope): Value {
  const reads: Read[] = []
  const value = tracked(scope, reads, () => evaluate(node.expression, scope))
  const isSensitive = value.kind === 'sensitive'
  const shown = isSensitive ? value.value : value
  const { condition } = scope.state
  scope.output?.push({ text: textOf(shown), sensitive: isSensitive, span: node.span, value: shown, reads, condition })
  return undef({ kind: 'literal', span: node.span })
}
