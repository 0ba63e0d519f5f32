import type { Call, Handler } from '../context.ts'
import { checkExpression } from '../expression.ts'
import { type Fault, type FaultCode, fault, type Place } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger, parseLeading } from '../numbers.ts'
import { checkRegex } from '../regex.ts'

/** Runs checks one after another; the first fault counts. */
export function inOrder(...handlers: readonly Handler[]): Handler {
  return (call) => {
    for (const handler of handlers) {
      const found = handler(call)
      if (found) return found
    }
    return undefined
  }
}

/** Refuses places (`NOT_IN_…` bits). */
export function outside(where: number): Handler {
  return (call) => forbidden(call, where)
}

/** One of some words, case ignored; `at` is the argument's number. */
export function oneOf(
  words: readonly string[],
  message: string | ((value: string, call: Call) => string),
  at = 0,
): Handler {
  return (call) => {
    const value = call.args[at]
    if (value === undefined || words.includes(value.toLowerCase())) return undefined
    return fault('keyword', typeof message === 'string' ? message : message(value, call), at)
  }
}

/** A number read as `atoi` reads it, for which `holds`. */
export function integer(
  holds: (value: number) => boolean,
  message: string | ((value: string, call: Call) => string),
  at = 0,
): Handler {
  return (call) => {
    const value = call.args[at]
    if (value === undefined || holds(leadingInteger(value))) return undefined
    return fault('number', typeof message === 'string' ? message : message(value, call), at)
  }
}

/** The same in 64 bits (`apr_atoi64`, `strtol`); what does not fit is cut to what does. */
export function longInteger(holds: (value: bigint) => boolean, message: string, at = 0): Handler {
  return (call) => {
    const value = call.args[at]
    return value === undefined || holds(parseLeading(value).value) ? undefined : fault('number', message, at)
  }
}

/** A whole number with nothing behind it. */
function wholeNumber(
  holds: (value: number) => boolean,
  message: string | ((value: string, call: Call) => string),
  at = 0,
): Handler {
  return (call) => {
    const value = call.args[at]
    if (value === undefined) return undefined
    const { value: number, end } = parseLeading(value)
    if (end === value.length && end > 0 && holds(Number(number))) return undefined
    return fault('number', typeof message === 'string' ? message : message(value, call), at)
  }
}

/** An integer slot of httpd's. */
export const intSlot: Handler = wholeNumber(
  () => true,
  (_value, call) => `Invalid value for directive ${call.node.name}, expected integer`,
)

/** A fault where a regular expression does not compile. */
export function regexFault(pattern: string, message: string, at: Place, flags?: number): Fault | undefined {
  const found = checkRegex(pattern, flags)
  if (!found) return undefined
  return { ...fault('regex', message, at), remedy: `In the pattern, at character ${found.offset}: ${found.message}.` }
}

/** A fault where an expression does not parse; `prefix` is what httpd puts in front. */
export function expressionFault(
  text: string,
  call: Call,
  prefix: string,
  at: Place,
  asString = false,
  code: FaultCode = 'expression',
): Fault | undefined {
  const found = checkExpression(text, call, { asString })
  return found ? fault(code, `${prefix}${found.message}`, at) : undefined
}

/** Handlers under the lower-case names of their directives. */
export function lowerCased(tables: readonly Readonly<Record<string, Handler>>[]): ReadonlyMap<string, Handler> {
  const found = new Map<string, Handler>()
  for (const table of tables)
    for (const name of Object.keys(table)) found.set(name.toLowerCase(), table[name] as Handler)
  return found
}
