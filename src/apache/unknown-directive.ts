import { editDistance, suggest } from '../source/suggest.ts'
import type { Environment } from './context.ts'
import type { DirectiveSpec } from './directive-table.ts'

/** Remedies by name, for each set of modules: looking for names that look alike is dear, and mistakes repeat. */
const remedies = new WeakMap<ReadonlySet<string>, Map<string, string | undefined>>()
const loadedNames = new WeakMap<ReadonlySet<string>, { sections: string[]; others: string[] }>()

/** How names of directives tell of modules that are not httpd's own. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^php_(?:admin_)?(?:value|flag)$/i, 'php_module'],
  [/^WSGI[A-Z]/i, 'wsgi_module'],
  [/^<?Perl[A-Z]?/i, 'perl_module'],
  [
    /^Sec(?:Rule|Action|Argument|Audit|Cache|Chroot|Collection|Component|Conn|Content|Cookie|Data|Debug|Default|Disable|Geo|Gsb|Guardian|Hash|HttpBl|Intercept|Marker|Pcre|ReadState|Remote|Request|Response|Sensor|ServerSignature|Status|Stream|Tmp|Unicode|Upload|WebAppId|WriteState|Xml)/i,
    'security2_module',
  ],
  [/^Shib[A-Z]/i, 'mod_shib'],
  [/^OIDC[A-Z]/i, 'auth_openidc_module'],
  [/^Mellon[A-Z]/i, 'auth_mellon_module'],
  [/^Passenger[A-Z]/i, 'passenger_module'],
  [/^Fcgid[A-Z]/i, 'fcgid_module'],
  [/^FastCgi[A-Z]/i, 'fastcgi_module'],
  [/^Jk[A-Z]/i, 'jk_module'],
  [/^QS_/i, 'qos_module'],
  [/^XSendFile/i, 'xsendfile_module'],
  [/^(?:ModTile|AddTile|LoadTile)/i, 'tile_module'],
  [/^SVN[A-Z]/i, 'dav_svn_module'],
  [/^AuthzSVN/i, 'authz_svn_module'],
  [/^GeoIP/i, 'geoip_module'],
  [/^DOS[A-Z]/i, 'evasive20_module'],
  [/^GnuTLS/i, 'gnutls_module'],
  [/^AssignUserID$/i, 'mpm_itk_module'],
]

/** Whether a directive is named as those of one of these foreign modules are. */
export function isNamedAsForeign(name: string, foreign: readonly string[]): boolean {
  const module = moduleNamedFor(name)
  return module !== undefined && foreign.some((loaded) => loaded === module || isPhp(loaded, module))
}

function moduleNamedFor(name: string): string | undefined {
  return FOREIGN.find(([pattern]) => pattern.test(name))?.[1]
}

/** PHP's module has had the number of its version in its name. */
function isPhp(loaded: string, module: string): boolean {
  return module === 'php_module' && /^php\d*_module$/.test(loaded)
}

/** What to do about a directive that no loaded module defines. */
export function unknownRemedy(name: string, environment: Environment): string | undefined {
  const { modules } = environment
  let known = remedies.get(modules)
  if (!known) {
    known = new Map()
    remedies.set(modules, known)
  }
  if (known.size > 1000) known.clear()
  if (!known.has(name)) known.set(name, remedyFor(name, environment))
  return known.get(name)
}

function remedyFor(name: string, environment: Environment): string | undefined {
  const rows = environment.table.directives.get(name.toLowerCase())
  if (rows) {
    const modules = [...new Set(rows.map((row) => row.module))]
    return `It is defined by ${modules.join(' or ')}, which is not loaded.`
  }
  const foreign = moduleNamedFor(name)
  if (foreign !== undefined) return `It is defined by ${foreign}, which is not loaded.`
  const near = suggest(name, namesLike(name, environment))
  const [nearest] = near
  if (nearest === undefined) return undefined
  // Directives of one module look alike; only the nearest are worth naming.
  const distance = (known: string) => editDistance(name.toLowerCase(), known.toLowerCase(), name.length)
  const best = near.filter((known) => distance(known) === distance(nearest))
  const quoted = best.map((known) => `'${known.replace('<', '')}'`)
  return `Did you mean ${quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`}?`
}

/** The sections, or the other directives, of the loaded modules. */
function namesLike(name: string, { table, modules }: Environment): readonly string[] {
  let names = loadedNames.get(modules)
  if (!names) {
    names = { sections: [], others: [] }
    for (const rows of table.directives.values())
      if (rows.some((row) => modules.has(row.module))) {
        const known = (rows[0] as DirectiveSpec).name
        names[known.startsWith('<') ? 'sections' : 'others'].push(known)
      }
    loadedNames.set(modules, names)
  }
  return name.startsWith('<') ? names.sections : names.others
}
