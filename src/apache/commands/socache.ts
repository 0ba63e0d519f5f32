import type { Environment } from '../context.ts'
import { parseLeading } from '../numbers.ts'

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['dbm', 'socache_dbm_module'],
  ['shmcb', 'socache_shmcb_module'],
  ['memcache', 'socache_memcache_module'],
  ['redis', 'socache_redis_module'],
  ['default', 'socache_shmcb_module'],
])

/** Whether a loaded module provides a small-object cache of the name. */
export function hasSocache(name: string, environment: Environment): boolean {
  const module = PROVIDERS.get(name)
  return module !== undefined && environment.modules.has(module)
}

/** The names that messages list. */
export function socacheNames(environment: Environment): readonly string[] {
  return [...PROVIDERS].flatMap(([name, module]) => (environment.modules.has(module) ? [name] : []))
}

/** What the provider of a cache says against `NAME:ARGUMENT`. */
export function socacheFault(text: string): string | undefined {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  if (name === 'memcache' || name === 'redis')
    return text.slice(name.length + 1) === '' ? `List of server names required to create ${name} socache.` : undefined
  const module = PROVIDERS.get(name)
  return module === 'socache_shmcb_module' && colon >= 0 ? sizeFault(text.slice(colon + 1)) : undefined
}

/** `PATH(SIZE)`: the last parenthesis holds the bytes. */
function sizeFault(path: string): string | undefined {
  const open = path.lastIndexOf('(')
  const closes = path.endsWith(')')
  if (open < 0) return closes ? 'Invalid argument: no opening parenthesis' : undefined
  if (!closes) return 'Invalid argument: no closing parenthesis or cache size missing after pathname with parenthesis'
  const digits = path.slice(open + 1, -1)
  const { value, end } = parseLeading(digits)
  if (end !== digits.length) return 'Invalid argument: cache size not numerical'
  const size = BigInt.asUintN(64, value)
  if (size < 8192n) return 'Invalid argument: size has to be >= 8192 bytes'
  return size >= 4_294_967_295n ? 'Invalid argument: size has to be < 4294967295 bytes on this platform' : undefined
}
