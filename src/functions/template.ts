import type { Span } from '../source/source-file.ts'
import type { TemplateRequest } from '../value/function.ts'
import type { Piece } from '../value/origin.ts'
import { type HashValue, type StringValue, string, type Value } from '../value/value.ts'
import { builtin, type Call, optional, originOf, overload, param, refuse } from './definition.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

/** ERB templates of modules, one after the other. */
export const template = legacy('template', atLeast(1), (call) =>
  concatenated(
    call,
    call.args.map((value) => {
      const name = legacyText(value)
      const file = call.context.modules.find('templates', name) ?? refuse(call, `Could not find template '${name}'`)
      return call.context.render({ kind: 'erb', name, file })
    }),
  ),
)

export const inlineTemplate = legacy('inline_template', atLeast(1), (call) =>
  concatenated(
    call,
    call.args.map((value) =>
      call.context.render({ kind: 'inline-erb', text: legacyText(value), span: placeOf(call, value) }),
    ),
  ),
)

const returns = 'Variant[String, Sensitive[String]]'
const parameters = optional('Hash[Pattern[/^\\w+$/], Any]', 'parameters')

export const epp = builtin('epp', [
  overload(
    [param('String', 'path'), parameters],
    (call) => {
      const written = (call.args[0] as StringValue).value
      const name = written.endsWith('.epp') ? written : `${written}.epp`
      const file = call.context.modules.find('templates', name) ?? refuse(call, `Could not find template '${name}'`)
      return call.context.render(withParameters({ kind: 'epp', name, file }, call.args[1]))
    },
    { returns },
  ),
])

export const inlineEpp = builtin('inline_epp', [
  overload(
    [param('String', 'template'), parameters],
    (call) => {
      const source = call.args[0] as StringValue
      const request = { kind: 'inline-epp', text: source.value, span: placeOf(call, source) } as const
      return call.context.render(withParameters(request, call.args[1]))
    },
    { returns },
  ),
])

function withParameters(request: TemplateRequest & { kind: 'epp' | 'inline-epp' }, given: Value | undefined) {
  return given ? { ...request, parameters: given as HashValue } : request
}

/** Where the text of an inline template is written, where that is one place. */
function placeOf(call: Call, value: Value): Span {
  return value.origin.kind === 'literal' ? value.origin.span : call.context.span
}

function concatenated(call: Call, results: readonly Value[]): Value {
  const [only] = results
  if (results.length === 1 && only) return only
  let text = ''
  const pieces: Piece[] = []
  for (const result of results) {
    const start = text.length
    const { value } = result as StringValue
    text += value
    if (result.origin.kind === 'text') {
      for (const piece of result.origin.pieces)
        pieces.push({ ...piece, start: piece.start + start, end: piece.end + start })
    } else if (value !== '') pieces.push({ start, end: text.length, origin: result.origin, reads: [] })
  }
  const { span } = call.context
  return pieces.length === 0 ? string(text, originOf(call)) : string(text, { kind: 'text', span, pieces })
}
