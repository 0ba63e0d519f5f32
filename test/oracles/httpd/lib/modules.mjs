// The module sets: which LoadModule lines a server gets.
import { execFileSync } from 'node:child_process'
import { basename } from 'node:path'

export const MODULE_SETS = ['all', 'debian-default']
export const MPMS = ['event', 'worker', 'prefork']

// What a fresh `apt-get install apache2` enables.
const DEBIAN_DEFAULT = [
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

// Every module file of Debian's own package, so that modules from other packages on
// the same machine change nothing. The order decides which of two modules that know
// the same directive is asked first: it is sorted by file name, byte by byte.
function packagedModules() {
  const files = execFileSync('dpkg-query', ['-L', 'apache2-bin'], { encoding: 'utf8' }).split('\n')
  const names = files
    .filter((file) => /\/modules\/mod_\w+\.so$/.test(file))
    .map((file) => basename(file, '.so').slice('mod_'.length))
  return names.sort((a, b) => Buffer.compare(Buffer.from(`${a}.so`), Buffer.from(`${b}.so`)))
}

export function loadModuleLines({ modules = 'all', mpm = 'event' } = {}) {
  if (!MODULE_SETS.includes(modules)) {
    throw new Error(`unknown module set ${modules}: choose one of ${MODULE_SETS.join(', ')}`)
  }
  if (!MPMS.includes(mpm)) {
    throw new Error(`unknown MPM ${mpm}: choose one of ${MPMS.join(', ')}`)
  }
  const isOtherMpm = (name) => name.startsWith('mpm_') && name !== `mpm_${mpm}`
  const names =
    modules === 'all' ? packagedModules().filter((name) => !isOtherMpm(name)) : [`mpm_${mpm}`, ...DEBIAN_DEFAULT]
  return names.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
}
