import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { Step } from '../catalog/trace.ts'
import type { FileChange } from '../diff/file-change.ts'
import type { Mask } from '../diff/mask.ts'
import type { Diagnostic } from '../source/diagnostic.ts'

/** What a run found, as data; the formats turn it into text. */
export interface RunReport {
  readonly command: 'run' | 'template' | 'validate'
  /** The environment's directory as people named it. */
  readonly environment: string
  /** What the rendered files were compared with; left out where with nothing. */
  readonly deployed?: string
  readonly nodes: readonly NodeReport[]
  /** In order: severity, then place; identical findings of several nodes once. */
  readonly findings: readonly Finding[]
  /** In order of path; identical changes of several nodes once. Unchanged files are only counted. */
  readonly changes: readonly GroupedChange[]
  /** What the formats must not show; it has learned from every rendered file of the run. */
  readonly mask: Mask
  /** Milliseconds, of the whole run. */
  readonly elapsed: number
}

export interface NodeReport {
  readonly name: string
  readonly status: 'compiled' | 'failed'
  readonly resources: number
  readonly files: number
  readonly unchanged: number
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
}

export interface GroupedChange {
  readonly change: FileChange
  readonly nodes: readonly string[]
}

export function hasErrors(report: RunReport): boolean {
  return report.findings.some((finding) => finding.diagnostic.severity === 'error')
}
