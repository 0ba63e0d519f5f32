import type { Node } from '../puppet/ast.ts'
import { type Span, sourceFile } from '../source/source-file.ts'
import type { State } from './state.ts'

/** The place by which Puppet names a piece of syntax in messages and catalogs. */
export function placeOf(node: Node): Span {
  const { at, span } = node
  return at === undefined || at === span.start ? span : { file: span.file, start: at, end: Math.max(span.end, at) }
}

/** Where the call under evaluation stands. */
export function callPlace(state: State): Span {
  return state.calls.at(-1) ?? { file: sourceFile('', ''), start: 0, end: 0 }
}
