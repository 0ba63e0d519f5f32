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
  const asked = requestFor(repo, node)
  const compilation = stall ? stalledCompilation(node, stall) : compileNode(repo.environment, asked.request)
  if (asked.path !== undefined) compilation.reads.files.add(asked.path)
  const found = [...asked.diagnostics, ...compilation.diagnostics]
  if (!compilation.catalog || !compilation.context) return { compilation, files: [], diagnostics: found }
  const rendering = renderFiles(compilation.catalog, compilation.context, repo.environment.ruby)
  return {
    compilation,
    files: rendering.files,
    diagnostics: [...found, ...dependencyCycles(compilation.catalog), ...rendering.diagnostics],
  }
}

/** What is asked of the compiler for a node: its facts, the server's, and what the classifier says of it. */
export function requestFor(
  repo: ControlRepo,
  node: NodeRequest,
): { readonly request: NodeRequest; readonly diagnostics: readonly Diagnostic[]; readonly path?: string } {
  const plain = { serverFacts: serverFacts(repo.environment.settings.puppet), ...node }
  const classified = repo.classify?.(node.name)
  if (!classified) return { request: plain, diagnostics: [] }
  const { classification, diagnostics, path } = classified
  const request = classification
    ? {
        ...plain,
        classes: classification.classes,
        ...(classification.parameters ? { parameters: classification.parameters } : {}),
        ...(classification.environment === undefined ? {} : { environment: classification.environment }),
      }
    : plain
  return { request, diagnostics, ...(path === undefined ? {} : { path }) }
}
