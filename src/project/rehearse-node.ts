import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Compilation, compileNode } from '../compiler/compile-node.ts'
import { renderFiles } from '../compiler/rendered-files.ts'
import type { NodeRequest } from '../compiler/state.ts'
import { compareFile } from '../diff/compare-file.ts'
import type { DeployedTree } from '../diff/deployed-tree.ts'
import type { FileChange } from '../diff/file-change.ts'
import { learnSecrets, type Mask } from '../diff/mask.ts'
import { dependencyCycles } from '../lint/dependency-cycles.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { checkApacheFiles } from './apache-check.ts'
import type { ControlRepo } from './control-repo.ts'
import type { NodeFacts } from './read-facts.ts'
import type { Finding, NodeReport } from './run-report.ts'
import { serverFacts } from './settings.ts'
import { type Stall, stalledCompilation } from './stalls.ts'

/** All that a rehearsal tells of one node. */
export interface NodeOutcome {
  readonly report: NodeReport
  readonly files: readonly RenderedFile[]
  readonly changes: readonly FileChange[]
  readonly findings: readonly Finding[]
}

/** Compiles a node, renders its files, judges its Apache configuration and compares with what is deployed. */
export function rehearseNode(
  repo: ControlRepo,
  node: NodeFacts,
  deployed: DeployedTree | undefined,
  mask: Mask,
  stalls: readonly Stall[],
): NodeOutcome {
  const started = performance.now()
  const { compilation, files, diagnostics } = renderNode(repo, node, stalls)
  for (const file of files) learnSecrets(mask, file)
  const changes = deployed ? compareAll(files, deployed, mask) : []
  const findings = [
    ...diagnostics.map((diagnostic) => ({ diagnostic, nodes: [node.name], trace: [] })),
    ...checkApacheFiles(node.name, files, deployed, repo.configuration),
    ...(deployed?.diagnostics() ?? []).map((diagnostic) => ({ diagnostic, nodes: [node.name], trace: [] })),
  ]
  return {
    report: {
      name: node.name,
      status: compilation.catalog ? 'compiled' : 'failed',
      resources: compilation.catalog?.resources.length ?? 0,
      files: files.length,
      unchanged: changes.filter((change) => change.kind === 'unchanged').length,
      elapsed: performance.now() - started,
    },
    files,
    changes: changes.filter((change) => change.kind !== 'unchanged'),
    findings,
  }
}

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

/** Every file that the catalog manages, and what Puppet would remove from directories that it purges. */
function compareAll(files: readonly RenderedFile[], deployed: DeployedTree, mask: Mask): FileChange[] {
  const managed = new Set(files.map((file) => file.path))
  const changes = files.map((file) => compareFile(deployed.file(file.path), file, { mask }))
  for (const file of files) {
    if (file.kind !== 'directory' || !file.purge) continue
    for (const name of deployed.list(file.path) ?? []) {
      const path = `${file.path}/${name}`
      if (managed.has(path)) continue
      const before = deployed.file(path)
      if (before) changes.push({ ...compareFile(before, undefined, { mask }), resource: file.resource })
    }
  }
  return changes
}
