import { integer, type StringValue, string, type Value } from '../value/value.ts'
import {
  builtin,
  type Call,
  nothing,
  optional,
  originOf,
  overload,
  param,
  refuse,
  withOptionalBlock,
} from './definition.ts'
import { digError, digInto } from './dig.ts'

export const get = builtin('get', [
  overload(
    [param('Any', 'value'), param('String', 'dotted_string'), optional('Any', 'default_value')],
    (call) => {
      const [value, navigation, fallback] = call.args as [Value, StringValue, Value | undefined]
      return navigate(call, value, navigation.value, fallback)
    },
    withOptionalBlock('Callable[1,1]'),
  ),
])

/** The value at a dotted path such as `a.0.'b.c'`; the default where something on the way is undef. */
export function navigate(call: Call, value: Value, navigation: string, fallback: Value | undefined): Value {
  if (value.kind === 'undef') return fallback ?? nothing(call)
  if (navigation === '') return value
  const origin = originOf(call)
  const segments = splitPath(navigation)
  if (!segments) return refuse(call, 'Syntax error in dotted-navigation string')
  const path = segments.map((s) => (typeof s === 'bigint' ? integer(s, origin) : string(s, origin)))
  if (value.kind !== 'array' && value.kind !== 'hash') return call.context.call('dig', [value, ...path])
  const found = digInto(value, path)
  if (found.kind === 'value')
    return found.value && found.value.kind !== 'undef' ? found.value : (fallback ?? nothing(call))
  if (call.block) return call.block.call([digError(call, found)])
  return refuse(call, found.message)
}

/** Segments between dots: quoted texts as they are, whole numbers as numbers; nothing where the form is wrong. */
function splitPath(navigation: string): (string | bigint)[] | undefined {
  const segments: (string | bigint)[] = []
  const form = /\.(?:(\s*"[^"]+"\s*|\s*'[^']+'\s*)|([^'".]+))/y
  const key = `.${navigation}`
  while (form.lastIndex < key.length) {
    const match = form.exec(key)
    if (!match) return undefined
    const text = (match[0] as string).slice(1).trim()
    if (/^["']/.test(text)) segments.push(text.slice(1, -1))
    else if (/^:?[+-]?[0-9]+$/m.test(text)) segments.push(BigInt(/^[+-]?\d+/.exec(text)?.[0].replace('+', '') ?? '0'))
    else segments.push(text)
  }
  return segments
}
