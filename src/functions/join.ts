import { rubyText } from '../types/ruby-value.ts'
import { type Piece, wholeOrigin } from '../value/origin.ts'
import { type ArrayValue, type StringValue, string, type Value } from '../value/value.ts'
import { builtin, type Call, optional, originOf, overload, param } from './definition.ts'

export const join = builtin('join', [
  overload([param('Array', 'arg'), optional('String', 'delimiter')], (call) => {
    const delimiter = (call.args[1] as StringValue | undefined)?.value ?? ''
    const text = joined((call.args[0] as ArrayValue).values, delimiter)
    return string(text, { kind: 'text', span: call.context.span, pieces: piecesOf(call, delimiter) })
  }),
])

/** Ruby's Array#join: nested arrays join the same way, undef is empty. */
export function joined(values: readonly Value[], delimiter: string): string {
  return values
    .map((value) => (value.kind === 'array' ? joined(value.values, delimiter) : rubyText(value)))
    .join(delimiter)
}

/** Each element keeps its own origin; what stands between them comes from the call. */
function piecesOf(call: Call, delimiter: string): Piece[] {
  const pieces: Piece[] = []
  const between = originOf(call, call.args.slice(1))
  let at = 0
  const add = (length: number, origin: Piece['origin']): void => {
    if (length > 0) pieces.push({ start: at, end: at + length, origin, reads: [] })
    at += length
  }
  const visit = (values: readonly Value[]): void => {
    for (const [i, value] of values.entries()) {
      if (i > 0) add(delimiter.length, between)
      if (value.kind === 'array') visit(value.values)
      else add(rubyText(value).length, wholeOrigin(value))
    }
  }
  visit((call.args[0] as ArrayValue).values)
  return pieces
}
