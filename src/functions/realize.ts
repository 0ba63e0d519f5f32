import { inspectText } from '../types/ruby-text.ts'
import type { Value } from '../value/value.ts'
import { type Call, refuse } from './definition.ts'
import { flattened } from './flatten.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

export const realize = legacy(
  'realize',
  atLeast(1),
  (call): undefined =>
    call.context.catalog.realize(flattened(call.args).map((value) => reference(call, value))) as undefined,
  false,
)

/** Out of `User['x']`, or the text `User[x]`. */
function reference(call: Call, value: Value): { type: string; title: string } {
  const text = legacyText(value)
  const [, type, title] = /^([^[\]]+)\[([\s\S]+)\]$/.exec(text) ?? []
  if (type === undefined || title === undefined)
    return refuse(
      call,
      'Puppet::Parser::Compiler failed with error ArgumentError: ' +
        `No title provided and ${inspectText(text)} is not a valid resource reference`,
    )
  return { type, title }
}
