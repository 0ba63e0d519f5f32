import type { Compilation } from '../compiler/compile-node.ts'
import { type NodeRequest, noReads } from '../compiler/state.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { lineSpan, sourceFile } from '../source/source-file.ts'

/** A node, or a request of a batch, whose work did not end in time. */
export interface Stall {
  readonly name: string
  readonly seconds: number
  /** Where Ruby was, if it was in Ruby: the file as people know it its text and the line, counted from 1. */
  readonly at?: { readonly path: string; readonly line: number; readonly text: string }
}

const stalled = define(
  'error',
  'run/stalled',
  (name: string, seconds: number) => `${name} did not finish within ${seconds} seconds and was stopped`,
)
const stalledInRuby = define(
  'error',
  'ruby/stalled',
  (path: string, seconds: number) => `${path} did not finish within ${seconds} seconds and was stopped`,
)

/** What people are told of a stall. */
export function stallDiagnostic(stall: Stall): Diagnostic {
  const { at } = stall
  const remedy = 'Look for a loop that does not end, or raise the timeout in rehearse.yaml.'
  if (!at) return stalled([stall.name, stall.seconds], { remedy })
  return stalledInRuby([at.path, stall.seconds], { span: lineSpan(sourceFile(at.path, at.text), at.line), remedy })
}

/** The files that hung, by path, with what to say of them: other nodes that use them would hang as well. */
export function refusals(stalls: readonly Stall[]): ReadonlyMap<string, Diagnostic> {
  return new Map(stalls.flatMap((stall) => (stall.at ? [[stall.at.path, stallDiagnostic(stall)] as const] : [])))
}

/** What stands for a node's compilation after a stall. */
export function stalledCompilation(node: NodeRequest, stall: Stall): Compilation {
  return {
    node: node.name,
    diagnostics: [stallDiagnostic(stall)],
    logs: [],
    reads: noReads(),
    secrets: new Set(),
    collectsExported: false,
    levels: new Map(),
  }
}
