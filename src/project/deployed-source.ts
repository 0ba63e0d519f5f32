import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type DeployedTree, openDeployedTree } from '../diff/deployed-tree.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { below, diskFiles, type Files, normalise } from '../source/files.ts'
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

const etcOnly = define(
  'info',
  'deployed/etc-only',
  (root: string) => `'${root}' is taken for the node's /etc: files elsewhere are not compared`,
)

/**
 * Opens what people name with `--deployed`: a directory, a tar archive (also gzipped), or `ssh://user@host`; `{node}`
 * in it stands for the certname. Without it, a directory of the node's name inside holds the node's files. A directory
 * `etc` that has none itself is a copy of `/etc` alone.
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
      return () => (/\.(tar|tgz|tar\.gz)$/.test(path) ? archiveTree(path, node) : directoryTree(path, node))
    },
  }
}

function directoryTree(path: string, node: string): DeployedTree {
  const files = diskFiles(path)
  if (basename(path) !== 'etc' || files.kind('') !== 'directory' || files.kind('etc') !== undefined)
    return openDeployedTree(ofNode(files, node))
  const tree = openDeployedTree(asEtc(files))
  const inside = (place: string): boolean => place === '/etc' || place.startsWith('/etc/')
  return {
    ...tree,
    file: (place) => (inside(place) ? tree.file(place) : { path: place, kind: 'file', unreadable: true }),
    diagnostics: () => [...tree.diagnostics(), etcOnly([path])],
  }
}

/** One tree for all nodes, with a directory for each, holds the node's files in that. */
function ofNode(files: Files, node: string): Files {
  return files.kind(node) === 'directory' ? below(files, node) : files
}

/** The files as what they are on the node: a directory of its root. */
function asEtc(files: Files): Files {
  const inside = (path: string): string | undefined => {
    const plain = normalise(path)
    if (plain === 'etc') return ''
    return plain?.startsWith('etc/') ? plain.slice('etc/'.length) : undefined
  }
  const ask =
    <T>(read: (path: string) => T | undefined, atRoot?: T) =>
    (path: string): T | undefined => {
      const place = inside(path)
      return place === undefined ? (normalise(path) === '' ? atRoot : undefined) : read(place)
    }
  return {
    root: files.root,
    bytes: ask(files.bytes),
    text: ask(files.text),
    kind: ask(files.kind, 'directory'),
    entry: ask(files.entry, { kind: 'directory' }),
    list: ask(files.list, ['etc']),
  }
}

function archiveTree(path: string, node: string): DeployedTree {
  const refuse = (reason: string): DeployedTree => unreadableTree(path, noArchive([path, reason]))
  if (!existsSync(path)) return refuse('there is no such file')
  try {
    const bytes = readFileSync(path)
    const archive = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    return openDeployedTree(ofNode(tarFiles(path, archive), node), { attributes: 'disk' })
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
    kind: () => undefined,
    list: () => undefined,
    diagnostics: () => [diagnostic],
  }
}
