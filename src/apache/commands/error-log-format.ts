import type { Call } from '../context.ts'
import { type Fault, fault } from '../faults.ts'

/** ErrorLogFormat. */
export function errorLogFormat(call: Call): Fault | undefined {
  const [first = '', second] = call.args
  if (second === undefined) return formatFault(first, true, 0)
  if (!['connection', 'request'].includes(first.toLowerCase()))
    return fault('keyword', 'ErrorLogFormat type must be one of request, connection', 0)
  return formatFault(second, false, 1)
}

function formatFault(text: string, main: boolean, at: number): Fault | undefined {
  const refuse = (message: string) => fault('log-format', message, at)
  let message = false
  let i = 0
  while (i < text.length) {
    if (text[i] !== '%') {
      i++
      continue
    }
    i++
    if (text[i] === ' ' || text[i] === '%') {
      i++
      continue
    }
    let required = false
    let level = 0
    let done = false
    while (i < text.length && !done) {
      const char = text[i] as string
      if (char === '{') {
        const close = text.indexOf('}', i)
        i = close < 0 ? text.length : close + 1
      } else if (char === '+' || char === '-') {
        required ||= char === '+'
        i++
      } else if (/\d/.test(char)) {
        const digits = (/^\d+/.exec(text.slice(i)) as RegExpExecArray)[0]
        level = Number(digits)
        i += digits.length
      } else {
        if (!'aAeEFiklLmnPtTvVM'.includes(char)) return refuse(`Unrecognized error log format directive %${char}`)
        i++
        done = true
        if (char === 'M') {
          if (!main) return refuse('%M cannot be used in once-per-request or once-per-connection formats')
          message = true
        }
      }
    }
    if (!done) return refuse('Ran off end of error log format parsing args to some directive')
    if (main && required) return refuse("The '+' flag cannot be used in the main error log format")
    if (!main && level)
      return refuse('The loglevel cannot be used as a condition in once-per-request or once-per-connection formats')
    if (level > 15) return refuse('The specified loglevel modifier is out of range')
  }
  return main && !message ? refuse("main ErrorLogFormat must contain message format string '%M'") : undefined
}
