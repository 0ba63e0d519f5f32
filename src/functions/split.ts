import { rubyRegexp } from '../value/regexp.ts'
import { type RegexpValue, type StringValue, string, type TypeValue, type Value } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, toArray } from './definition.ts'

export const split = builtin('split', [
  overload([param('String', 'str'), param('String', 'pattern')], (call) =>
    splitBy(call, (call.args[1] as StringValue).value),
  ),
  overload([param('String', 'str'), param('Regexp', 'pattern')], (call) =>
    splitBy(call, (call.args[1] as RegexpValue).pattern),
  ),
  overload([param('String', 'str'), param('Type[Regexp]', 'pattern')], (call) => {
    const { type } = call.args[1] as TypeValue
    return splitBy(call, type.kind === 'Regexp' ? (type.pattern ?? '') : '')
  }),
])

function splitBy(call: Call, pattern: string): Value {
  const { value: text } = call.args[0] as StringValue
  const matcher = rubyRegexp(pattern, { global: true }, { span: call.context.span })
  const origin = originOf(call)
  return toArray(
    call,
    splitText(text, matcher).map((piece) => string(piece, origin)),
  )
}

/** Ruby's String#split: captures stand among the pieces, empty pieces at the end are dropped. `matcher` is global. */
export function splitText(text: string, matcher: RegExp): string[] {
  if (text === '') return []
  const pieces: string[] = []
  let begin = 0
  let start = 0
  let lastEmpty = false
  while (start <= text.length) {
    matcher.lastIndex = start
    const match = matcher.exec(text)
    if (!match) break
    const width = characterWidth(text, begin)
    if (match.index === start && match[0] === '') {
      if (!lastEmpty) {
        start += characterWidth(text, start)
        lastEmpty = true
        continue
      }
      pieces.push(text.slice(begin, begin + width))
      begin = start
    } else {
      pieces.push(text.slice(begin, match.index))
      begin = start = match.index + match[0].length
    }
    lastEmpty = false
    pieces.push(...match.slice(1).filter((capture) => capture !== undefined))
  }
  if (text.length > begin) pieces.push(text.slice(begin))
  while (pieces.at(-1) === '') pieces.pop()
  return pieces
}

function characterWidth(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
