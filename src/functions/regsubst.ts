import { rubyRegexp } from '../value/regexp.ts'
import {
  array,
  type HashValue,
  hashGet,
  type RegexpValue,
  type StringValue,
  string,
  type TypeValue,
  type Value,
} from '../value/value.ts'
import { builtin, type Call, optional, originOf, overload, param } from './definition.ts'

export const regsubst = builtin('regsubst', [
  overload(
    [
      param('Variant[Array[String],String]', 'target'),
      param('String', 'pattern'),
      param('Variant[String,Hash[String,String]]', 'replacement'),
      optional('Optional[Pattern[/^[GEIM]*$/]]', 'flags'),
      optional("Enum['N','E','S','U']", 'encoding'),
    ],
    (call) => {
      const given = call.args[3]
      const flags = given?.kind === 'string' ? given.value : ''
      const options = [
        ['E', 'x'],
        ['I', 'i'],
        ['M', 'm'],
      ].map(([flag, option]) => (flags.includes(flag as string) ? option : ''))
      const pattern = (call.args[1] as StringValue).value
      return substitute(call, withOptions(pattern, options.join('')), flags.includes('G'))
    },
  ),
  overload(
    [
      param('Variant[Array[String],String]', 'target'),
      param('Variant[Regexp,Type[Regexp]]', 'pattern'),
      param('Variant[String,Hash[String,String]]', 'replacement'),
      optional('Pattern[/^G?$/]', 'flags'),
    ],
    (call) => {
      const pattern = call.args[1] as RegexpValue | TypeValue
      const everywhere = (call.args[3] as StringValue | undefined)?.value === 'G'
      if (pattern.kind === 'regexp') return substitute(call, pattern.pattern, everywhere)
      return substitute(call, pattern.type.kind === 'Regexp' ? (pattern.type.pattern ?? '') : '', everywhere)
    },
  ),
])

function withOptions(pattern: string, options: string): string {
  return options === '' ? pattern : `(?${options}:${pattern}${options.includes('x') ? '\n' : ''})`
}

function substitute(call: Call, pattern: string, everywhere: boolean): Value {
  const target = call.args[0] as Value
  const replacement = call.args[2] as StringValue | HashValue
  const matcher = rubyRegexp(pattern, { global: true }, { span: call.context.span })
  const change = (value: Value): Value => {
    const text = (value as StringValue).value
    return string(substituteText(text, matcher, replacement, everywhere), originOf(call, [value, replacement]))
  }
  return target.kind === 'array' ? array(target.values.map(change), originOf(call)) : change(target)
}

/** Ruby's String#sub and #gsub. `matcher` is global. */
export function substituteText(
  text: string,
  matcher: RegExp,
  replacement: StringValue | HashValue,
  everywhere: boolean,
): string {
  let result = ''
  let copied = 0
  let at = 0
  while (at <= text.length) {
    matcher.lastIndex = at
    const match = matcher.exec(text)
    if (!match) break
    const end = match.index + match[0].length
    result += text.slice(copied, match.index) + expand(replacement, match, text)
    copied = end
    if (!everywhere) break
    at = match[0] === '' ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end
  }
  return result + text.slice(copied)
}

function expand(replacement: StringValue | HashValue, match: RegExpExecArray, text: string): string {
  if (replacement.kind === 'hash') {
    const found = hashGet(replacement, match[0])
    return found?.kind === 'string' ? found.value : ''
  }
  return replacement.value.replace(/\\(?:(\d)|k<([^>]+)>|([&`'\\]))/g, (written, digit, name, sign) => {
    if (digit !== undefined) return match[Number(digit)] ?? ''
    if (name !== undefined) return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? ''
    switch (sign) {
      case '&':
        return match[0]
      case '`':
        return text.slice(0, match.index)
      case "'":
        return text.slice(match.index + match[0].length)
      case '\\':
        return '\\'
      default:
        return written
    }
  })
}
