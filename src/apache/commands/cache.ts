import { GLOBAL_ONLY, NOT_IN_DIRECTORY, NOT_IN_FILES, NOT_IN_LIMIT } from '../bits.ts'
import { type Call, type Handler, type Handlers, remember } from '../context.ts'
import { durationOf, isDuration } from '../durations.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger, parseLeading } from '../numbers.ts'
import { missingFile } from './files.ts'
import { hasSocache, socacheFault } from './socache.ts'
import { inOrder, integer, longInteger, outside } from './values.ts'

/** mod_cache and its stores, mod_session and its stores, mod_dbd. */
export const CACHE: Handlers = {
  CacheEnable: cacheEnable,
  CacheDisable: cacheDisable,
  CacheLastModifiedFactor: (call) =>
    /^[ \t\n\v\f\r]*[+-]?(?:\d|\.\d|inf|nan)/i.test(call.args[0] ?? '')
      ? undefined
      : fault('number', 'CacheLastModifiedFactor value must be a float', 0),
  CacheLockMaxAge: longInteger((value) => value > 0, 'CacheLockMaxAge value must be a non-zero positive integer'),
  CacheKeyBaseURL: (call) => {
    const [url = ''] = call.args
    if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(url) || url.startsWith('//')) return undefined
    return fault('url', `URL '${url}' must contain at least one of a scheme, a hostname or a port.`, 0)
  },
  CacheDirLevels: directoryTree('CacheDirLevels', 'CacheDirLength'),
  CacheDirLength: directoryTree('CacheDirLength', 'CacheDirLevels'),
  CacheMinFileSize: byteCount(
    'CacheMinFileSize argument must be a non-negative integer representing the min size of a file to cache in bytes.',
  ),
  CacheMaxFileSize: byteCount(
    'CacheMaxFileSize argument must be a non-negative integer representing the max size of a file to cache in bytes.',
  ),
  CacheReadSize: byteCount(
    'CacheReadSize argument must be a non-negative integer representing the max amount of data to cache in go.',
  ),
  CacheReadTime: byteCount(
    'CacheReadTime argument must be a non-negative integer representing the max amount of time taken to cache in go.',
  ),
  CacheSocache: (call) => {
    const name = (call.args[0] ?? '').split(':', 1)[0] as string
    if (hasSocache(name, call.environment)) return undefined
    return fault(
      'provider',
      `Unknown socache provider '${name}'. Maybe you need to load the appropriate socache module (mod_socache_${name}?)`,
      0,
    )
  },
  CacheSocacheMaxSize: (call) => {
    const { value, end } = parseLeading(call.args[0] ?? '')
    if (end > 0 && value >= 1024 && value <= 4294967295) return undefined
    return fault(
      'number',
      'CacheSocacheMaxSize argument must be a integer representing the max size of a cached entry (headers and body), at least 1024 and at most (4294967295U)',
      0,
    )
  },
  CacheSocacheMaxTime: byteCount(
    'CacheSocacheMaxTime argument must be the maximum amount of time in seconds to cache an entry.',
  ),
  CacheSocacheMinTime: byteCount(
    'CacheSocacheMinTime argument must be the minimum amount of time in seconds to cache an entry.',
  ),
  CacheSocacheReadSize: byteCount(
    'CacheSocacheReadSize argument must be a non-negative integer representing the max amount of data to cache in go.',
  ),
  CacheSocacheReadTime: byteCount(
    'CacheSocacheReadTime argument must be a non-negative integer representing the max amount of time taken to cache in go.',
  ),
  MemcacheConnTTL: upToOneHour,
  RedisConnPoolTTL: upToOneHour,
  RedisTimeout: upToOneHour,
  SessionExpiryUpdateInterval: integer(
    (value) => value >= 0,
    'SessionExpiryUpdateInterval must be zero (disable) or a positive value',
  ),
  SessionCookieName: cookieName,
  SessionCookieName2: cookieName,
  SessionDBDCookieName: databaseCookieName,
  SessionDBDCookieName2: databaseCookieName,
  SessionCryptoDriver: outside(GLOBAL_ONLY),
  SessionCryptoPassphraseFile: (call) => {
    const missing = missingFile(call.args[0] ?? '', call)
    if (missing === undefined) return undefined
    return fault('file', `${call.spec.name}: Could not open file ${missing}: No such file or directory`, 0)
  },
  DBDMin: digits,
  DBDKeep: digits,
  DBDMax: digits,
  DBDExptime: digits,
  DBDriver: (call) => {
    const [name = ''] = call.args
    return DRIVERS.has(name) ? undefined : fault('provider', `Can't load driver file apr_dbd_${name}.so`, 0)
  },
  DBDInitSQL: (call) => (call.args[0] === '' ? fault('value', 'You should specify SQL statement', 0) : undefined),
  AuthnCacheSOCache: inOrder(outside(GLOBAL_ONLY), (call) => {
    const [text = ''] = call.args
    const name = text.split(':', 1)[0] as string
    if (hasSocache(name, call.environment)) {
      const wrong = socacheFault(text)
      return wrong === undefined ? undefined : fault('value', `AuthnCacheSOCache: ${wrong}`, 0)
    }
    return fault(
      'provider',
      `AuthnCacheSOCache: Unknown socache provider '${text}'. Maybe you need to load the appropriate socache module (mod_socache_${text}?)`,
      0,
    )
  }),
  AuthnCacheEnable: outside(GLOBAL_ONLY),
}

