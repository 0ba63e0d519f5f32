import { directiveTable } from './directive-table.ts'

/** Modules that are part of the server program on Debian. */
const BUILT_IN = ['core', 'so', 'watchdog', 'http', 'log_config', 'logio', 'version', 'unixd']

/** What a fresh installation of Debian's apache2 enables. */
const DEBIAN_DEFAULT = [
  'mpm_event',
  'access_compat',
  'alias',
  'auth_basic',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_host',
  'authz_user',
  'autoindex',
  'deflate',
  'dir',
  'env',
  'filter',
  'mime',
  'negotiation',
  'reqtimeout',
  'setenvif',
  'status',
]

export type ModuleSetName = 'all' | 'debian-default'
export type Mpm = 'event' | 'worker' | 'prefork'

/** The identifiers of a named set: `all` is every module of Debian's apache2-bin with one MPM. */
export function moduleSet(name: ModuleSetName, mpm: Mpm = 'event'): ReadonlySet<string> {
  if (name === 'debian-default')
    return modulesNamed([...DEBIAN_DEFAULT.filter((module) => !module.startsWith('mpm_')), `mpm_${mpm}`])
  const all = [...directiveTable().modules.keys()]
  return new Set(all.filter((module) => !module.startsWith('mpm_') || module === `mpm_${mpm}_module`))
}

/**
 * A set out of names as people write them: `rewrite`, `rewrite_module` or `mod_rewrite.c`.
 * The modules that Debian links into the server are always in it.
 */
export function modulesNamed(names: Iterable<string>): ReadonlySet<string> {
  const set = new Set(BUILT_IN.map((name) => `${name}_module`))
  for (const name of names) {
    const plain = name
      .replace(/^mod_/, '')
      .replace(/\.(c|so)$/, '')
      .replace(/_module$/, '')
    set.add(`${plain}_module`)
  }
  return set
}
