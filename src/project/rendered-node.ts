import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Compilation, compileNode } from '../compiler/compile-node.ts'
import { renderFiles } from '../compiler/rendered-files.ts'
import type { NodeRequest } from '../compiler/state.ts'
import { dependencyCycles } from '../lint/dependency-cycles.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { ControlRepo } from './control-repo.ts'
import { addReads } from './exported-resources.ts'
import { openGuard } from './guard.ts'
import { serverFacts } from './settings.ts'
import { type Stall, stalledCompilation } from './stalls.ts'

export interface RenderedNode {
  readonly compilation: Compilation
  readonly files: readonly RenderedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A node's catalog and its files. A node that stalled before is not tried again. */
export function renderNode(repo: ControlRepo, node: NodeRequest, stalls: readonly Stall[]): RenderedNode {
  return renderCompiled(repo, compileWithOthers(repo, node, stalls))
}

/** The same; `undefined` where the node collects what others export and not all of them have been compiled yet. */
export function renderUnlessWaiting(
  repo: ControlRepo,
  node: NodeRequest,
  stalls: readonly Stall[],
): RenderedNode | undefined {
  const { exports } = repo
  if (!exports?.collects(node.name)) {
    const compiled = compile(repo, node, stalls)
    if (!exports || !compiled.compilation.collectsExported) return renderCompiled(repo, compiled)
  }
  return exports.missing().length > 0 ? undefined : renderNode(repo, node, stalls)
}

interface Compiled {
  readonly compilation: Compilation
  readonly diagnostics: readonly Diagnostic[]
}

function renderCompiled(repo: ControlRepo, { compilation, diagnostics }: Compiled): RenderedNode {
  const { catalog, context, ...failed } = compilation
  if (!catalog || !context) return { compilation, files: [], diagnostics }
  const { attempt, faults } = openGuard()
  const rendering = attempt('rendering files', () => renderFiles(catalog, context, repo.environment.ruby), undefined)
  // Nothing may be said of files that could not be rendered: such a node counts as one without catalog.
  if (!rendering) return { compilation: failed, files: [], diagnostics: [...diagnostics, ...faults] }
  const cycles = attempt('looking for dependency cycles', () => dependencyCycles(catalog), [])
  return {
    compilation,
    files: rendering.files.map((file) => ({ ...file, levels: compilation.levels })),
    diagnostics: [...diagnostics, ...cycles, ...rendering.diagnostics, ...faults],
  }
}

/** Compiles a node, and where it collects exported resources all others before it, as PuppetDB would know them. */
function compileWithOthers(repo: ControlRepo, node: NodeRequest, stalls: readonly Stall[]): Compiled {
  const { exports } = repo
  if (!exports?.collects(node.name)) {
    const alone = compile(repo, node, stalls)
    if (!exports || !alone.compilation.collectsExported) return alone
  }
  for (const name of exports.missing()) {
    const other = repo.nodes.find((candidate) => candidate.name === name)
    repo.onExporter?.(name)
    if (other) compile(repo, other, stalls)
  }
  repo.onExporter?.(node.name)
  const compiled = compile(repo, node, stalls, exports.ofType)
  addReads(compiled.compilation.reads, exports.reads)
  return compiled
}

const nothing = () => []

function compile(
  repo: ControlRepo,
  node: NodeRequest,
  stalls: readonly Stall[],
  exported: NonNullable<NodeRequest['exported']> = nothing,
): Compiled {
  const stall = stalls.find((s) => s.name === node.name)
  const asked = requestFor(repo, node)
  const request = repo.exports ? { ...asked.request, exported } : asked.request
  const compilation = stall ? stalledCompilation(node, stall) : compileNode(repo.environment, request)
  if (asked.path !== undefined) compilation.reads.files.add(asked.path)
  if (exported === nothing) repo.exports?.learn(compilation)
  return { compilation, diagnostics: [...asked.diagnostics, ...compilation.diagnostics] }
}

/** What is asked of the compiler for a node: its facts, the server's, and what the classifier says of it. */
export function requestFor(
  repo: ControlRepo,
  node: NodeRequest,
): { readonly request: NodeRequest; readonly diagnostics: readonly Diagnostic[]; readonly path?: string } {
  const plain = {
    serverFacts: serverFacts(repo.environment.settings.puppet),
    ...(repo.queries ? { queries: repo.queries } : {}),
    ...node,
  }
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
