import { type Judged, judgeConfig } from '../../apache/check.ts'
import { type ConfigLines, configLines } from '../../apache/lines.ts'
import { configPlace } from '../../apache/place.ts'
import type { RenderedFile } from '../../catalog/rendered-file.ts'
import type { DeployedTree } from '../../diff/deployed-tree.ts'
import { type Span, sourceFile } from '../../source/source-file.ts'
import { type Layout, layouts } from './layouts.ts'
import { type NodeEntry, type NodeFiles, nodeFiles } from './node-files.ts'
import { startEnvironment, startOptions } from './start-options.ts'

/** A node's configuration, read from its main file on as httpd reads it. */
export interface WholeServer extends Judged {
  readonly layout: Layout
  readonly files: NodeFiles
  /** The main file is the catalog's or the deployed tree's, rather than what the package is known to ship. */
  readonly certain: boolean
  /** The main file and all that Include has read, by the paths that links lead to. */
  readonly read: ReadonlyMap<string, NodeEntry>
  /** The same line by line, in httpd's order; what is included twice stands there twice. */
  readonly texts: readonly ConfigLines[]
}

/**
 * Reads and judges the whole configuration of a node; `undefined` where nothing tells that httpd runs there.
 * `modules`: those that are there from the start, before the configuration loads any.
 */
export function wholeServer(
  rendered: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  modules: ReadonlySet<string>,
): WholeServer | undefined {
  const layout = layoutOf(rendered, deployed)
  if (!layout) return undefined
  const { defines, loading } = startOptions(nodeFiles(rendered, deployed, layout), layout)
  const files = nodeFiles(rendered, deployed, loading?.layout ?? layout)
  const main = files.resolve(layout.main)
  const entry = main === undefined ? undefined : files.at(main)
  if (main === undefined || entry?.source === undefined) return undefined
  const text = configLines(sourceFile(main, entry.source.text))
  const judged = judgeConfig(text, {
    as: 'server',
    modules: loading?.builtIn ?? modules,
    defines,
    environment: startEnvironment(files, layout),
    files,
    knows: files.knows,
    serverRoot: layout.serverRoot,
  })
  const read = new Map([[main, entry]])
  for (const { file } of judged.environment.included) {
    const path = files.resolve(file.path)
    const included = path === undefined ? undefined : files.at(path)
    if (path !== undefined && included) read.set(path, included)
  }
  return {
    ...judged,
    layout,
    files,
    certain: entry.from !== 'package',
    read,
    texts: [text, ...judged.environment.included],
  }
}

/** A span in what httpd read as a span in the file that the catalog or the deployed tree has there. */
export function placeOnNode(
  files: NodeFiles,
  span: Span,
): { readonly span: Span; readonly entry: NodeEntry } | undefined {
  const path = files.resolve(span.file.path)
  const entry = path === undefined ? undefined : files.at(path)
  if (!entry?.source) return undefined
  return { span: { file: entry.source, start: span.start, end: span.end }, entry }
}

function layoutOf(rendered: readonly RenderedFile[], deployed: DeployedTree | undefined): Layout | undefined {
  const there = rendered.filter((file) => file.kind !== 'absent')
  const paths = new Set(there.map((file) => file.path))
  const known =
    layouts.find(({ main }) => paths.has(main)) ??
    layouts.find(({ main }) => deployed?.file(main)?.source !== undefined)
  if (known) return known
  const server = there.filter((file) => file.kind !== 'directory' && configPlace(file.path) === 'server')
  const own = server.find((file) => file.source && /\/(?:apache2|httpd)\.conf$/.test(file.path))
  if (own) return elsewhere(own.path)
  const inside = (directory: string) => server.some(({ path }) => path.startsWith(`${directory}/`))
  const suse = layouts.find(({ name, directory }) => name === 'suse' && inside(`${directory}/vhosts.d`))
  return suse ?? layouts.find(({ directory }) => inside(directory))
}

/** A server that was built from source, or of a distribution that is not known. */
function elsewhere(main: string): Layout {
  const directory = main.slice(0, main.lastIndexOf('/'))
  return {
    name: 'other',
    main,
    directory,
    serverRoot: directory.replace(/\/(?:conf|etc)$/, ''),
    environment: new Map(),
    directories: [],
    links: new Map(),
    files: new Map(),
  }
}
