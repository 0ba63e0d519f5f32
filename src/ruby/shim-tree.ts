import { assetText } from '../source/assets.ts'
import type { FileTree } from './file-tree.ts'

export const shimNames = [
  'analysis',
  'boot',
  'datatypes',
  'facter',
  'frame',
  'functions',
  'library',
  'paths',
  'pops',
  'puppet',
  'require',
  'resource',
  'ruby31',
  'sandbox',
  'scope',
  'template',
  'type',
  'util',
  'wire',
]

/** The files of the shim, below `/rehearsal` in the machine. */
export const shimTree: FileTree = {
  kind: (path) => (path === '' ? 'directory' : shimNames.includes(path.replace(/\.rb$/, '')) ? 'file' : undefined),
  bytes: (path) => new TextEncoder().encode(shimText(path)),
  list: (path) => (path === '' ? shimNames.map((name) => `${name}.rb`) : undefined),
}

/** The text of one of these files. */
export function shimText(name: string): string {
  return assetText(`ruby/shim/${name}`)
}
