import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { DeployedFile } from './file-change.ts'

/**
 * What a Puppet run makes of a path: what the catalog says, nothing any more, the same with other attributes, or no
 * difference at all. `refused`: Puppet fails there, because a directory does not give way without `force`.
 */
export type Outcome = 'made' | 'removed' | 'adjusted' | 'kept' | 'refused'

/** Puppet documentation, "Resource type: file": `ensure`, `force`, `replace`. No `after` is an entry that is purged. */
export function outcomeOf(before: DeployedFile | undefined, after: RenderedFile | undefined): Outcome {
  if (!after) return 'removed'
  if (after.kind === 'absent') return before?.kind === 'directory' && !after.force ? 'kept' : 'removed'
  if (!before) return after.ensure === 'unset' ? 'kept' : 'made'
  if (after.ensure === 'unset') return 'adjusted'
  // Where a link points is no content: that changes even so.
  if (after.replace === false) return before.kind === 'link' && after.kind === 'link' ? 'made' : 'adjusted'
  if (before.kind === after.kind) return 'made'
  if (after.ensure === 'present') return 'adjusted'
  return before.kind === 'directory' && !after.force ? 'refused' : 'made'
}
