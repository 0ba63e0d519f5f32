import { GLOBAL_ONLY } from '../bits.ts'
import type { Call } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { isDirectory, rootRelative } from '../paths.ts'
import { readWord, readWords } from '../words.ts'

const MECHANISMS = ['default', 'yes', 'fcntl', 'file', 'flock', 'posixsem', 'sem', 'sysvsem', 'pthread']
const AVAILABLE =
  "Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', 'sysvsem', 'posixsem', 'pthread'"
/** Mutex types with the module that registers them; those marked take `none`. */
const TYPES: ReadonlyMap<string, readonly [module: string, none: boolean]> = new Map([
  ['default', ['core_module', true]],
  ['mpm-accept', ['core_module', true]],
  ['ssl-stapling', ['ssl_module', true]],
  ['ssl-stapling-refresh', ['ssl_module', true]],
  ['ssl-cache', ['ssl_module', true]],
  ['rewrite-map', ['rewrite_module', false]],
  ['authn-socache', ['authn_socache_module', false]],
  ['authdigest-client', ['auth_digest_module', false]],
  ['authdigest-opaque', ['auth_digest_module', false]],
  ['ldap-cache', ['ldap_module', false]],
  ['watchdog-callback', ['watchdog_module', false]],
  ['cache-socache', ['cache_socache_module', false]],
  ['proxy', ['proxy_module', false]],
  ['proxy-balancer-shm', ['proxy_balancer_module', false]],
  ['lua-ivm-shm', ['lua_module', false]],
  ['md-stapling', ['md_module', false]],
])

/** Mutex: a mechanism and the mutexes that it is for. */
export function mutex(call: Call): Fault | undefined {
  const refused = forbidden(call, GLOBAL_ONLY)
  if (refused) return refused
  const { environment, raw } = call
  const word = readWord(raw, 0)
  const place = [word.start, word.end] as const
  if (word.value === '')
    return fault('argument-count', `Mutex requires at least a mechanism argument (${AVAILABLE})`, 'name')
  const colon = word.value.indexOf(':')
  const mechanism = (colon < 0 ? word.value : word.value.slice(0, colon)).toLowerCase()
  const file = colon < 0 ? '' : word.value.slice(colon + 1)
  const none = mechanism === 'none' || mechanism === 'no'
  if (!none && !MECHANISMS.includes(mechanism))
    return fault('keyword', `Invalid Mutex argument ${word.value} (${AVAILABLE})`, place)
  const needsDirectory = file !== '' && !none && mechanism !== 'posixsem'
  if (needsDirectory && isDirectory(rootRelative(file, environment), environment) === false)
    return fault('file', `Invalid Mutex directory in argument ${word.value}`, place)
  const types = readWords(raw, word.next).filter((each) => each.value.toLowerCase() !== 'omitpid')
  for (const each of types.toReversed()) {
    const known = TYPES.get(each.value)
    const at = [each.start, each.end] as const
    if (!known || !environment.modules.has(known[0]))
      return fault('keyword', `Mutex type ${each.value} is not valid`, at)
    if (none && !known[1]) return fault('keyword', `None is not allowed for mutex type ${each.value}`, at)
  }
  return undefined
}
