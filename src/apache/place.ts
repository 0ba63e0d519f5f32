import type { ConfigPlace } from './check.ts'

/** Directories that hold nothing but configuration which the main file includes at the top level. */
const serverDirectory =
  /\/(?:apache2|apache24|httpd)\/(?:.*\/)?(?:sites|mods|conf)-(?:available|enabled)\/|\/(?:httpd|apache2|apache24)\/(?:conf\.d|conf\.modules\.d|vhosts\.d|sites\.d|Includes|modules\.d|extra)\//
const mainFile = /(?:^|\/)(?:apache2|httpd)\.conf$/

/**
 * What a file is judged as, by where Apache's distributions put things; `undefined` for a path that says nothing of
 * Apache. Symbolic links in `*-enabled` count as the files they lead to.
 */
export function configPlace(path: string): ConfigPlace | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === '.htaccess' || /(^|\.)htaccess$/.test(name)) return 'htaccess'
  if (mainFile.test(path)) return 'server'
  if (serverDirectory.test(path) && /\.(?:conf|load)$/.test(name)) return 'server'
  if (/\/(?:apache2|httpd|apache24)\/(?:conf\/)?[\w.-]+\.conf$/.test(path)) return 'server'
  return undefined
}
