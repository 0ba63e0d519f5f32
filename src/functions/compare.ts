import { compareCodePoints } from '../types/construct.ts'
import { valueLabel } from '../types/label.ts'
import { rubyClass } from '../types/ruby-value.ts'
import { compareVersions, parseVersion } from '../types/semver.ts'
import type { CallContext } from '../value/function.ts'
import type {
  FloatValue,
  IntegerValue,
  SemVerValue,
  StringValue,
  TimespanValue,
  TimestampValue,
  Value,
} from '../value/value.ts'
import { builtin, type Call, optional, overload, param, refuse, repeated, toInteger } from './definition.ts'

type Time = TimestampValue | TimespanValue
type Numeric = IntegerValue | FloatValue

const localTypes = new Map([
  ['TimeComparable', 'Variant[Numeric, Timespan, Timestamp]'],
  ['Comparable', 'Variant[String, Semver, TimeComparable]'],
])

export const compare = builtin(
  'compare',
  [
    overload([param('Numeric', 'a'), param('Numeric', 'b')], (call) => {
      const [a, b] = call.args as [Numeric, Numeric]
      return order(call, a.value, b.value)
    }),
    overload([param('String', 'a'), param('String', 'b'), optional('Boolean', 'ignore_case')], (call) => {
      const [a, b] = call.args as [StringValue, StringValue]
      const exact = call.args[2]?.kind === 'boolean' && !call.args[2].value
      const fold = (text: string) => (exact ? text : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
      return toInteger(call, Math.sign(compareCodePoints(fold(a.value), fold(b.value))))
    }),
    overload([param('Semver', 'a'), param('Semver', 'b')], (call) => {
      const [a, b] = call.args as [SemVerValue, SemVerValue]
      return toInteger(call, compareVersions(parseVersion(a.text), parseVersion(b.text)))
    }),
    overload([param('Numeric', 'a'), param('Variant[Timespan, Timestamp]', 'b')], (call) => {
      const [a, b] = call.args as [Numeric, Time]
      return order(call, a.value, inSeconds(b, a))
    }),
    overload([param('Timestamp', 'a'), param('Variant[Timestamp, Numeric]', 'b')], compareTime),
    overload([param('Timespan', 'a'), param('Variant[Timespan, Numeric]', 'b')], compareTime),
    overload(
      [param('Comparable', 'a'), param('Comparable', 'b'), repeated('Any', 'ignore_case')],
      (call) => call.args[0] as Value,
      {
        mismatch: comparableMismatch,
      },
    ),
    overload([param('Any', 'a'), param('Any', 'b'), repeated('Any', 'ignore_case')], (call) => call.args[0] as Value, {
      mismatch: (_, args) =>
        'compare(): Non comparable type. Only values of the types Numeric, String, Semver, Timestamp and Timestamp ' +
        `can be compared. Got ${labels(args)}`,
    }),
  ],
  localTypes,
)

function order(call: Call, a: bigint | number, b: bigint | number): Value {
  return toInteger(call, a < b ? -1 : a > b ? 1 : 0)
}

function compareTime(call: Call): Value {
  const [a, b] = call.args as [Time, Time | Numeric]
  if ('nanoseconds' in b) return order(call, a.nanoseconds, b.nanoseconds)
  return order(call, inSeconds(a, b), b.value)
}

/** Against an integer whole seconds count, rounded down. */
function inSeconds(time: Time, other: Numeric): bigint | number {
  if (other.kind === 'float') return Number(time.nanoseconds) / 1e9
  const whole = time.nanoseconds / 1_000_000_000n
  return time.nanoseconds < 0n && time.nanoseconds % 1_000_000_000n !== 0n ? whole - 1n : whole
}

function label(value: Value): string {
  return value.kind === 'default' ? 'Object' : valueLabel(value)
}

function labels(args: readonly Value[]): string {
  return `${label(args[0] as Value)} and ${label(args[1] as Value)}`
}

function comparableMismatch(context: CallContext, args: readonly Value[]): string {
  const [a, b, ...rest] = args as [Value, Value, ...Value[]]
  if (rest.length > 0) {
    if (a.kind !== 'string' || b.kind !== 'string')
      return 'compare(): The third argument (ignore case) can only be used when comparing strings'
    if (rest.length !== 1) return `compare(): Accepts at most 3 arguments, got ${2 + rest.length}`
    // Puppet's own check fails here for any third argument.
    return refuse({ context }, 'uninitialized constant Puppet::Pops::Loader::RubyFunctionInstantiator::Boolean')
  }
  if (rubyClass(a) === rubyClass(b)) return ''
  return (
    'compare(): Can only compare values of the same type (or for Timestamp/Timespan also against Numeric). ' +
    `Got ${labels(args)}`
  )
}
