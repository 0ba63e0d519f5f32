import { basename, dirname, join, relative, resolve } from 'node:path'
import type { HieraSources } from '../hiera/sources.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { diskFiles, type Files } from '../source/files.ts'

/** What a Puppet server keeps outside of its environments, as people name it: relative to the environment, or absolute. */
export interface OutsideSettings {
  /** The global layer's hiera.yaml, or the directory that it stands in. */
  readonly globalHiera?: string | undefined
  /** A directory with eyaml's keys under the base names that hiera.yaml has for them, or the private key itself. */
  readonly eyamlKeys?: string | undefined
}

const noGlobalHiera = define('error', 'project/no-global-hiera', (path: string) => `no hiera.yaml at '${path}'`)
const noEyamlKeys = define('error', 'project/no-eyaml-keys', (path: string) => `no eyaml keys at '${path}'`)

/** What Hiera reads outside of the environment, and nothing that was not named to us. `files` are the environment's. */
export function outsideData(
  directory: string,
  files: Files,
  { globalHiera, eyamlKeys }: OutsideSettings,
  diagnostics: Diagnostic[],
): Pick<HieraSources, 'global' | 'eyamlKey'> {
  const global = globalHiera === undefined ? undefined : globalLayer(directory, files, globalHiera)
  if (globalHiera !== undefined && !global) diagnostics.push(noGlobalHiera([globalHiera]))
  const eyamlKey = eyamlKeys === undefined ? undefined : keysAt(resolve(directory, eyamlKeys))
  if (eyamlKeys !== undefined && !eyamlKey) diagnostics.push(noEyamlKeys([eyamlKeys]))
  return { ...(global ? { global } : {}), ...(eyamlKey ? { eyamlKey } : {}) }
}

/** One inside of the environment is read with it, so that it changes with the revision. */
function globalLayer(directory: string, files: Files, asked: string): HieraSources['global'] {
  const within = relative(directory, resolve(directory, asked))
  const inside = !within.startsWith('..') && !within.startsWith('/')
  const layer = inside
    ? { files, path: within }
    : { files: diskFiles(dirname(resolve(directory, asked))), path: basename(asked) }
  const kind = layer.files.kind(layer.path)
  if (kind === 'file') return layer
  if (kind !== 'directory') return undefined
  const own = inside
    ? { files, path: join(within, 'hiera.yaml') }
    : { files: diskFiles(resolve(directory, asked)), path: 'hiera.yaml' }
  return own.files.kind(own.path) === 'file' ? own : undefined
}

function keysAt(path: string): HieraSources['eyamlKey'] {
  const keys = diskFiles(path)
  switch (keys.kind('')) {
    case 'directory':
      return (named) => keys.text(basename(named))
    case 'file': {
      const own = diskFiles(dirname(path))
      return (named, option) =>
        option === 'pkcs7_private_key' || basename(named) === basename(path) ? own.text(basename(path)) : undefined
    }
    default:
      return undefined
  }
}
