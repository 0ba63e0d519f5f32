import { posix } from 'node:path'
import { type CheckOptions, type ConfigPlace, checkConfig } from '../apache/check.ts'
import { modulesForFile, modulesFrom } from '../apache/loaded-modules.ts'
import { moduleSet, modulesNamed } from '../apache/modules.ts'
import { parseOverride } from '../apache/override.ts'
import { parseConfig } from '../apache/parse.ts'
import { configPlace } from '../apache/place.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { traceRange } from '../catalog/trace.ts'
import type { DeployedTree } from '../diff/deployed-tree.ts'
import { sourceFile } from '../source/source-file.ts'
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
    const check = { ...options, modules: modulesForFile(file.path, modules), as: place }
    const { diagnostics } = checkConfig(file.source, check)
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
  const rendered = new Map(files.map((file) => [file.path, file]))
  const trees = files.flatMap((file) =>
    file.source && configPlace(file.path) === 'server' ? [parseConfig(file.source)] : [],
  )
  const paths: string[] = []
  /** A link is known by what it leads to; its name tells only where that is not here. */
  const addLink = (path: string, target: string | undefined): void => {
    const leadsTo = target === undefined ? undefined : posix.resolve(posix.dirname(path), target)
    const source =
      leadsTo === undefined ? undefined : (rendered.get(leadsTo)?.source ?? deployed?.file(leadsTo)?.source)
    if (source) trees.push(parseConfig(sourceFile(path.slice(1), source.text)))
    else paths.push(path)
  }
  for (const file of files) {
    if (file.kind === 'link') addLink(file.path, file.target)
    else if (file.kind === 'file' && !file.source) paths.push(file.path)
  }
  const absent = files.filter((file) => file.kind === 'absent').map((file) => file.path)
  for (const directory of moduleDirectories)
    for (const name of deployed?.list(directory) ?? []) {
      const path = `${directory}/${name}`
      const there = rendered.has(path) ? undefined : deployed?.file(path)
      if (there?.kind === 'link') addLink(path, there.target)
      else if (there?.source) trees.push(parseConfig(there.source))
    }
  return modulesFrom({ trees, paths, absent }) ?? moduleSet('all')
}

/** Where Debian and the RHEL family keep what loads modules. */
const moduleDirectories = ['/etc/apache2/mods-enabled', '/etc/httpd/conf.modules.d']
