import type { HashValue } from '../value/value.ts'
import { builtin, overload, param, toArray } from './definition.ts'

export const keys = builtin('keys', [
  overload([param('Hash', 'hsh')], (call) =>
    toArray(
      call,
      [...(call.args[0] as HashValue).entries.values()].map((entry) => entry.key),
    ),
  ),
])
