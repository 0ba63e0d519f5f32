import { type Condition, isFixed, type Piece, wholeOrigin } from './origin.ts'

/**
 * The pieces of a text without those that are empty. What left nothing decided over the line that it stands in: where
 * data or facts can change it, it is a condition of the rest of the line, before it or else after it.
 */
export function withoutEmpty(pieces: readonly Piece[], text: string): readonly Piece[] {
  if (!pieces.some(isEmpty)) return pieces
  const kept: Piece[] = []
  let waiting: readonly Piece[] = []
  for (const piece of pieces) {
    if (!isEmpty(piece)) {
      const tests = waiting
      waiting = []
      if (tests.length === 0) kept.push(piece)
      else kept.push(...withTests(piece, tests, text, text.indexOf('\n', piece.start) + 1, 'before'))
      continue
    }
    if (!decides(piece)) continue
    const last = kept.at(-1)
    if (!last || text[last.end - 1] === '\n') waiting = [...waiting, piece]
    else kept.splice(-1, 1, ...withTests(last, [piece], text, text.lastIndexOf('\n', last.end - 1) + 1, 'after'))
  }
  return kept
}

function isEmpty({ start, end }: Piece): boolean {
  return start === end
}

function decides({ origin, reads }: Piece): boolean {
  return !isFixed(origin) || reads.some(({ value }) => !isFixed(wholeOrigin(value)))
}

/** The piece, cut at an offset of the text; the part `before` or `after` it is there because of the empty pieces. */
function withTests(
  piece: Piece,
  empty: readonly Piece[],
  text: string,
  cut: number,
  side: 'before' | 'after',
): Piece[] {
  let condition = piece.condition
  for (const { template, origin, reads } of empty)
    condition = { ...(template ? { span: template } : {}), origin, reads, within: condition } satisfies Condition
  if (cut <= piece.start || cut >= piece.end || !isCuttable(piece, text)) return [{ ...piece, condition }]
  const { template } = piece
  const at = template && template.start + cut - piece.start
  const verbatim = template && template.end - template.start === piece.end - piece.start
  const part = (start: number, end: number): Piece => ({
    ...piece,
    start,
    end,
    ...(verbatim && at !== undefined
      ? { template: { ...template, ...(start === cut ? { start: at } : { end: at }) } }
      : {}),
  })
  const [first, second] = [part(piece.start, cut), part(cut, piece.end)]
  return side === 'before' ? [{ ...first, condition }, second] : [first, { ...second, condition }]
}

/** A text with pieces of its own is one: cutting it would lose them. */
function isCuttable({ origin, start, end }: Piece, text: string): boolean {
  return origin.kind === 'literal' && text.slice(start, end).includes('\n')
}
