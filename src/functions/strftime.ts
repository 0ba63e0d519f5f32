import { formatTimespan } from '../types/timespan-format.ts'
import { utcOffset } from '../types/timestamp.ts'
import type { StringValue, TimespanValue, TimestampValue, Value } from '../value/value.ts'
import { builtin, type Call, optional, overload, param, toText } from './definition.ts'
import { rubyStrftime } from './ruby-strftime.ts'

export const strftime = builtin('strftime', [
  overload([param('Timespan', 'time_object'), param('String', 'format')], (call) => {
    const [time, format] = call.args as [TimespanValue, StringValue]
    return toText(call, formatTimespan(time.nanoseconds, format.value))
  }),
  overload([param('Timestamp', 'time_object'), param('String', 'format'), optional('String', 'timezone')], (call) => {
    const [time, format, timezone] = call.args as [TimestampValue, StringValue, StringValue | undefined]
    return formatted(call, format, time.nanoseconds, timezone)
  }),
  overload([param('String', 'format'), optional('String', 'timezone')], (call) => {
    const [format, timezone] = call.args as [StringValue, StringValue | undefined]
    call.context.warnOnce(
      'legacy#strftime',
      'The argument signature (String format, [String timezone]) is deprecated for #strftime. ' +
        'See #strftime documentation and Timespan type for more info',
    )
    return formatted(call, format, call.context.now, timezone)
  }),
])

function formatted(call: Call, format: StringValue, moment: bigint, timezone: StringValue | undefined): Value {
  if (timezone === undefined || timezone.value === '') return toText(call, rubyStrftime(format.value, moment))
  const offset = utcOffset(timezone.value)
  return toText(call, rubyStrftime(format.value, moment, offset - (offset % 60)))
}
