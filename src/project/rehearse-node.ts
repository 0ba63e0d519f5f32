import { configPlace } from '../apache/place.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { withoutHiddenLines } from '../diff/compare-file.ts'
import { compareCatalogFiles, compareWithDeployed, type StateChanges } from '../diff/compare-states.ts'
import type { DeployedTree } from '../diff/deployed-tree.ts'
import { describeStructure } from '../diff/describe-structure.ts'
import { editedInPlace } from '../diff/edits.ts'
import { type Effect, effectsOf } from '../diff/effects.ts'
import type { FileChange } from '../diff/file-change.ts'
import { learnSecrets, learnTexts, type Mask } from '../diff/mask.ts'
import { type ResourceChange, resourceChanges } from '../diff/resource-changes.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { sameEffect } from './apache/same-effect.ts'
import { type ServerChange, type ServerState, serverChanges } from './apache/server-changes.ts'
import { checkApacheFiles } from './apache-check.ts'
import { causesOf, joinedCauses } from './causes.ts'
import type { ControlRepo } from './control-repo.ts'
import type { EarlierNode, EarlierState } from './earlier-state.ts'
import type { NodeChange } from './group-changes.ts'
import { openGuard } from './guard.ts'
import type { Ignoring } from './ignore-rules.ts'
import type { NodeFacts } from './read-facts.ts'
import { type RenderedNode, renderNode, renderUnlessWaiting } from './rendered-node.ts'
import type { Finding, NodeReport, Section } from './run-report.ts'
import type { Stall } from './stalls.ts'

/** All that a rehearsal tells of one node. */
export interface NodeOutcome {
  readonly report: NodeReport
  readonly changes: readonly NodeChange[]
  readonly effects: readonly { readonly effect: Effect; readonly section: Section | undefined }[]
  /** What httpd will do differently. */
  readonly server: readonly { readonly change: ServerChange; readonly section: Section | undefined }[]
  readonly resources: readonly ResourceChange[]
  readonly findings: readonly Finding[]
}

/** What a node is compared with. */
export interface Against {
  readonly earlier?: EarlierState
  /** The files as they are on the node, by the files that its catalog manages. */
  readonly deployed?: (files: readonly RenderedFile[]) => DeployedTree | Diagnostic
  /** Whether nodes that the change cannot reach are compiled twice nevertheless. */
  readonly all: boolean
  readonly onEarlier?: () => void
  readonly mayWait?: boolean
}

const noEarlier = define(
  'warning',
  'compare/no-earlier-catalog',
  (before: string, reason: string) => `no catalog at ${before} to compare with: ${reason}`,
)

const unchangedState: StateChanges = { changes: [], diagnostics: [] }

/**
 * Compiles a node, renders its files, judges its Apache configuration and compares it with other states. `undefined`:
 * it has to wait until other nodes have been compiled, whose exported resources it collects (with `mayWait` only).
 */
