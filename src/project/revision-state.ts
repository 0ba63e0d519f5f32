import type { Diagnostic } from '../source/diagnostic.ts'
import { diskFiles, type Files } from '../source/files.ts'
import { changeSet } from './change-set.ts'
import { type ControlRepo, type ControlRepoOptions, openControlRepo } from './control-repo.ts'
import { type EarlierState, earlierLabel } from './earlier-state.ts'
import { blobReader } from './git/blobs.ts'
import { changedPaths } from './git/changed-paths.ts'
import { type GitRepository, openRepository } from './git/git.ts'
import { ignoredPaths } from './git/installed.ts'
import { openRevision, type Revision } from './git/revision.ts'
import { type ReachSide, reachOf } from './reach.ts'
import { renderNode } from './rendered-node.ts'

/** Which revisions are compared; without `to`, `from` with the work tree. */
export interface Revisions {
  readonly from: string
  readonly to?: string
}

/** A control repo and what it was at an earlier revision. */
export interface RevisionPair {
  readonly repo: ControlRepo
  readonly earlier: EarlierState
}

/**
 * Opens a control repo at two revisions, with the facts and the `rehearse.yaml` of each; the nodes are those of the later
 * one. Fails where git, the repository or a revision is missing.
 */
export function openRevisions(options: ControlRepoOptions, { from, to }: Revisions): RevisionPair {
  const repository = openRepository(options.directory, to === undefined ? [from] : [from, to])
  const ignored = ignoredPaths(repository)
  const revisions: Revision[] = []
  const reader = blobReader(function* () {
    for (const revision of revisions) yield* revision.entries.values()
  })
  const open = (name: string): Revision => {
    const revision = openRevision(repository, name, ignored, reader)
    revisions.push(revision)
    return revision
  }
  const before = open(from)
  const after = to === undefined ? undefined : open(to)
  const paths = changedPaths(repository, before, after).map((path) => shownPath(path, repository))
  const parsed = new Map()
  const repo = openControlRepo({ ...options, parsed, ...(after ? sourcesOf(after) : {}) })
  const old = openControlRepo({
    ...options,
    ...sourcesOf(before),
    later: repo,
    now: repo.environment.now,
    parsed,
    // One interpreter does for both, as long as both would show it the same files.
    ...(paths.some((path) => /(^|\/)lib\/|^(environment\.conf|rehearse\.yaml)$/.test(path)) ? {} : { ruby: repo.ruby }),
  })
  const sides = [reachSide(old, repository, before), reachSide(repo, repository, after)] as const
  return {
    repo,
    earlier: {
      comparison: { before: from, after: to ?? 'the work tree', paths },
      reach: reachOf(paths, ...sides),
      changes: changeSet(paths, sides[0].text, sides[1].text),
      diagnostics: [...before.diagnostics, ...(after?.diagnostics ?? [])].filter(once),
      render: (node, _, stalls) => {
        const label = earlierLabel(node.name, from)
        const own = stalls.flatMap((stall) => (stall.name === label ? [{ ...stall, name: node.name }] : []))
        const then = sides[0].nodes.get(node.name) ?? node
        const { compilation, files, diagnostics } = renderNode(old, then, own)
        return {
          ...(compilation.catalog ? { catalog: compilation.catalog } : {}),
          files,
          diagnostics,
          secrets: compilation.secrets,
        }
      },
    },
  }
}

function sourcesOf(revision: Revision): Pick<ControlRepoOptions, 'files' | 'elsewhere'> {
  return { files: revision.files, elsewhere: revision.elsewhere }
}

/** As people are shown it: relative to the environment where it lies inside, absolute elsewhere. */
function shownPath(path: string, { prefix, top }: GitRepository): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : `${top}/${path}`
}

function reachSide(repo: ControlRepo, { top }: GitRepository, revision: Revision | undefined): ReachSide {
  const { files } = repo.environment
  const elsewhere: Files | undefined = revision ? revision.elsewhere(top) : diskFiles(top)
  return {
    files,
    nodes: new Map(repo.nodes.map((node) => [node.name, node])),
    configuration: repo.configuration,
    askedByRuby: repo.ruby.hasAsked,
    modules: repo.environment.modules,
    own: repo.environment.own,
    manifests: repo.manifests,
    text: (path) =>
      path.startsWith('/')
        ? path.startsWith(`${top}/`)
          ? elsewhere?.text(path.slice(top.length + 1))
          : undefined
        : files.text(path),
  }
}

function once(diagnostic: Diagnostic, i: number, all: readonly Diagnostic[]): boolean {
  return all.findIndex((other) => other.message === diagnostic.message) === i
}
