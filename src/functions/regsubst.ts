import { rubyRegexp } from '../value/regexp.ts'
import {
  array,
  type HashValue,
  hashGet,
  type RegexpValue,
  type StringValue,
  sensitive,
  string,
  type TypeValue,
  type Value,
} from '../value/value.ts'
import { builtin, type Call, optional, originOf, overload, param } from './definition.ts'

const secretive = 'Variant[String,Sensitive[String]]'

export const regsubst = definitionFor(`Variant[Array[${secretive}],Sensitive[Array[${secretive}]],${secretive}]`)

/** Of Puppet 7, which takes no Sensitive. */
export const regsubst7 = definitionFor('Variant[Array[String],String]')

function definitionFor(target: string) {
  return builtin('regsubst', [
    overload(
      [
        param(target, 'target'),
        param('String', 'pattern'),
        param('Variant[String,Hash[String,String]]', 'replacement'),
        optional('Optional[Pattern[/^[GEIM]*$/]]', 'flags'),
        optional("Enum['N','E','S','U']", 'encoding'),
      ],
      (call) => {
        const given = call.args[3]
        const flags = given?.kind === 'string' ? given.value : ''
        if (call.args[4] && call.context.settings.puppet === 8)
          call.context.warnOnce(
            'regsubst_function_encoding',
            "The regsubst() function's encoding argument has been ignored since Ruby 1.9 " +
              'and will be removed in a future release',
          )
        const options = `${flags.includes('E') ? 'x' : ''}${flags.includes('I') ? 'i' : ''}${flags.includes('M') ? 'm' : ''}`
        return substitute(call, withOptions((call.args[1] as StringValue).value, options), flags.includes('G'))
      },
    ),
    overload(
      [
        param(target, 'target'),
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
}

function withOptions(pattern: string, options: string): string {
  return options === '' ? pattern : `(?${options}:${pattern}${options.includes('x') ? '\n' : ''})`
}

/** A Sensitive text stays one; an array in a Sensitive comes out of it, as in Puppet. */
function substitute(call: Call, pattern: string, everywhere: boolean): Value {
  const replacement = call.args[2] as StringValue | HashValue
  const matcher = rubyRegexp(pattern, { global: true }, { span: call.context.span })
  const change = (value: Value): Value => {
    switch (value.kind) {
      case 'array':
        return array(value.values.map(change), originOf(call))
      case 'sensitive':
        return value.value.kind === 'array' ? change(value.value) : sensitive(change(value.value), originOf(call))
      default:
        return string(
          substituteText((value as StringValue).value, matcher, replacement, everywhere),
          originOf(call, [value, replacement]),
        )
    }
  }
  return change(call.args[0] as Value)
}

/** Ruby's String#sub and #gsub. `matcher` is global. */
function substituteText(
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
