import type { Value } from '../value/value.ts'
import { flattened } from './flatten.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

export const realize = legacy(
  'realize',
  atLeast(1),
  (call): undefined => call.context.catalog.realize(flattened(call.args).map(reference)) as undefined,
  false,
)

/** Out of `User['x']`, or the text `User[x]`. */
function reference(value: Value): { type: string; title: string } {
  const [, type = '', title = ''] = /^([^[\]]+)\[([\s\S]+)\]$/.exec(legacyText(value)) ?? []
  return { type, title }
}
