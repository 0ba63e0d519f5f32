import { type CheckOptions, type ConfigPlace, checkConfig } from '../apache/check.ts'
import { modulesFrom } from '../apache/loaded-modules.ts'
import { moduleSet, modulesNamed } from '../apache/modules.ts'
import { parseOverride } from '../apache/override.ts'
import { parseConfig } from '../apache/parse.ts'
import { configPlace } from '../apache/place.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { traceRange } from '../catalog/trace.ts'
import type { DeployedTree } from '../diff/deployed-tree.ts'
import type { Configuration } from './configuration.ts'
import type { Finding } from './run-report.ts'

/** What httpd would say of a node's Apache files, each finding traced back to its data. */
export function checkApacheFiles(
  node: string,
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  configuration: Configuration,
): Finding[] {
  const modules = modulesOfNode(files, deployed, configuration)
  const options = { modules, ...overrideOption(configuration.override) }
  return files.flatMap((file) => {
    const place = file.source && configPlace(file.path)
    if (!file.source || !place) return []
    const { diagnostics } = checkConfig(file.source, { ...options, as: place })
    return diagnostics.map((diagnostic) => ({
      diagnostic,
      nodes: [node],
      renderedPath: file.path,
      rendered: file,
      trace: diagnostic.span ? traceRange(file, diagnostic.span.start, diagnostic.span.end) : [],
      ...(diagnostic.severity === 'error' ? { impact: impactOf(place) } : {}),
    }))
  })
}

/** What an error in such a file means on a node. */
export function impactOf(place: ConfigPlace): string {
  return place === 'htaccess'
    ? 'Apache answers every request below this directory with 500 while the file is like this.'
    : 'Apache refuses to start or to reload with this file.'
}

/** A set of modules as people write it: `all`, `debian-default`, or names with commas or spaces between. */
export function modulesOption(text: string): ReadonlySet<string> {
  return text === 'all' || text === 'debian-default'
    ? moduleSet(text)
    : modulesNamed(text.split(/[\s,]+/).filter(Boolean))
}

export function overrideOption(text: string | undefined): Pick<CheckOptions, 'override'> {
  return text === undefined ? {} : { override: parseOverride(text).override }
}

/**
 * The modules a node's httpd loads, where its rendered or deployed files tell (LoadModule lines, links in
 * `mods-enabled`); else what the configuration says, else all of them, so that no module's directive is called unknown.
 */
function modulesOfNode(
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  configuration: Configuration,
): ReadonlySet<string> {
  if (configuration.modules !== undefined) return modulesOption(configuration.modules)
  const trees = files.flatMap((file) =>
    file.source && configPlace(file.path) === 'server' ? [parseConfig(file.source)] : [],
  )
  const paths = files.filter((file) => file.kind !== 'absent').map((file) => file.path)
  const absent = files.filter((file) => file.kind === 'absent').map((file) => file.path)
  for (const directory of moduleDirectories)
    for (const name of deployed?.list(directory) ?? []) {
      const path = `${directory}/${name}`
      const source = deployed?.file(path)?.source
      paths.push(path)
      if (source) trees.push(parseConfig(source))
    }
  return modulesFrom({ trees, paths, absent }) ?? moduleSet('all')
}

/** Where Debian and the RHEL family keep what loads modules. */
const moduleDirectories = ['/etc/apache2/mods-enabled', '/etc/httpd/conf.modules.d']
