import type { Span } from '../source/source-file.ts'
import type { Node } from './ast.ts'

/** The span that starts where Puppet's messages locate the node: the operator of a binary expression, say. */
export function placeOf(node: Node): Span {
  if ('operatorSpan' in node) return node.operatorSpan
  const start = node.at ?? node.span.start
  return start === node.span.start ? node.span : { ...node.span, start, end: Math.max(start, node.span.end) }
}
