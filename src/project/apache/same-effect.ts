import type { RenderedFile } from '../../catalog/rendered-file.ts'
import type { DeployedTree } from '../../diff/deployed-tree.ts'
import { compareEffective } from '../../lint/apache/compare-effective.ts'
import { type ServerModel, serverModel } from '../../lint/apache/server.ts'
import { type Diagnostic, define } from '../../source/diagnostic.ts'
import { type WholeServer, wholeServer } from './whole-server.ts'

const sameEffectOf = define(
  'info',
  'apache/same-effect',
  (paths: string) =>
    `the changes to ${paths} leave what httpd does as it is: order, layout, comments or the files differ`,
)

/** What changes of these files come to, where that is nothing. */
export function sameEffect(paths: readonly string[]): Diagnostic {
  const shown =
    paths.length > 3 ? `${paths.slice(0, 2).join(', ')} and ${paths.length - 2} more files` : paths.join(', ')
  return sameEffectOf([shown])
}

/**
 * Says so where the catalog changes what is deployed of the configuration without changing what it comes to. `modules`:
 * those that are there from the start.
 */
export function effectKept(
  whole: WholeServer,
  model: ServerModel,
  rendered: readonly RenderedFile[],
  deployed: DeployedTree,
  modules: ReadonlySet<string>,
): Diagnostic[] {
  const changed = rendered.filter(({ path, source, kind }) => {
    const inside = path.startsWith(`${whole.layout.directory}/`)
    return inside && kind !== 'directory' && (kind !== 'file' || source) && isChanged(path, source?.text, deployed)
  })
  if (changed.length === 0) return []
  const before = wholeServer([], deployed, modules)
  if (!before?.certain || before.layout.main !== whole.layout.main) return []
  if (compareEffective(serverModel(before.nodes, before.environment), model).length > 0) return []
  return [sameEffect(changed.map(({ path }) => path))]
}

function isChanged(path: string, text: string | undefined, deployed: DeployedTree): boolean {
  const there = deployed.file(path)
  return text === undefined ? there === undefined : there?.source?.text !== text
}
