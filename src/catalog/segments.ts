import { isSecret, isSecretRead, type Origin, type Piece } from '../value/origin.ts'
import type { StringValue } from '../value/value.ts'
import type { Segment } from './rendered-file.ts'

/**
 * The segments of a string's text: the pieces it was put together from, nested ones opened up, so that a template
 * within a template or an interpolated variable keeps its own origin. They touch each other and cover the text.
 */
export function segmentsOf(value: StringValue): Segment[] {
  const segments: Segment[] = []
  collect(value.origin, { start: 0, end: value.value.length, reads: [] }, segments)
  return segments
}

type Stretch = Pick<Piece, 'start' | 'end' | 'template' | 'reads'> & { readonly secret?: boolean }

function collect(origin: Origin, stretch: Stretch, into: Segment[]): void {
  const length = stretch.end - stretch.start
  if (length === 0) return
  const inner = unwrap(origin)
  const secret = stretch.secret || inner.secret
  if (inner.origin.kind === 'text' && inner.origin.pieces.at(-1)?.end === length) {
    for (const piece of inner.origin.pieces)
      collect(
        piece.origin,
        {
          start: stretch.start + piece.start,
          end: stretch.start + piece.end,
          reads: piece.reads,
          ...(piece.template ? { template: piece.template } : {}),
          secret,
        },
        into,
      )
    return
  }
  const sensitive = secret || isSecret(origin) || stretch.reads.some(isSecretRead)
  into.push({
    start: stretch.start,
    end: stretch.end,
    origin,
    reads: stretch.reads,
    ...(stretch.template ? { template: stretch.template } : {}),
    ...(sensitive ? { sensitive } : {}),
  })
}

/** The origin below the names that a value was bound to on its way, which leave its text alone. */
function unwrap(origin: Origin): { origin: Origin; secret: boolean } {
  let secret = false
  let at = origin
  while (at.kind === 'variable' || at.kind === 'parameter' || at.kind === 'secret') {
    secret ||= at.kind === 'secret'
    at = at.from
  }
  return { origin: at, secret }
}

/** The same segments, `offset` further on. */
export function shiftSegments(segments: readonly Segment[], offset: number): Segment[] {
  return segments.map((s) => ({ ...s, start: s.start + offset, end: s.end + offset }))
}
