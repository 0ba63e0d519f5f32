import type { PuppetType, TypeAliasType } from '../value/type.ts'
import { typeAlias } from './alias.ts'
import { normalize } from './normalize.ts'

/** An alias as `type Name = …` defines it; `find` is asked once, at the first need, and may meet the alias itself. */
export function defineTypeAlias(name: string, find: () => PuppetType): TypeAliasType {
  return typeAlias(name, () => normalize(find()))
}