export function rehearseNode(
  repo: ControlRepo,
  node: NodeFacts,
  against: Against,
  mask: Mask,
  ignore: Ignoring,
  stalls: readonly Stall[],
): NodeOutcome | undefined {
  const started = performance.now()
  const later = against.mayWait ? renderUnlessWaiting(repo, node, stalls) : renderNode(repo, node, stalls)
  if (!later) return undefined
  repo.dataUse?.learn(later.compilation)
  for (const file of later.files) learnSecrets(mask, file)
  learnTexts(mask, later.compilation.secrets)
  const { attempt, faults } = openGuard()
  const found = attempt('reading deployed files', () => against.deployed?.(later.files), undefined)
  const [deployed, unread] = found && 'code' in found ? [undefined, found] : [found, undefined]
  const judge = (files: readonly RenderedFile[]) =>
    attempt('judging Apache files', () => checkApacheFiles(node.name, files, deployed, repo.configuration), [])
  const findings = [...later.diagnostics.map((diagnostic) => plain(diagnostic, node.name)), ...judge(later.files)]
  const { earlier: state } = against
  const comparison =
    state &&
    attempt('comparing catalogs', () => compareStates(node, later, state, against, mask, stalls), lostComparison(state))
  const before = comparison?.earlier
  const drift =
    deployed && later.compilation.catalog
      ? attempt(
          'comparing deployed files',
          () => compareWithDeployed(before?.files ?? later.files, deployed, mask),
          unchangedState,
        )
      : unchangedState
  const own = comparison ? comparison.changes : drift.changes
  const changes: NodeChange[] = []
  let unchanged = 0
  const keep = (change: FileChange, section: Section | undefined): FileChange | undefined => {
    if (change.kind === 'unchanged') return undefined
    const structure = attempt(
      'telling what changes in a file',
      () => describeStructure(change, configPlace(change.path) !== undefined),
      undefined,
    )
    const left = ignore.file(structure ? { ...change, structure } : change)
    if (left.kind === 'unchanged') return undefined
    const causes =
      section === 'change' && before && state
        ? attempt('looking for causes', () => explain(left, later, before, state, comparison.reasons), undefined)
        : undefined
    const shown = withoutHiddenLines(left)
    const shownCauses = causes && (shown.hidden ? [joinedCauses(causes)] : causes)
    changes.push({ node: node.name, section, change: shown, ...(shownCauses ? { causes: shownCauses } : {}) })
    return left
  }
  const kept = own.flatMap((change) => {
    if (change.kind === 'unchanged') unchanged++
    return keep(change, comparison ? 'change' : undefined) ?? []
  })
  const drifted = comparison ? drift.changes.flatMap((change) => keep(change, 'drift') ?? []) : []
  if (comparison && comparison.changes.length === 0) unchanged = later.files.length
  const resources = (comparison?.resources ?? []).flatMap((change) => ignore.resource(change) ?? [])
  const { catalog } = later.compilation
  const now: ServerState = { files: later.files, deployed }
  const then: ServerState = { files: before?.files ?? [], deployed }
  const live: ServerState = { files: [], deployed }
  const differences = (from: ServerState, to: ServerState, files: readonly FileChange[]) =>
    attempt('comparing what httpd does', () => serverDifferences(from, to, files, repo), undefined)
  const changed = comparison && before ? differences(then, now, kept) : undefined
  const drifting = deployed ? differences(live, before ? then : now, comparison ? drifted : kept) : undefined
  const server = [
    ...(changed ?? []).map((change) => ({ change, section: 'change' as const })),
    ...(drifting ?? []).map((change) => ({ change, section: comparison ? ('drift' as const) : undefined })),
  ]
  const effects = (files: readonly FileChange[], others: readonly ResourceChange[], section: Section | undefined) =>
    (catalog ? attempt('following effects', () => effectsOf(catalog, applied(files), others, deployed), []) : []).map(
      (effect) => ({
        effect,
        section,
      }),
    )
  const followed = [
    ...effects(kept, resources, comparison ? 'change' : undefined),
    ...(comparison ? effects(drifted, [], 'drift') : []),
  ]
  // Between two states, resources that differ are listed themselves.
  const edits =
    deployed && catalog && !comparison
      ? attempt('looking for files that are edited', () => editedInPlace(catalog, deployed), [])
      : []
  const read = attempt('reading deployed files', () => deployed?.diagnostics() ?? [], [])
  const all = [
    ...findings,
    ...[...(unread ? [unread] : []), ...drift.diagnostics, ...edits, ...read].map((diagnostic) =>
      plain(diagnostic, node.name),
    ),
  ]
  const told = comparison
    ? [
        ...withStanding(all, comparison, () => judge(before?.files ?? [])),
        ...comparison.findings,
        ...(changed?.length === 0 ? [sameFinding(node.name, kept)] : []),
      ]
    : all
  return {
    report: {
      name: node.name,
      status: catalog ? 'compiled' : 'failed',
      resources: catalog?.resources.length ?? 0,
      files: later.files.length,
      unchanged,
      ...(catalog && (comparison ? comparison.reasons.length > 0 && !before : unread) ? { notCompared: true } : {}),
      ...(comparison ? { reachedBy: comparison.reasons } : {}),
      elapsed: performance.now() - started,
    },
    changes,
    resources,
    server,
    effects: followed,
    findings: [...told, ...faults.map((diagnostic) => plain(diagnostic, node.name))],
  }
}

/** Without what is only reported. */
function applied(changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({ noop }) => !noop)
}

/** What httpd does differently because of these changes of files. */
function serverDifferences(
  before: ServerState,
  after: ServerState,
  changes: readonly FileChange[],
  { configuration }: ControlRepo,
): ServerChange[] | undefined {
  const paths = applied(changes)
    .filter(({ hunks, kind }) => hunks.length > 0 || kind !== 'attributes')
    .map(({ path }) => path)
  return paths.some((path) => configPlace(path) !== undefined)
    ? serverChanges(before, after, paths, configuration)
    : undefined
}