/** The drivers that Debian's libaprutil packages bring. */
const DRIVERS = new Set(['sqlite3', 'mysql', 'pgsql', 'odbc'])

const WHERE = NOT_IN_DIRECTORY | NOT_IN_LIMIT | NOT_IN_FILES

function cacheEnable(call: Call): Fault | undefined {
  const refused = forbidden(call, WHERE)
  if (refused) return refused
  const [type = '', given] = call.args
  const { path } = call.scope
  if (type.startsWith('/'))
    return fault('value', `provider (${type}) starts with a '/'.  Are url and provider switched?`, 0)
  const url = given ?? path
  if (url === undefined) return fault('argument-count', `CacheEnable provider (${type}) is missing an URL.`, 0)
  if (path !== undefined && !url.startsWith(path))
    return fault('url', 'When in a Location, CacheEnable must specify a path or an URL below that location.', 1)
  return undefined
}

function cacheDisable(call: Call): Fault | undefined {
  const refused = forbidden(call, WHERE)
  if (refused) return refused
  const [url = ''] = call.args
  if (call.scope.path !== undefined)
    return url.toLowerCase() === 'on'
      ? undefined
      : fault('keyword', "CacheDisable must be followed by the word 'on' when in a Location.", 0)
  return url.startsWith('/') || url.includes(':')
    ? undefined
    : fault('url', 'CacheDisable must specify a path or an URL.', 0)
}

/** Levels times name length of a cache's directories may not exceed 20; both begin with 2. */
function directoryTree(own: string, other: string): Handler {
  return (call) => {
    const value = leadingInteger(call.args[0] ?? '')
    if (value < 1) return fault('number', `${own} value must be an integer greater than 0`, 0)
    const set = remember(call.scope.server.state, 'cache-directories', () => new Map<string, number>())
    if (Math.imul(value, set.get(other) ?? 2) > 20)
      return fault('number', 'CacheDirLevels*CacheDirLength value must not be higher than 20', 0)
    set.set(own, value)
    return undefined
  }
}

/** What stands behind the number does not matter. */
function byteCount(message: string): Handler {
  return (call) => {
    const { value, overflow } = parseLeading(call.args[0] ?? '')
    return value >= 0 && !overflow ? undefined : fault('number', message, 0)
  }
}

function upToOneHour(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (!isDuration(text, 's')) return fault('number', `${call.spec.name} has wrong format`, 0)
  const value = durationOf(text, 's') ?? 0
  return value >= 0 && value <= 3600e6
    ? undefined
    : fault('number', `${call.spec.name} can only be 0 or up to one hour.`, 0)
}

function cookieName(call: Call): Fault | undefined {
  const name = firstWord(call)
  if (name !== '' && !/[=&]/.test(name)) return undefined
  return fault('value', `${call.node.name} cannot be empty, or contain '=' or '&'.`)
}

function databaseCookieName(call: Call): Fault | undefined {
  const name = firstWord(call)
  if (name === '') return fault('argument-count', `${call.node.name} requires at least one argument!`, 'name')
  return /[=;&]/.test(name) ? fault('value', `${call.node.name} cannot contain '=', ';' or '&'.`) : undefined
}

function firstWord(call: Call): string {
  return call.raw.split(/[ \t]/).find((word) => word !== '') ?? ''
}

function digits(call: Call): Fault | undefined {
  return /^\d*$/.test(call.args[0] ?? '') ? undefined : fault('number', 'Argument must be numeric!', 0)
}
