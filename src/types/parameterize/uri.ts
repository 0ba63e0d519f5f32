import type { PuppetType } from '../../value/type.ts'
import type { Value } from '../../value/value.ts'
import { rubyClass } from '../ruby-value.ts'
import { uriParameters } from '../uri.ts'

/** A URI type with what its parts must match: as a URI, or as a hash of parts. */
export function uriTypeOf(key: Value, complain: (message: string, key?: number) => never): PuppetType {
  if (key.kind === 'string' && key.value !== '')
    return { kind: 'URI', parameters: uriParameters({ kind: 'uri', text: key.value, origin: key.origin }) }
  if (key.kind === 'uri') return { kind: 'URI', parameters: uriParameters(key) }
  if (key.kind === 'hash') return key.entries.size === 0 ? { kind: 'URI' } : { kind: 'URI', parameters: key }
  return complain(`URI-Type[] arguments must be types. Got ${rubyClass(key)}`, 0)
}
