import type { ConfigItem, ConfigTree } from './config-tree.ts'
import { modulesNamed } from './modules.ts'

/** What Debian enables along with a module whose own file needs more than the module. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['ssl', ['setenvif', 'mime', 'socache_shmcb']],
  ['cache_disk', ['cache']],
  ['dav_fs', ['dav']],
  ['proxy_balancer', ['proxy', 'alias', 'slotmem_shm']],
  ['proxy_ftp', ['proxy']],
  ['proxy_html', ['proxy', 'xml2enc']],
])

/** What tells which modules a server loads. */
export interface ModuleEvidence {
  /** Configuration that the server reads. */
  readonly trees?: Iterable<ConfigTree>
  /** Paths of files and links that exist, such as `/etc/apache2/mods-enabled/rewrite.load`. */
  readonly paths?: Iterable<string>
  /** Paths that are known not to exist; a link in `mods-enabled` that is gone takes its module with it. */
  readonly absent?: Iterable<string>
}

/**
 * The modules that `LoadModule` lines and links in a folder `mods-enabled` name; undefined where
 * nothing tells. `<IfModule !…>` around a LoadModule line counts as if its condition held.
 */
export function modulesFrom(evidence: ModuleEvidence): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  let found = false
  const add = (name: string) => {
    names.add(name)
    found = true
  }
  for (const path of evidence.paths ?? []) {
    const link = enabledModule(path)
    if (link !== undefined) add(link)
  }
  for (const tree of evidence.trees ?? []) {
    // A file in mods-available only counts once it is enabled.
    if (/(?:^|\/)mods-available\//.test(tree.file.path)) continue
    for (const name of loadLines(tree.items)) add(name)
  }
  if (!found) return undefined
  for (const path of evidence.absent ?? []) {
    const link = enabledModule(path)
    if (link !== undefined) names.delete(link)
  }
  return modulesNamed(names)
}

/**
 * The modules for judging a file by itself: `mods-available/ssl.conf` is only read where mod_ssl is
 * enabled, so the file's own module counts as loaded.
 */
export function modulesForFile(path: string, modules: ReadonlySet<string>): ReadonlySet<string> {
  const name = /(?:^|\/)mods-(?:available|enabled)\/([\w.-]+)\.conf$/.exec(path)?.[1]
  if (name === undefined) return modules
  const others = name.startsWith('mpm_') ? [...modules].filter((module) => !module.startsWith('mpm_')) : [...modules]
  return modulesNamed([...others, name, ...(NEEDED.get(name) ?? [])])
}

/** The module that a path in `mods-enabled` stands for. */
function enabledModule(path: string): string | undefined {
  const name = /(?:^|\/)mods-enabled\/([\w.-]+)\.load$/.exec(path)?.[1]
  return name === undefined ? undefined : moduleOfLoadFile(name)
}

/** The module that Debian's `mods-available/NAME.load` loads, without `_module`. */
export function moduleOfLoadFile(name: string): string {
  // Two that are not named after their module.
  if (name === 'dump_io') return 'dumpio'
  return name.replace(/^php[78][\d.]*$/, (php) => (php.startsWith('php7') ? 'php7' : 'php'))
}

function* loadLines(items: readonly ConfigItem[]): Generator<string> {
  for (const item of items) {
    if (item.kind === 'section') yield* loadLines(item.items)
    else if (item.kind === 'directive' && item.name.toLowerCase() === 'loadmodule') {
      const name = item.args[0]?.value
      if (name !== undefined) yield name
    }
  }
}
