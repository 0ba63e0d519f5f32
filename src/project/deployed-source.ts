import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type DeployedTree, openDeployedTree } from '../diff/deployed-tree.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { below, diskFiles, type Files, normalise } from '../source/files.ts'
import { fetchOverSsh } from './ssh-files.ts'
import { tarFiles } from './tar-files.ts'

/** Where the files of nodes are found as they are now. */
export interface DeployedSource {
  /** A node's files, or why there are none; told which files its catalog manages, for sources that fetch only those. */
  treeOf(node: string): (managed: readonly RenderedFile[]) => DeployedTree | Diagnostic
}

const noArchive = define(
  'error',
  'deployed/archive',
  (path: string, reason: string) => `cannot read the archive '${path}': ${reason}`,
)

const noTree = define('error', 'deployed/missing-tree', (pattern: string) => `no deployed tree at '${pattern}'`)

const noNode = define(
  'warning',
  'deployed/missing-node',
  (pattern: string) => `no deployed files in '${pattern}': there is nothing to compare with`,
)

const etcOnly = define(
  'info',
  'deployed/etc-only',
  (root: string) => `'${root}' is taken for the node's /etc: files elsewhere are not compared`,
)

/**
 * Opens what people name with `--deployed`: a directory, a tar archive (also gzipped), or `ssh://user@host`; `{node}`
 * in it stands for the certname. Without it, a directory of the node's name inside holds the node's files, and one of
 * another of the `nodes` tells that it holds none for a node without. A directory `etc` that has none itself is a copy
 * of `/etc` alone.
 */
export function openDeployed(pattern: string, directory: string, nodes: readonly string[]): DeployedSource {
  const missing = (path: string): Diagnostic => {
    const [fixed = '', ...rest] = pattern.split('{node}')
    const around = resolve(directory, /[^/]$/.test(fixed) ? dirname(fixed) : fixed)
    const isThere = rest.length > 0 ? existsSync(around) : existsSync(path)
    return isThere
      ? noNode([pattern])
      : noTree([pattern], { remedy: 'Name a directory that holds the files of a node, or one for each node.' })
  }
  return {
    treeOf: (node) => {
      const place = pattern.replaceAll('{node}', node)
      if (place.startsWith('ssh://'))
        return (managed) => {
          const files = fetchOverSsh(place, managed)
          return 'code' in files ? files : openDeployedTree(files, { attributes: 'disk' })
        }
      const path = resolve(directory, place)
      return () => {
        if (!existsSync(path)) return missing(path)
        const tree = /\.(tar|tgz|tar\.gz)$/.test(path)
          ? archiveTree(path, node, nodes)
          : directoryTree(path, node, nodes)
        return tree ?? missing(path)
      }
    },
  }
}

function directoryTree(path: string, node: string, nodes: readonly string[]): DeployedTree | undefined {
  const files = diskFiles(path)
  if (basename(path) !== 'etc' || files.kind('') !== 'directory' || files.kind('etc') !== undefined) {
    const own = ofNode(files, node, nodes)
    return own && openDeployedTree(own)
  }
  const tree = openDeployedTree(asEtc(files))
  const inside = (place: string): boolean => place === '/etc' || place.startsWith('/etc/')
  return {
    ...tree,
    file: (place) => (inside(place) ? tree.file(place) : { path: place, kind: 'file', unreadable: true }),
    diagnostics: () => [...tree.diagnostics(), etcOnly([path])],
  }
}

/** One tree for all nodes, with a directory for each, holds the node's files in that. */
function ofNode(files: Files, node: string, nodes: readonly string[]): Files | undefined {
  if (files.kind(node) === 'directory') return below(files, node)
  const names = new Set(files.list(''))
  return nodes.some((other) => names.has(other) && files.kind(other) === 'directory') ? undefined : files
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

function archiveTree(path: string, node: string, nodes: readonly string[]): DeployedTree | Diagnostic | undefined {
  try {
    const bytes = readFileSync(path)
    const archive = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    const own = ofNode(tarFiles(path, archive), node, nodes)
    return own && openDeployedTree(own, { attributes: 'disk' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof RangeError || code !== undefined) return noArchive([path, message])
    throw error
  }
}
