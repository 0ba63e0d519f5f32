import { resolve } from 'node:path'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type DeployedTree, openDeployedTree } from '../diff/deployed-tree.ts'
import { diskFiles } from '../source/files.ts'

/** Where the files of nodes are found as they are now. */
export interface DeployedSource {
  /** A node's files; told which files its catalog manages, for sources that fetch only those. */
  treeOf(node: string): (managed: readonly RenderedFile[]) => DeployedTree
}

/** Opens what people name with `--deployed`; `{node}` in it stands for the certname. */
export function openDeployed(pattern: string, directory: string): DeployedSource {
  return {
    treeOf: (node) => () => openDeployedTree(diskFiles(resolve(directory, pattern.replaceAll('{node}', node)))),
  }
}
