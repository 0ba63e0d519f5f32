import { posix } from 'node:path'
import { rootRelative } from '../../apache/paths.ts'
import { nameOf, type ServerModel, wordSpan, wordsOf } from '../../lint/apache/server.ts'
import { type Diagnostic, define } from '../../source/diagnostic.ts'
import type { NodeFiles } from './node-files.ts'

const missingRoot = define(
  'warning',
  'lint/missing-document-root',
  (path: string) => `AH00112: Warning: DocumentRoot [${path}] does not exist`,
)
const unmanaged = define(
  'info',
  'lint/unmanaged-path',
  (path: string, directory: string) =>
    `neither the catalog nor the deployed tree has ${path}, although the catalog manages ${directory}`,
)

const FILES = /^sslcertificate(?:key|chain)?file$/
const LOGS = /^(?:errorlog|customlog|transferlog)$/

/**
 * Paths that the configuration needs and that nothing is known to make. What httpd itself would say of paths that are
 * certainly not there is not repeated, but that a virtual host's document root is missing it only logs.
 */
export function missingPaths(model: ServerModel, files: NodeFiles): Diagnostic[] {
  const found: Diagnostic[] = []
  const { environment } = model
  for (const host of [model.main, ...model.hosts])
    for (const node of host.nodes) {
      const name = nameOf(node)
      const [word] = wordsOf(node)
      if (!word || !(name === 'documentroot' || FILES.test(name) || LOGS.test(name))) continue
      if (/^[|]|^syslog(?::|$)|\$\{|^\w+:/.test(word.value)) continue
      const full = posix.resolve(rootRelative(word.value, environment))
      const path = LOGS.test(name) ? posix.dirname(full) : full
      if (files.kind(path) !== undefined) continue
      const span = wordSpan(node, word)
      if (files.knows(path)) {
        if (name === 'documentroot' && host.node) found.push(missingRoot([path], { span }))
      } else {
        const parent = posix.dirname(path)
        if (files.at(parent)?.rendered?.kind === 'directory') found.push(unmanaged([path, parent], { span }))
      }
    }
  return found
}