function sameFinding(node: string, changes: readonly FileChange[]): Finding {
  const paths = changes.map(({ path }) => path).filter((path) => configPlace(path) === 'server')
  return plain(sameEffect(paths), node)
}

function plain(diagnostic: Diagnostic, node: string): Finding {
  return { diagnostic, nodes: [node], trace: [] }
}

/** What stands for a node whose rehearsal threw as a whole. */
export function lostNode(node: string, faults: readonly Diagnostic[]): NodeOutcome {
  return {
    report: { name: node, status: 'failed', resources: 0, files: 0, unchanged: 0, elapsed: 0 },
    changes: [],
    effects: [],
    server: [],
    resources: [],
    findings: faults.map((diagnostic) => plain(diagnostic, node)),
  }
}

interface StateComparison {
  readonly reasons: readonly string[]
  /** Left out where the change does not reach the node, or where it had no catalog then. */
  readonly earlier?: EarlierNode
  readonly changes: readonly FileChange[]
  readonly resources: readonly ResourceChange[]
  readonly findings: readonly Finding[]
  /** What the earlier state complained of: code, message and file. */
  readonly standing: ReadonlySet<string> | 'all'
}

const nothingCompared = { changes: [], resources: [], findings: [] } as const

function lostComparison({ comparison }: EarlierState): StateComparison {
  return { ...nothingCompared, reasons: [comparison.before], standing: new Set() }
}

function compareStates(
  node: NodeFacts,
  later: RenderedNode,
  state: EarlierState,
  { all, onEarlier }: Against,
  mask: Mask,
  stalls: readonly Stall[],
): StateComparison {
  const nothing = { ...nothingCompared, standing: 'all' } as const
  const reasons = state.reach ? state.reach(later.compilation) : [state.comparison.before]
  if (reasons.length === 0 && !all) return { reasons, ...nothing }
  onEarlier?.()
  const earlier = state.render(node, later, stalls)
  for (const file of earlier.files) learnSecrets(mask, file)
  learnTexts(mask, earlier.secrets ?? [])
  const standing = new Set(earlier.diagnostics.map((diagnostic) => standingKey({ diagnostic, nodes: [], trace: [] })))
  const { catalog } = later.compilation
  if (!catalog) return { reasons, ...nothing, standing }
  if (!earlier.catalog) {
    const error = earlier.diagnostics.find(({ severity }) => severity === 'error')
    const place = error?.span ? { span: error.span } : {}
    const reason = error?.message ?? 'it does not compile'
    const diagnostic = noEarlier([state.comparison.before, reason], place)
    return { reasons, ...nothing, findings: [plain(diagnostic, node.name)], standing }
  }
  const { changes, released, diagnostics } = compareCatalogFiles(earlier.files, later.files, mask)
  const left = released.map(
    ({ resource, span }): ResourceChange => ({ resource, kind: 'removed', parameters: [], ...(span ? { span } : {}) }),
  )
  return {
    reasons,
    earlier,
    changes,
    resources: [...resourceChanges(earlier.catalog, catalog, mask), ...left],
    findings: diagnostics.map((diagnostic) => plain(diagnostic, node.name)),
    standing,
  }
}

/** Where a finding of the earlier state says the same, it is no news. `judge` tells what httpd says of its files. */
function withStanding(
  findings: readonly Finding[],
  { standing }: StateComparison,
  judge: () => readonly Finding[],
): Finding[] {
  if (standing === 'all') return findings.map((finding) => ({ ...finding, standing: true }))
  const judged = findings.some((finding) => finding.renderedPath !== undefined) ? judge().map(standingKey) : []
  const known = new Set([...standing, ...judged])
  return findings.map((finding) => (known.has(standingKey(finding)) ? { ...finding, standing: true } : finding))
}

function standingKey({ diagnostic: { code, message }, renderedPath }: Finding): string {
  return JSON.stringify([code, message, renderedPath])
}

function explain(
  change: FileChange,
  later: RenderedNode,
  earlier: EarlierNode,
  { changes }: EarlierState,
  reasons: readonly string[],
) {
  if (!changes) return undefined
  const [before, after] = [earlier.files, later.files].map((files) => files.find((file) => file.path === change.path))
  const catalogs = [earlier.catalog, later.compilation.catalog].filter((catalog) => catalog !== undefined)
  return causesOf(change, before, after, { changes, catalogs, reasons })
}
