import type { ConfigPlace } from './check.ts'

/**
 * What a file is by its path: `.htaccess` files, and files of a server configuration under the names
 * that Debian, the RHEL family, SUSE and FreeBSD give them; undefined for anything else.
 */
export function guessPlace(path: string): ConfigPlace | undefined {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  if (name === '.htaccess' || name === 'htaccess') return 'htaccess'
  if (/^(?:apache2?|httpd)(?:-[\w.-]+)?\.conf$/.test(name)) return 'server'
  const folders = parts.slice(0, -1)
  if (folders.some((folder) => /^(?:sites|mods|conf)-(?:available|enabled)$/.test(folder)))
    return /\.(?:conf|load)$/.test(name) || folders.some((folder) => folder.startsWith('sites-')) ? 'server' : undefined
  const apache = folders.some((folder) => /^(?:apache2?\d*|httpd)$/.test(folder))
  if (apache && name === 'ports.conf') return 'server'
  const included =
    /^(?:conf|vhosts|sites|modules|extra)\.d$|^conf\.modules\.d$|^(?:Includes|extra|vhosts|modules\.d|conf)$/
  if (apache && folders.some((folder) => included.test(folder)) && name.endsWith('.conf')) return 'server'
  return undefined
}
