import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Compilation, compileNode } from '../compiler/compile-node.ts'
import { renderFiles } from '../compiler/rendered-files.ts'
import type { NodeRequest } from '../compiler/state.ts'
import { dependencyCycles } from '../lint/dependency-cycles.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { ControlRepo } from './control-repo.ts'
import { serverFacts } from './settings.ts'
import { type Stall, stalledCompilation } from './stalls.ts'

export interface RenderedNode {
  readonly compilation: Compilation
  readonly files: readonly RenderedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A node's catalog and its files. A node that stalled before is not tried again. */
export function renderNode(repo: ControlRepo, node: NodeRequest, stalls: readonly Stall[]): RenderedNode {
  const stall = stalls.find((s) => s.name === node.name)
  const compilation = stall
    ? stalledCompilation(node, stall)
    : compileNode(repo.environment, { serverFacts: serverFacts(repo.environment.settings.puppet), ...node })
  if (!compilation.catalog || !compilation.context)
    return { compilation, files: [], diagnostics: compilation.diagnostics }
  const rendering = renderFiles(compilation.catalog, compilation.context, repo.environment.ruby)
  return {
    compilation,
    files: rendering.files,
    diagnostics: [...compilation.diagnostics, ...dependencyCycles(compilation.catalog), ...rendering.diagnostics],
  }
}
