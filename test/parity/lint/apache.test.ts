import { expect, it } from 'vitest'
import { modulesForFile } from '../../../src/apache/loaded-modules.ts'
import { moduleSet } from '../../../src/apache/modules.ts'
import { configPlace } from '../../../src/apache/place.ts'
import type { RenderedFile } from '../../../src/catalog/rendered-file.ts'
import { openDeployedTree } from '../../../src/diff/deployed-tree.ts'
import { checkApacheFiles, judgeAlone } from '../../../src/project/apache-check.ts'
import { diskFiles } from '../../../src/source/files.ts'
import { sourceFile } from '../../../src/source/source-file.ts'

/** Files as a catalog would give them. */
function rendered(path: string, text: string): RenderedFile {
  const source = sourceFile(path.slice(1), text)
  return { path, kind: 'file', resource: { type: 'File', title: path }, source, segments: [], sensitive: false }
}

const files = diskFiles('/')
const root = '/etc/apache2'

function* configuration(directory: string): Generator<RenderedFile> {
  for (const name of files.list(directory) ?? []) {
    const path = `${directory}/${name}`
    const entry = files.entry(path)
    if (entry?.kind === 'directory') yield* configuration(path)
    else if (entry?.kind === 'file') yield rendered(path, files.text(path) ?? '')
    else if (entry?.target !== undefined)
      yield {
        path,
        kind: 'link',
        resource: { type: 'File', title: path },
        target: entry.target,
        segments: [],
        sensitive: false,
      }
  }
}

it('has nothing to say of what Debian ships', () => {
  const catalog = [...configuration(root)]
  expect(catalog.length).toBeGreaterThan(100)
  const findings = checkApacheFiles('x', catalog, openDeployedTree(files), {})
  const told = findings.filter(({ diagnostic }) => diagnostic.code !== 'apache/not-included')
  expect(told.map(({ diagnostic: { code, message }, renderedPath }) => `${renderedPath} ${code} ${message}`)).toEqual(
    [],
  )
  for (const file of catalog)
    if (file.source && configPlace(file.path) === 'server')
      expect(
        judgeAlone(file.source, { as: 'server', modules: modulesForFile(file.path, moduleSet('all')) }).diagnostics.map(
          (d) => `${file.path} ${d.code} ${d.message}`,
        ),
      ).toEqual([])
})
