import { idText } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { asDeployed, compareFile } from './compare-file.ts'
import type { DeployedTree } from './deployed-tree.ts'
import type { DeployedFile, FileChange } from './file-change.ts'
import type { Mask } from './mask.ts'
import { outcomeOf } from './outcome.ts'
import { entriesBelow, purgedBy, reachedBy } from './recursion.ts'

const directoryInTheWay = define(
  'error',
  'deployed/directory-in-the-way',
  (resource: string, kind: string, reason: string) =>
    `${resource}: change from 'directory' to '${kind}' failed: ${reason}`,
)
const directoryStays = define(
  'info',
  'deployed/directory-stays',
  (resource: string) => `${resource}: Not removing directory; use 'force' to override`,
)
const notReplaced = define(
  'info',
  'compare/not-replaced',
  (resource: string) => `${resource} has other content now, but nodes that have the file keep it: 'replace' is false`,
)

/** The differences of two states of a node, and what is to be said of how Puppet gets there. */
export interface StateChanges {
  readonly changes: readonly FileChange[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Every file that the catalog manages against the node's, and what its directories do to other entries there. */
export function compareWithDeployed(files: readonly RenderedFile[], deployed: DeployedTree, mask: Mask): StateChanges {
  const named = new Map(files.map((file) => [file.path, file]))
  const changes = new Map<string, FileChange>()
  const diagnostics: Diagnostic[] = []
  const add = (before: DeployedFile | undefined, after: RenderedFile | undefined, by: RenderedFile): void => {
    const path = after?.path ?? before?.path ?? ''
    const change = attributed(compareFile(before, after, { mask }), by)
    // What a removed directory holds is gone, whatever the catalog has there.
    if (after !== by && change.kind === 'unchanged') return
    if (changes.get(path)?.kind !== 'removed') changes.set(path, change)
  }
  for (const file of files) {
    const before = deployed.file(file.path)
    // Of what cannot be seen, nobody can say that it is as deployed either.
    if (before?.unreadable) continue
    const problem = before && obstacle(before, file)
    if (problem) diagnostics.push(problem)
    add(before, file, file)
    if (before?.kind !== 'directory') continue
    if (changes.get(file.path)?.kind === 'removed' || outcomeOf(before, file) === 'made') {
      if (file.kind !== 'directory')
        for (const path of entriesBelow(file.path, deployed)) add(deployed.file(path), undefined, file)
      else
        for (const { path, action } of reachedBy(file, named, deployed)) {
          const entry = deployed.file(path)
          if (entry && !entry.unreadable) add(entry, action === 'remove' ? undefined : adjusted(file, path), file)
        }
    }
  }
  return { changes: [...changes.values()], diagnostics }
}

/** The change as one of the resource that makes it, which may be a directory that purges. */
function attributed(change: FileChange, { resource, span, noop }: RenderedFile): FileChange {
  return {
    ...change,
    resource,
    ...(span && !change.after ? { declared: span } : {}),
    ...(noop ? { noop } : {}),
  }
}

/** What recursion makes of an entry that the catalog does not name: the directory's owner, group and mode. */
function adjusted({ resource, owner, group, mode, span }: RenderedFile, path: string): RenderedFile {
  return {
    path,
    kind: 'file',
    ensure: 'unset',
    copied: true,
    resource,
    segments: [],
    sensitive: false,
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(mode === undefined ? {} : { mode }),
    ...(span ? { span } : {}),
  }
}

function obstacle(before: DeployedFile, file: RenderedFile): Diagnostic | undefined {
  const detail = file.span ? { span: file.span } : {}
  const name = idText(file.resource)
  const outcome = outcomeOf(before, file)
  if (outcome === 'kept' && file.kind === 'absent') return directoryStays([name], detail)
  if (outcome !== 'refused') return undefined
  const reason =
    file.kind === 'link' ? 'Could not remove existing file' : `Could not set 'file' on ensure: Is a directory`
  const remedy = "With 'force => true' the directory gives way, and all that it holds is lost."
  return directoryInTheWay([name, file.kind, reason], { ...detail, remedy })
}

/**
 * The files of two catalogs. What only the older one manages is removed where it lies in a directory that the newer one
 * purges; anywhere else it stays on the node as it is, and is merely `released`.
 */
export function compareCatalogFiles(
  before: readonly RenderedFile[],
  after: readonly RenderedFile[],
  mask: Mask,
): StateChanges & { readonly released: readonly RenderedFile[] } {
  const old = new Map(before.map((file) => [file.path, file]))
  const diagnostics: Diagnostic[] = []
  const changes = after.map((file) => {
    const earlier = old.get(file.path)
    old.delete(file.path)
    if (file.replace === false && earlier?.kind === 'file' && earlier.source?.text !== file.source?.text)
      diagnostics.push(notReplaced([idText(file.resource)], file.span ? { span: file.span } : undefined))
    return attributed(compareFile(earlier && asDeployed(earlier), file, { mask }), file)
  })
  const named = new Map(after.map((file) => [file.path, file]))
  const released: RenderedFile[] = []
  for (const file of old.values()) {
    if (file.kind === 'absent') continue
    const directory = purgedBy(file.path, file.kind === 'directory', named)
    if (directory) changes.push(attributed(compareFile(asDeployed(file), undefined, { mask }), directory))
    else released.push(file)
  }
  return { changes, released, diagnostics }
}
