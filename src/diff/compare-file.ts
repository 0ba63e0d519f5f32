import type { RenderedFile } from '../catalog/rendered-file.ts'
import { attributeChanges } from './file-attributes.ts'
import type { DeployedFile, FileChange, HunkLine } from './file-change.ts'
import { type Mask, mergeRanges, secretRanges } from './mask.ts'
import { outcomeOf } from './outcome.ts'
import type { Side } from './secret-lines.ts'
import { textHunks } from './text-hunks.ts'
import { withUnknown } from './unknown-text.ts'

export interface CompareOptions {
  /** Replaces what is secret in hunks; one for a whole run. */
  readonly mask: Mask
  /** Unchanged lines around each difference; 3 unless told. */
  readonly context?: number
}

/**
 * What a Puppet run would do to one path: `before` as it is on the node now, `after` as the catalog wants it. No
 * `before` means that nothing is there; no `after` that Puppet removes it (a purged directory's entry), as does an
 * `after` of kind `absent`. What the catalog leaves open (content, mode, owner) stays as it is and is no change; what
 * could not be read counts as unchanged, since the tree's diagnostics tell of it.
 */
export function compareFile(
  before: DeployedFile | undefined,
  after: RenderedFile | undefined,
  options: CompareOptions,
): FileChange {
  const base = {
    path: after?.path ?? before?.path ?? '',
    ...(after ? { resource: after.resource, after } : {}),
    ...(before ? { before } : {}),
  }
  const outcome = outcomeOf(before, after)
  const wanted = outcome === 'removed' ? undefined : after
  if ((!before && !wanted) || before?.unreadable || outcome === 'kept' || outcome === 'refused')
    return { ...base, kind: 'unchanged', hunks: [], attributes: [] }
  const attributes = attributeChanges(before, wanted, outcome)
  const content = outcome === 'adjusted' ? { hunks: [] } : compareContent(before, wanted, options)
  const kind = !before
    ? 'added'
    : !wanted
      ? 'removed'
      : content.hunks.length > 0 || content.binary || attributes.some((a) => a.name === 'kind' || a.name === 'target')
        ? 'changed'
        : attributes.length > 0
          ? 'attributes'
          : 'unchanged'
  return { ...base, kind, ...content, attributes }
}

function compareContent(
  before: DeployedFile | undefined,
  after: RenderedFile | undefined,
  options: CompareOptions,
): Pick<FileChange, 'hunks' | 'binary'> {
  const old = before?.kind === 'file' ? before : undefined
  const fresh = after?.kind === 'file' ? after : undefined
  const unmanaged = fresh && !fresh.source && !fresh.bytes
  if ((!old && !fresh) || (unmanaged && before?.kind === 'file')) return { hunks: [] }
  if (!old?.bytes && !fresh?.bytes) {
    const context = options.context ?? 3
    const fitting = old?.source && fresh && !old.secrets ? withUnknown(old.source.text, fresh) : undefined
    const side = fitting === undefined ? deployedSide(old) : { text: fitting, secrets: [] }
    return { hunks: textHunks(side, renderedSide(fresh), options.mask, context) }
  }
  const [oldBytes, freshBytes] = [bytesOf(old), bytesOf(fresh)]
  if (oldBytes && freshBytes && Buffer.compare(oldBytes, freshBytes) === 0) return { hunks: [] }
  return {
    hunks: [],
    binary: {
      ...(oldBytes ? { before: oldBytes.length } : {}),
      ...(freshBytes ? { after: freshBytes.length } : {}),
    },
  }
}

/** The change with numbers of lines instead of its hunks, where one of its sides asks for that (`show_diff => false`). */
export function withoutHiddenLines(change: FileChange): FileChange {
  const { before, after, hunks } = change
  if (hunks.length === 0 || (before?.showDiff !== false && after?.showDiff !== false)) return change
  const lines = (kind: HunkLine['kind']): number =>
    hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.kind === kind).length, 0)
  const { structure: _, ...plain } = change
  return { ...plain, hunks: [], hidden: { added: lines('added'), removed: lines('removed') } }
}

function deployedSide(file: DeployedFile | undefined): Side {
  return { text: file?.source?.text ?? '', secrets: file?.secrets ?? [] }
}

function renderedSide(file: RenderedFile | undefined): Side {
  return { text: file?.source?.text ?? '', secrets: file ? secretRanges(file) : [] }
}

function bytesOf(file: DeployedFile | RenderedFile | undefined): Uint8Array | undefined {
  if (!file) return undefined
  return file.bytes ?? Buffer.from(file.source?.text ?? '', 'utf8')
}

/**
 * What an earlier catalog put at a path, as the state to compare with: for differences between two versions of a
 * control repo. Attributes that the earlier catalog left open stay unknown; `undefined` for what it kept absent.
 */
export function asDeployed(file: RenderedFile): DeployedFile | undefined {
  if (file.kind === 'absent') return undefined
  const mode = file.mode !== undefined && /^[0-7]{3,5}$/.test(file.mode) ? Number.parseInt(file.mode, 8) : undefined
  return {
    path: file.path,
    kind: file.kind,
    ...(file.source ? { source: file.source } : {}),
    ...(file.bytes ? { bytes: file.bytes } : {}),
    ...(file.target !== undefined ? { target: file.target } : {}),
    ...(mode !== undefined ? { mode } : {}),
    ...(file.owner !== undefined ? { owner: file.owner } : {}),
    ...(file.group !== undefined ? { group: file.group } : {}),
    secrets: mergeRanges(secretRanges(file)),
    ...(file.showDiff === false ? { showDiff: false } : {}),
  }
}
