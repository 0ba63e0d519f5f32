import { type Condition, isSecret, isSecretRead, type Origin, type Piece } from '../value/origin.ts'
import type { StringValue } from '../value/value.ts'
import type { Segment } from './rendered-file.ts'

/**
 * The segments of a string's text: the pieces it was put together from, nested ones opened up, so that a template
 * within a template or an interpolated variable keeps its own origin. They touch each other and cover the text.
 */
export function segmentsOf(value: StringValue): Segment[] {
  const segments: Segment[] = []
  collect(value.origin, { start: 0, end: value.value.length, reads: [], conditions: [] }, value.value, segments)
  return segments
}

type Stretch = Pick<Piece, 'start' | 'end' | 'template' | 'reads'> & {
  readonly around?: NonNullable<Segment['around']>
  readonly secret?: boolean
  readonly conditions: readonly Condition[]
}

function collect(origin: Origin, stretch: Stretch, text: string, into: Segment[]): void {
  const length = stretch.end - stretch.start
  if (length === 0) return
  const inner = unwrap(origin)
  const secret = stretch.secret || inner.secret
  if (inner.origin.kind === 'text' && inner.origin.pieces.at(-1)?.end === length) {
    const conditions = [...stretch.conditions, ...inner.conditions]
    const { of } = inner.origin
    const { template, reads } = stretch
    // What takes whole lines over, such as a template within a template, is no news for each of them.
    const within = of !== undefined || !hasNewline(text, stretch)
    const own = within && (template || reads.length > 0) ? [{ reads, ...(template ? { template } : {}) }] : []
    const outer = [...(stretch.around ?? []), ...own]
    const interpolated = of ? [...conditions, { origin: of, reads: [] }] : conditions
    for (const piece of inner.origin.pieces) {
      const around = piece.origin === of ? conditions : interpolated
      collect(
        piece.origin,
        {
          start: stretch.start + piece.start,
          end: stretch.start + piece.end,
          reads: piece.reads,
          conditions: piece.condition ? [...around, piece.condition] : around,
          ...(piece.template ? { template: piece.template } : {}),
          ...(outer.length > 0 ? { around: outer } : {}),
          secret,
        },
        text,
        into,
      )
    }
    return
  }
  const sensitive = secret || isSecret(origin) || stretch.reads.some(isSecretRead)
  into.push({
    start: stretch.start,
    end: stretch.end,
    origin,
    reads: stretch.reads,
    ...(stretch.template ? { template: stretch.template } : {}),
    ...(stretch.around ? { around: stretch.around } : {}),
    ...(stretch.conditions.length > 0 ? { conditions: stretch.conditions } : {}),
    ...(sensitive ? { sensitive } : {}),
  })
}

function hasNewline(text: string, { start, end }: Stretch): boolean {
  const at = text.indexOf('\n', start)
  return at >= 0 && at < end
}

/** The origin below the names that a value was bound to on its way, which leave its text alone. */
function unwrap(origin: Origin): { origin: Origin; secret: boolean; conditions: readonly Condition[] } {
  let secret = false
  let at = origin
  const conditions: Condition[] = []
  while (at.kind === 'variable' || at.kind === 'parameter' || at.kind === 'secret' || at.kind === 'chosen') {
    secret ||= at.kind === 'secret'
    if (at.kind === 'chosen') conditions.push(at.by)
    at = at.from
  }
  return { origin: at, secret, conditions }
}

/** The same segments, `offset` further on. */
export function shiftSegments(segments: readonly Segment[], offset: number): Segment[] {
  return segments.map((s) => ({ ...s, start: s.start + offset, end: s.end + offset }))
}

/** The same segments, there because of more conditions. */
export function withConditions(segments: readonly Segment[], more: readonly Condition[]): readonly Segment[] {
  return more.length === 0
    ? segments
    : segments.map((segment) => ({ ...segment, conditions: [...(segment.conditions ?? []), ...more] }))
}
