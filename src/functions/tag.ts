import { refuse, toBoolean } from './definition.ts'
import { flattened } from './flatten.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

const validTag = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_:.-]*\n?$/u

export const tag = legacy(
  'tag',
  atLeast(1),
  (call): undefined => {
    const names = flattened(call.args)
      .filter((value) => value.kind !== 'undef')
      .map((value) => legacyText(value).toLowerCase())
    for (const name of names) if (!validTag.test(name)) refuse(call, `Invalid tag '${name}'`)
    call.context.catalog.tag(names)
    return undefined
  },
  false,
)

/** Whether every one of the tags is set. */
export const tagged = legacy('tagged', atLeast(1), (call) =>
  toBoolean(
    call,
    call.args.every((value) => call.context.catalog.tagged(legacyText(value).toLowerCase())),
  ),
)
