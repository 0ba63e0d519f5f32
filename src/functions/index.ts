import { characterCount } from '../types/construct.ts'
import { rubyRegexp } from '../value/regexp.ts'
import { integer, type RegexpValue, type StringValue, type Value } from '../value/value.ts'
import { builtin, type Call, isTrue, nothing, originOf, overload, param, toInteger, yieldTo } from './definition.ts'
import { iterationOverloads, needEnumerable, type Step, sequenceOf } from './iteration.ts'
import { rubyEquals } from './ruby-equality.ts'

const withLambda = iterationOverloads((call, steps, form) => {
  const two = form.endsWith('2')
  return firstKey(call, steps, (step) => isTrue(two ? yieldTo(call, step.key, step.value) : yieldTo(call, step.value)))
})

export const index = builtin('index', [
  ...withLambda,
  overload([param('String', 'str'), param('Variant[String,Regexp]', 'match')], (call) => {
    const { value: text } = call.args[0] as StringValue
    const match = call.args[1] as StringValue | RegexpValue
    const found =
      match.kind === 'string'
        ? text.indexOf(match.value)
        : (rubyRegexp(match.pattern, {}, { span: call.context.span }).exec(text)?.index ?? -1)
    return found < 0 ? nothing(call) : toInteger(call, characterCount(text.slice(0, found)))
  }),
  overload([param('Iterable', 'enumerable'), param('Any', 'match')], (call) => {
    const collection = call.args[0] as Value
    const wanted = call.args[1] as Value
    needEnumerable(call, 'each_with_index')
    if (collection.kind === 'hash') {
      for (const { key, value } of collection.entries.values()) if (rubyEquals(value, wanted)) return key
      return nothing(call)
    }
    let at = 0
    for (const value of sequenceOf(call, collection).values) {
      if (rubyEquals(value, wanted)) return integer(at, originOf(call))
      at++
    }
    return nothing(call)
  }),
])

function firstKey(call: Call, steps: Iterable<Step>, test: (step: Step) => boolean): Value {
  for (const step of steps) if (test(step)) return step.key
  return nothing(call)
}
