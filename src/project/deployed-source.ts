import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type DeployedTree, openDeployedTree } from '../diff/deployed-tree.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { diskFiles } from '../source/files.ts'
import { fetchOverSsh } from './ssh-files.ts'
import { tarFiles } from './tar-files.ts'

/** Where the files of nodes are found as they are now. */
export interface DeployedSource {
  /** A node's files; told which files its catalog manages, for sources that fetch only those. */
  treeOf(node: string): (managed: readonly RenderedFile[]) => DeployedTree
}

const noArchive = define(
  'error',
  'deployed/archive',
  (path: string, reason: string) => `cannot read the archive '${path}': ${reason}`,
)

/**
 * Opens what people name with `--deployed`: a directory, a tar archive (also gzipped), or `ssh://user@host`; `{node}`
 * in it stands for the certname.
 */
export function openDeployed(pattern: string, directory: string): DeployedSource {
  return {
    treeOf: (node) => {
      const place = pattern.replaceAll('{node}', node)
      if (place.startsWith('ssh://'))
        return (managed) => {
          const files = fetchOverSsh(place, managed)
          return 'code' in files ? unreadableTree(place, files) : openDeployedTree(files, { attributes: 'disk' })
        }
      const path = resolve(directory, place)
      return () => (/\.(tar|tgz|tar\.gz)$/.test(path) ? archiveTree(path) : openDeployedTree(diskFiles(path)))
    },
  }
}

function archiveTree(path: string): DeployedTree {
  const refuse = (reason: string): DeployedTree => unreadableTree(path, noArchive([path, reason]))
  if (!existsSync(path)) return refuse('there is no such file')
  try {
    const bytes = readFileSync(path)
    const archive = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    return openDeployedTree(tarFiles(path, archive), { attributes: 'disk' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof RangeError || code !== undefined) return refuse(message)
    throw error
  }
}

/** A tree of which nothing is known, so that nothing counts as different. */
function unreadableTree(root: string, diagnostic: Diagnostic): DeployedTree {
  return {
    root,
    file: (path) => ({ path, kind: 'file', unreadable: true }),
    list: () => undefined,
    diagnostics: () => [diagnostic],
  }
}
