/** What a file's place says about the names that it may define. */
export type FileNamespace =
  /** Anything: the file is none of a module's. */
  | { readonly kind: 'none' }
  /** Names that start with this, in lower case. */
  | { readonly kind: 'module'; readonly name: string }
  /** Nothing: the file stands in a module, but where Puppet loads none. */
  | { readonly kind: 'misplaced' }

export const anyNamespace: FileNamespace = { kind: 'none' }

const folders: ReadonlySet<string> = new Set(['manifests', 'functions', 'types', 'plans'])

/**
 * The namespace of a manifest by its path below a folder of the modulepath: `apache/manifests/mod/ssl.pp` holds
 * `apache::mod::ssl`, `apache/manifests/init.pp` holds `apache`.
 */
export function moduleNamespace(path: string): FileNamespace {
  if (!path.endsWith('.pp')) return anyNamespace
  const parts = path.toLowerCase().split('/')
  const [module, folder] = parts
  if (module === undefined || folder === undefined || !folders.has(folder)) return { kind: 'misplaced' }
  const names = [module, ...parts.slice(2, -1)]
  const file = parts.at(-1) as string
  if (parts.length !== 3 || file !== 'init.pp') names.push(file.slice(0, -3))
  return { kind: 'module', name: names.join('::') }
}
