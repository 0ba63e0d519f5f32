import type { Environment } from '../context.ts'

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
