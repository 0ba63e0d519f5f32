import { basename, dirname, resolve } from 'node:path'
import { renderFiles } from '../compiler/rendered-files.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { diskFiles } from '../source/files.ts'
import type { ControlRepo } from './control-repo.ts'
import type { EarlierNode, EarlierState } from './earlier-state.ts'
import { catalogFromJson } from './saved-catalog.ts'

/** Told as the reason why there is nothing to compare with. */
const noCatalog = define('error', 'compare/no-saved-catalog', (reason: string) => reason)

/**
 * Catalogs that were saved before a change: a file a node, `{node}` standing for the certname, or one file with the
 * catalogs of all. What they take from modules by `source` is read from the modules as they are now.
 */
export function savedCatalogs(repo: ControlRepo, pattern: string): EarlierState {
  const read = new Map<string, unknown>()
  const dataAt = (path: string): unknown => {
    if (!read.has(path)) {
      const text = diskFiles(dirname(path)).text(basename(path))
      read.set(path, text === undefined ? new Error('there is no such file') : parse(text))
    }
    return read.get(path)
  }
  return {
    comparison: { before: pattern, after: 'the work tree' },
    diagnostics: [],
    render: (node, later): EarlierNode => {
      const path = resolve(repo.directory, pattern.replaceAll('{node}', node.name))
      const data = dataAt(path)
      const refuse = (reason: string): { files: []; diagnostics: Diagnostic[] } => ({
        files: [],
        diagnostics: [noCatalog([reason])],
      })
      if (data instanceof Error) return refuse(data.message)
      const catalog = catalogFromJson(data, node.name)
      if (!catalog) return refuse('it holds no resources of this node')
      const { context } = later.compilation
      if (!context) return { catalog, files: [], diagnostics: [] }
      return { catalog, ...renderFiles(catalog, context, repo.environment.ruby) }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return new Error(`it is not JSON: ${(error as Error).message}`)
  }
}
