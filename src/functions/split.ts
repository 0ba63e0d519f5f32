import { rubyRegexp } from '../value/regexp.ts'
import {
  type RegexpValue,
  type SensitiveValue,
  type StringValue,
  sensitive,
  string,
  type TypeValue,
  type Value,
} from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, toArray } from './definition.ts'

const patterns = [
  ['String', (given: Value) => (given as StringValue).value],
  ['Regexp', (given: Value) => (given as RegexpValue).pattern],
  ['Type[Regexp]', (given: Value) => typePattern(given as TypeValue)],
] as const

const ofText = patterns.map(([type, pattern]) =>
  overload([param('String', 'str'), param(type, 'pattern')], (call) => {
    const [text, given] = call.args as [StringValue, Value]
    return pieces(call, text, pattern(given))
  }),
)

const ofSensitive = patterns.map(([type, pattern]) =>
  overload([param('Sensitive[String]', 'sensitive'), param(type, 'pattern')], (call) => {
    const [secret, given] = call.args as [SensitiveValue, Value]
    return sensitive(pieces(call, secret.value as StringValue, pattern(given)), originOf(call))
  }),
)

export const split = builtin('split', [...ofText, ...ofSensitive])

/** Of Puppet 7, which splits no Sensitive. */
export const split7 = builtin('split', ofText)

function typePattern({ type }: TypeValue): string {
  return type.kind === 'Regexp' ? (type.pattern ?? '') : ''
}

function pieces(call: Call, text: StringValue, pattern: string): Value {
  const matcher = rubyRegexp(pattern, { global: true }, { span: call.context.span })
  const origin = originOf(call)
  return toArray(
    call,
    splitText(text.value, matcher).map((piece) => string(piece, origin)),
  )
}

/** Ruby's String#split: captures stand among the pieces, empty pieces at the end are dropped. `matcher` is global. */
function splitText(text: string, matcher: RegExp): string[] {
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
