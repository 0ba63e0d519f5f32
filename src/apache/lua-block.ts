import type { Call } from './context.ts'
import { type Fault, fault } from './faults.ts'
import type { LogicalLine } from './lines.ts'
import { sectionArgument } from './sections.ts'
import { readWord } from './words.ts'

/** Passes over the Lua code of a `<LuaHook…>` block up to its closing tag; the code itself is not judged. */
export function readLuaBlock(call: Call, next: () => LogicalLine | undefined): Fault | undefined {
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  const name = readWord(argument, 0)
  const when = readWord(argument, name.next)
  const closing = `</${call.spec.name.slice(1)}>`.toLowerCase()
  for (let line = next(); line; line = next()) if (line.text.toLowerCase().startsWith(closing)) break
  if (when.value === '' || /^(?:early|late)$/i.test(when.value)) return undefined
  return fault('keyword', `${call.spec.name}> 2nd argument must be 'early' or 'late'`, [when.start, when.end])
}
