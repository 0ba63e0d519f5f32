import { ALIAS } from './commands/alias.ts'
import { AUTHORIZATION } from './commands/authorization.ts'
import { CACHE } from './commands/cache.ts'
import { CORE } from './commands/core.ts'
import { ENVIRONMENT } from './commands/env.ts'
import { EXPIRES } from './commands/expires.ts'
import { FILTERS } from './commands/filters.ts'
import { HEADERS } from './commands/headers.ts'
import { HTTP2 } from './commands/http2.ts'
import { LDAP } from './commands/ldap.ts'
import { LOGGING } from './commands/logging.ts'
import { LOGIN } from './commands/login.ts'
import { LUA } from './commands/lua.ts'
import { MAPPING } from './commands/mapping.ts'
import { MD } from './commands/md.ts'
import { METADATA } from './commands/metadata.ts'
import { PROXY } from './commands/proxy.ts'
import { REWRITE } from './commands/rewrite.ts'
import { SECTIONS } from './commands/sections.ts'
import { SED } from './commands/sed.ts'
import { SERVER } from './commands/server.ts'
import { SSL } from './commands/ssl.ts'
import { lowerCased } from './commands/values.ts'
import type { Handler } from './context.ts'
import type { DirectiveSpec } from './directive-table.ts'

let byName: ReadonlyMap<string, Handler> | undefined

const bySpec = new Map<DirectiveSpec, Handler | undefined>()

/** What a directive's own code checks; undefined for one that takes whatever its argument kind lets through. */
export function handlerOf(spec: DirectiveSpec): Handler | undefined {
  byName ??= lowerCased([
    ALIAS,
    AUTHORIZATION,
    CORE,
    ENVIRONMENT,
    EXPIRES,
    HEADERS,
    REWRITE,
    SECTIONS,
    SSL,
    SED,
    SERVER,
    PROXY,
    METADATA,
    MD,
    MAPPING,
    LUA,
    LOGIN,
    LOGGING,
    LDAP,
    HTTP2,
    FILTERS,
    CACHE,
  ])
  if (bySpec.has(spec)) return bySpec.get(spec)
  const key = spec.name.toLowerCase()
  const found = byName.get(`${spec.module}:${key}`) ?? byName.get(key)
  bySpec.set(spec, found)
  return found
}
