import { ALIAS } from './commands/alias.ts'
import { AUTHORIZATION } from './commands/authorization.ts'
import { CORE } from './commands/core.ts'
import { ENVIRONMENT } from './commands/env.ts'
import { EXPIRES } from './commands/expires.ts'
import { HEADERS } from './commands/headers.ts'
import { REWRITE } from './commands/rewrite.ts'
import { SECTIONS } from './commands/sections.ts'
import { lowerCased } from './commands/values.ts'
import type { Handler } from './context.ts'
import type { DirectiveSpec } from './directive-table.ts'

let byName: ReadonlyMap<string, Handler> | undefined

/** What a directive's own code checks; undefined for one that takes whatever its argument kind lets through. */
export function handlerOf(spec: DirectiveSpec): Handler | undefined {
  byName ??= lowerCased({
    ...ALIAS,
    ...AUTHORIZATION,
    ...CORE,
    ...ENVIRONMENT,
    ...EXPIRES,
    ...HEADERS,
    ...REWRITE,
    ...SECTIONS,
  })
  const key = spec.name.toLowerCase()
  return byName.get(`${spec.module}:${key}`) ?? byName.get(key)
}
