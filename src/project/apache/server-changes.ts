import { configPlace } from '../../apache/place.ts'
import type { RenderedFile } from '../../catalog/rendered-file.ts'
import type { DeployedTree } from '../../diff/deployed-tree.ts'
import { compareEffective, type EffectiveChange } from '../../lint/apache/compare-effective.ts'
import { readServer } from '../apache-check.ts'
import type { Configuration } from '../configuration.ts'
import { type PlacedDirective, placed } from './effective-view.ts'

/** A difference in what a node's httpd does, with the directives that say so in the two states. */
export interface ServerChange extends Omit<EffectiveChange, 'said'> {
  readonly said: { readonly before?: PlacedDirective; readonly after?: PlacedDirective }
}

/** The files of a node in one state; without `files`, what is deployed. */
export interface ServerState {
  readonly files: readonly RenderedFile[]
  readonly deployed: DeployedTree | undefined
}

/**
 * How two states of a node's Apache configuration differ after merging; empty where one only says in another order or in
 * other files what the other one says. `undefined` where no changed path is part of the configuration, or where one
 * of the states is not known from its main file on, or does not lead to all that changes.
 */
export function serverChanges(
  before: ServerState,
  after: ServerState,
  paths: readonly string[],
  configuration: Configuration,
): ServerChange[] | undefined {
  const later = readServer(after.files, after.deployed, configuration)
  const directory = later.whole?.layout.directory
  if (!later.whole || !later.model || !paths.some((path) => path.startsWith(`${directory}/`))) return undefined
  // The server program is the same before and after.
  const earlier = readServer(before.files, before.deployed, configuration, later.atStart)
  if (!earlier.whole || !earlier.model || earlier.whole.layout.main !== later.whole.layout.main) return undefined
  if (before.files.length === 0 && !earlier.whole.certain) return undefined
  const [was, is] = [earlier.whole, later.whole]
  const changes = compareEffective(earlier.model, later.model)
  // What httpd is not known to read may be read by way of files that are not known.
  const isRead = (path: string) => [was, is].some(({ files, read }) => read.has(files.resolve(path) ?? path))
  if (changes.length === 0 && paths.some((path) => configPlace(path) === 'server' && !isRead(path))) return undefined
  return changes.map(({ said, ...change }) => ({
    ...change,
    said: {
      ...(said?.before ? { before: placed(was, said.before) } : {}),
      ...(said?.after ? { after: placed(is, said.after) } : {}),
    },
  }))
}
