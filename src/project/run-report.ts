import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { Step } from '../catalog/trace.ts'
import type { Effect } from '../diff/effects.ts'
import type { FileChange } from '../diff/file-change.ts'
import type { Mask } from '../diff/mask.ts'
import type { ResourceChange } from '../diff/resource-changes.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { ServerChange } from './apache/server-changes.ts'
import type { Causes } from './causes.ts'

/** What a run found, as data; the formats turn it into text. */
export interface RunReport {
  readonly command: 'run' | 'template' | 'validate'
  /** The environment's directory, absolute. */
  readonly environment: string
  /** What the rendered files were compared with; left out where with nothing. */
  readonly deployed?: string
  /** Left out where no earlier state of the control repo was compared. */
  readonly comparison?: Comparison
  readonly nodes: readonly NodeReport[]
  /** In order: severity, then place; identical findings of several nodes once. */
  readonly findings: readonly Finding[]
  /** In order of path; identical changes of several nodes once. Unchanged files are only counted. */
  readonly changes: readonly GroupedChange[]
  /** Services that restart and execs that run because of the changes; those of several nodes once. */
  readonly effects?: readonly GroupedEffect[]
  /** What httpd will do differently, whatever files and order say it; the same of several nodes once. */
  readonly server?: readonly GroupedServerChange[]
  /** Packages, services and all other resources that are no files; between two states of the control repo only. */
  readonly resources?: readonly GroupedResourceChange[]
  /** What rules of `rehearse.yaml` hid, each rule that hid something once. */
  readonly ignored?: readonly Ignored[]
  /** What the formats must not show; it has learned from every rendered file of the run. */
  readonly mask: Mask
  /** Milliseconds, of the whole run. */
  readonly elapsed: number
}

/** Two states of the control repo that were compared. */
export interface Comparison {
  /** As people named them: `origin/main`, `the work tree`, a file of saved catalogs. */
  readonly before: string
  readonly after: string
  /** Files of the control repo that differ; left out where the earlier state is a catalog. */
  readonly paths?: readonly string[]
}

/** Differences between two states of the control repo, or between what is deployed and what Puppet wants anyway. */
export type Section = 'change' | 'drift'

export interface NodeReport {
  readonly name: string
  readonly status: 'compiled' | 'failed'
  readonly resources: number
  readonly files: number
  readonly unchanged: number
  /** What it should be compared with is not there or cannot be read: deployed files, a catalog before the change. */
  readonly notCompared?: true
  /**
   * Between two states of the control repo: what of the change reaches the node, as paths and keys of data. Empty: it
   * reads nothing that changed, so its catalog is the same, and it was compiled once.
   */
  readonly reachedBy?: readonly string[]
  /** Milliseconds. */
  readonly elapsed: number
}

export interface Finding {
  readonly diagnostic: Diagnostic
  /** Sorted; empty for what no node is needed for. */
  readonly nodes: readonly string[]
  /** The rendered file that it is about, absolute on the node. */
  readonly renderedPath?: string
  /** The same file, where the diagnostic's span lies in its text: it tells which parts are secret. */
  readonly rendered?: RenderedFile
  /** From the rendered text back to the data. */
  readonly trace: readonly Step[]
  /** What will happen on the node, in one sentence. */
  readonly impact?: string
  /** Between two states of the control repo: the earlier one has it as well. */
  readonly standing?: boolean
}

export interface GroupedChange {
  readonly change: FileChange
  readonly nodes: readonly string[]
  /** Where two states of the control repo were compared. */
  readonly section?: Section
  /** Between two states of the control repo: an entry for each hunk, or one where there are none. */
  readonly causes?: readonly Causes[]
  /**
   * The facts whose values differ between the nodes; `‹networking.ip›` stands for them in path and hunks. Of values that
   * are made of facts, `other values`; `‹…›` stands for them.
   */
  readonly perNode?: readonly string[]
  /** Only few nodes get this difference in a file that many nodes get another one in. */
  readonly outlier?: boolean
}

export interface GroupedEffect {
  readonly effect: Effect
  readonly nodes: readonly string[]
  readonly section?: Section
}

export interface GroupedServerChange {
  readonly change: ServerChange
  readonly nodes: readonly string[]
  readonly section?: Section
}

export interface GroupedResourceChange {
  readonly change: ResourceChange
  readonly nodes: readonly string[]
  /** The facts whose values differ between the nodes; `‹networking.ip›` stands for them. */
  readonly perNode?: readonly string[]
}

/** A rule of `rehearse.yaml` that hid something. */
export interface Ignored {
  readonly rule: string
  readonly reason: string
  /** What it hid, counted for every node. */
  readonly what: 'difference' | 'finding'
  readonly count: number
}
