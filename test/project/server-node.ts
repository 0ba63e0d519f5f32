import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { type DeployedTree, openDeployedTree } from '../../src/diff/deployed-tree.ts'
import { checkApacheFiles } from '../../src/project/apache-check.ts'
import type { Configuration } from '../../src/project/configuration.ts'
import type { Finding } from '../../src/project/run-report.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { positionAt, sourceFile } from '../../src/source/source-file.ts'

/** A file as a catalog gives it whose text all comes from one template of the same text. */
export function rendered(path: string, text: string): RenderedFile {
  const source = sourceFile(path.slice(1), text)
  const template = { file: sourceFile(`templates${path}.epp`, text), start: 0, end: text.length }
  const segment = {
    start: 0,
    end: text.length,
    template,
    origin: { kind: 'literal', span: template },
    reads: [],
  } as const
  return { path, kind: 'file', resource: { type: 'File', title: path }, source, segments: [segment], sensitive: false }
}

export function link(path: string, target: string): RenderedFile {
  return { path, kind: 'link', resource: { type: 'File', title: path }, target, segments: [], sensitive: false }
}

export function directory(path: string, purge = false): RenderedFile {
  return {
    path,
    kind: 'directory',
    resource: { type: 'File', title: path },
    segments: [],
    sensitive: false,
    ...(purge ? { recursion: { purge, ignore: [] } } : {}),
  }
}

export function absent(path: string): RenderedFile {
  return { path, kind: 'absent', resource: { type: 'File', title: path }, segments: [], sensitive: false }
}

/** A deployed tree of these files, by absolute paths. */
export function deployedTree(files: Readonly<Record<string, string>>): DeployedTree {
  return openDeployedTree(memoryFiles('deployed', new Map(Object.entries(files).map(([path, text]) => [path, text]))))
}

export function check(
  files: readonly RenderedFile[],
  deployed?: DeployedTree,
  configuration: Configuration = {},
): Finding[] {
  return checkApacheFiles('web.example.com', files, deployed, configuration)
}

/** Findings as short lines: `error httpd/unknown-directive etc/apache2/ports.conf:1:1 Invalid command …`. */
export function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ diagnostic: { severity, code, message, span } }) => {
    const at = span && positionAt(span.file, span.start)
    return `${severity} ${code} ${span?.file.path}:${at?.line}:${at?.column} ${message}`
  })
}
