import type { Node } from '../puppet/ast.ts'
import type { Span } from '../source/source-file.ts'

/** The place by which Puppet names a piece of syntax in messages and catalogs. */
export function placeOf(node: Node): Span {
  const { at, span } = node
  return at === undefined || at === span.start
    ? span
    : { file: span.file, start: at, end: span.end > at ? span.end : at }
}
