import { sourceFile, span } from '../source/source-file.ts'
import type { FoundFile } from '../value/function.ts'
import type { ArrayValue, StringValue, Value } from '../value/value.ts'
import { string } from '../value/value.ts'
import { builtin, type Call, nothing, originOf, overload, param, refuse, repeated, toText } from './definition.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

/** The content of the first file that exists; `module/name` lies below the module's `files`. */
export const file = legacy('file', atLeast(1), (call) => {
  const references = call.args.map(legacyText)
  const found = firstFile(call, 'files', references)
  if (!found) return refuse(call, `Could not find any files from ${references.join(', ')}`)
  const text = found.text()
  if (text === '') return string(text, originOf(call))
  const place = span(sourceFile(found.path, text), 0, text.length)
  const origin = { kind: 'literal', span: place } as const
  const pieces = [{ start: 0, end: text.length, template: place, origin, reads: [] }]
  return string(text, { kind: 'text', span: call.context.span, pieces })
})

export const binaryFile = builtin('binary_file', [
  overload([param('String', 'path')], (call) => {
    const reference = (call.args[0] as StringValue).value
    const found = call.context.modules.find('files', reference)
    if (!found) return refuse(call, `binary_file(): The given file '${reference}' does not exist`)
    return { kind: 'binary', bytes: found.bytes(), origin: originOf(call) }
  }),
])

export const findFile = firstOf(
  'find_file',
  'paths',
  'paths_array',
  (call, path) => call.context.modules.find('files', path)?.absolute,
)
export const findTemplate = firstOf(
  'find_template',
  'paths',
  'paths_array',
  (call, path) => call.context.modules.find('templates', path)?.absolute,
)
export const moduleDirectory = firstOf('module_directory', 'names', 'names', (call, name) =>
  call.context.modules.directory(name),
)

/** The first answer for texts given one by one or in an array; undef where there is none. */
function firstOf(name: string, single: string, list: string, find: (call: Call, text: string) => string | undefined) {
  const run = (call: Call, given: readonly Value[]): Value => {
    for (const value of given) {
      const found = find(call, (value as StringValue).value)
      if (found !== undefined) return toText(call, found)
    }
    return nothing(call)
  }
  return builtin(name, [
    overload([repeated('String', single)], (call) => run(call, call.args)),
    overload([repeated('Array[String]', list)], (call) => run(call, (call.args[0] as ArrayValue).values)),
  ])
}

function firstFile(call: Call, kind: 'files' | 'templates', references: readonly string[]): FoundFile | undefined {
  for (const reference of references) {
    const found = call.context.modules.find(kind, reference)
    if (found) return found
  }
  return undefined
}
