import { valueToText } from '../types/text.ts'
import type { LogLevel } from '../value/function.ts'
import { builtin, nothing, overload, repeated } from './definition.ts'

export const loggingFunctions = (
  ['debug', 'info', 'notice', 'warning', 'err', 'alert', 'emerg', 'crit'] as const satisfies readonly LogLevel[]
).map((level) =>
  builtin(level, [
    overload(
      [repeated('Any', 'values')],
      (call) => {
        call.context.log(level, call.args.map(valueToText).join(' '), call.context.span)
        return nothing(call)
      },
      { returns: 'Undef' },
    ),
  ]),
)
