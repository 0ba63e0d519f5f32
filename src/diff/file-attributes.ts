import type { RenderedFile } from '../catalog/rendered-file.ts'
import type { AttributeChange, DeployedFile } from './file-change.ts'
import { desiredMode, modeText } from './file-mode.ts'
import type { Outcome } from './outcome.ts'

/**
 * The attributes that a Puppet run would set: those which the catalog manages and the deployed side is known to have
 * otherwise. A new file lists what it gets; a removed one lists nothing. Modes of links are not managed.
 */
export function attributeChanges(
  before: DeployedFile | undefined,
  after: RenderedFile | undefined,
  outcome: Outcome,
): AttributeChange[] {
  if (!after || after.kind === 'absent') return []
  if (!before) return initialAttributes(after)
  const changes: AttributeChange[] = []
  const kind = outcome === 'adjusted' ? before.kind : after.kind
  if (before.kind !== kind) changes.push({ name: 'kind', before: before.kind, after: after.kind })
  if (outcome === 'made' && after.kind === 'link' && after.target !== undefined && before.target !== after.target)
    changes.push({
      name: 'target',
      ...(before.target !== undefined ? { before: before.target } : {}),
      after: after.target,
    })
  if (kind === 'link') return changes
  if (after.mode !== undefined && before.mode !== undefined && before.kind === kind) {
    const mode = desiredMode(after.mode, before.mode, kind === 'directory')
    if (mode !== undefined && mode !== before.mode)
      changes.push({ name: 'mode', before: modeText(before.mode), after: modeText(mode) })
  }
  for (const name of ['owner', 'group'] as const) {
    const [old, wanted] = [before[name], after[name]]
    if (old !== undefined && wanted !== undefined && differentAccounts(old, wanted))
      changes.push({ name, before: old, after: wanted })
  }
  return changes
}

function initialAttributes(file: RenderedFile): AttributeChange[] {
  const changes: AttributeChange[] = []
  if (file.kind === 'link' && file.target !== undefined) changes.push({ name: 'target', after: file.target })
  if (file.kind === 'link') return changes
  if (file.mode !== undefined) {
    // Symbolic modes work from bits that only the node's umask decides: shown as written.
    const mode = /^[0-7]+$/.test(file.mode) ? desiredMode(file.mode, 0, file.kind === 'directory') : undefined
    changes.push({ name: 'mode', after: mode === undefined ? file.mode : modeText(mode) })
  }
  if (file.owner !== undefined) changes.push({ name: 'owner', after: file.owner })
  if (file.group !== undefined) changes.push({ name: 'group', after: file.group })
  return changes
}

/** A name and a number cannot be told apart without the node's accounts; only `root` is 0 everywhere. */
function differentAccounts(a: string, b: string): boolean {
  const [first, second] = [a === '0' ? 'root' : a, b === '0' ? 'root' : b]
  const numbers = [first, second].filter((account) => /^\d+$/.test(account)).length
  if (numbers === 1 && first !== 'root' && second !== 'root') return false
  return first !== second
}
