import type { LookupRequest } from '../value/function.ts'
import { type StringValue, string, type Value } from '../value/value.ts'
import { builtin, type Call, nothing, optional, originOf, overload, param, refuse, withBlock } from './definition.ts'

export const hiera = hieraFunction('hiera', 'first')
export const hieraArray = hieraFunction('hiera_array', 'unique')
export const hieraHash = hieraFunction('hiera_hash', 'hash')
export const hieraInclude = hieraFunction('hiera_include', 'unique', (call, key, found) => {
  if (found.kind === 'undef') return refuse(call, `Could not find data item ${key}`)
  const empty =
    (found.kind === 'array' && found.values.length === 0) ||
    (found.kind === 'hash' && found.entries.size === 0) ||
    (found.kind === 'string' && found.value === '')
  return empty ? nothing(call) : call.context.call('include', [found])
})

function hieraFunction(
  name: string,
  strategy: 'first' | 'unique' | 'hash',
  after: (call: Call, key: string, found: Value) => Value = (_call, _key, found) => found,
) {
  const run = (call: Call, key: Value | undefined, fallback: Value | undefined): Value => {
    warnDeprecated(call)
    const text = (key as StringValue).value
    const request: LookupRequest = {
      names: [text],
      merge: string(strategy, originOf(call, [])),
      required: true,
      hiera: true,
      ...(fallback ? { defaultValue: fallback } : {}),
      ...(call.block ? { block: call.block } : {}),
    }
    return after(call, text, call.context.lookup(request) ?? nothing(call))
  }
  // The override of a level has a meaning in Hiera 3 alone.
  return builtin(name, [
    // Puppet takes the array, and then calls a method that is not there.
    overload([param('Tuple[String, Any, Any, 1, 3]', 'args')], (call) =>
      refuse(call, `undefined method \`hiera' for #<`),
    ),
    overload([param('String', 'key')], (call) => run(call, call.args[0], undefined)),
    overload([param('String', 'key'), param('Any', 'default'), optional('Any', 'override')], (call) =>
      run(call, call.args[0], call.args[1]),
    ),
    overload(
      [param('String', 'key')],
      (call) => run(call, call.args[0], undefined),
      withBlock('Callable[1,1]', 'default_block'),
    ),
    overload(
      [param('String', 'key'), param('Any', 'override')],
      (call) => run(call, call.args[0], undefined),
      withBlock('Callable[1,1]', 'default_block'),
    ),
  ])
}

function warnDeprecated(call: Call): void {
  if (call.context.settings.strict === 'off') return
  const version = call.context.settings.puppet === 7 ? '7.23' : '8.11'
  call.context.warnOnce(
    call.name,
    `The function '${call.name}' is deprecated in favor of using 'lookup'. ` +
      `See https://puppet.com/docs/puppet/${version}/deprecated_language.html`,
  )
}
