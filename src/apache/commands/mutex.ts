import { GLOBAL_ONLY } from '../bits.ts'
import type { Call } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { isDirectory, rootRelative } from '../paths.ts'
import { readWord, readWords } from '../words.ts'

const MECHANISMS = ['default', 'yes', 'fcntl', 'file', 'flock', 'posixsem', 'sem', 'sysvsem', 'pthread']
const AVAILABLE =
  "Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', 'pthread', 'sysvsem', 'posixsem', 'sem'"
/** Mutex types with the module that registers them. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['default', 'core_module'],
  ['ssl-stapling', 'ssl_module'],
  ['ssl-stapling-refresh', 'ssl_module'],
  ['ssl-cache', 'ssl_module'],
  ['rewrite-map', 'rewrite_module'],
  ['authn-socache', 'authn_socache_module'],
  ['authdigest-client', 'auth_digest_module'],
  ['ldap-cache', 'ldap_module'],
  ['watchdog-callback', 'watchdog_module'],
  ['cache-socache', 'cache_socache_module'],
  ['proxy', 'proxy_module'],
  ['proxy-balancer-shm', 'proxy_balancer_module'],
  ['lua-ivm-shm', 'lua_module'],
  ['mpm-accept', 'mpm_prefork_module'],
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
  const needsDirectory = file !== '' && !none
  if (needsDirectory && isDirectory(rootRelative(file, environment), environment) === false)
    return fault('file', `Invalid Mutex directory in argument ${word.value}`, place)
  const given = readWords(raw, word.next).filter((each) => each.value.toLowerCase() !== 'omitpid')
  const types = given.length > 0 ? given : [{ ...word, value: 'default' }]
  for (const each of types.toReversed()) {
    const module = TYPES.get(each.value)
    const at = [each.start, each.end] as const
    if (module === undefined || !environment.modules.has(module))
      return fault('keyword', `Mutex type ${each.value} is not valid`, at)
    if (none && module !== 'mpm_prefork_module')
      return fault('keyword', `None is not allowed for mutex type ${each.value}`, at)
  }
  return undefined
}
