import { posix } from 'node:path'
import { judgeConfig } from '../../apache/check.ts'
import type { ConfigNode } from '../../apache/context.ts'
import type { RenderedFile } from '../../catalog/rendered-file.ts'
import { type ContentFinding, type HtaccessReader, lintContent, type ServedFile } from '../../lint/apache/content.ts'
import { directoryOverride } from '../../lint/apache/directory-walk.ts'
import type { ServerModel } from '../../lint/apache/server.ts'
import { sourceFile } from '../../source/source-file.ts'
import type { NodeFiles } from './node-files.ts'
import type { WholeServer } from './whole-server.ts'

/** What `.htaccess` files say under a host, where httpd reads them; each file is read once for each override. */
export function htaccessReader(whole: WholeServer, model: ServerModel): HtaccessReader {
  const read = new Map<string, readonly ConfigNode[] | undefined>()
  return (host, directory) => {
    const path = posix.join(directory, '.htaccess')
    if (read.has(path)) return directoryOverride(model, host, directory).override ? read.get(path) : undefined
    const text = whole.files.text(path)
    if (text === undefined) {
      read.set(path, undefined)
      return undefined
    }
    const { override } = directoryOverride(model, host, directory)
    if (!override) return undefined
    const { nodes } = judgeConfig(sourceFile(path, text), {
      as: 'htaccess',
      modules: model.environment.modules,
      override,
    })
    read.set(path, nodes)
    return nodes
  }
}

/** What the catalog, or the deployed tree beside a document root, would hand out to everybody. */
export function contentFindings(
  whole: WholeServer,
  model: ServerModel,
  rendered: readonly RenderedFile[],
): ContentFinding[] {
  return lintContent(model, served(model, whole.files, rendered), htaccessReader(whole, model))
}

function* served(model: ServerModel, files: NodeFiles, rendered: readonly RenderedFile[]): Generator<ServedFile> {
  for (const { path, kind, source, sensitive, segments } of rendered) {
    if (kind !== 'file' && kind !== 'directory') continue
    const secret = sensitive || segments.some((segment) => segment.sensitive)
    yield { path, kind, secret, ...(source ? { text: source.text } : {}) }
  }
  for (const { documentRoot } of [model.main, ...model.hosts]) {
    if (!documentRoot) continue
    for (const name of ['.git', '.svn', '.hg']) {
      const path = posix.join(documentRoot.path, name)
      if (files.at(path)?.kind === 'directory') yield { path, kind: 'directory', secret: false }
    }
  }
}
