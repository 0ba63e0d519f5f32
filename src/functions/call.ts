import { array, hash, type ObjectValue, type StringValue, sensitive, type Value } from '../value/value.ts'
import { builtin, type Call, overload, param, refuse, repeated, withOptionalBlock } from './definition.ts'

export const callFunction = builtin('call', [
  overload(
    [param('String', 'function_name'), repeated('Any', 'arguments')],
    (call) => {
      const [name, ...args] = call.args as [StringValue, ...Value[]]
      if (!call.context.hasFunction(name.value)) refuse(call, `Unknown function '${name.value}'`)
      return call.context.call(name.value, args, call.block)
    },
    withOptionalBlock(),
  ),
  overload([param('Deferred', 'deferred')], (call) => resolved(call, call.args[0] as Value)),
])

/** Deferred values are called now, also within collections; a name that starts with `$` digs into that variable. */
function resolved(call: Call, value: Value): Value {
  switch (value.kind) {
    case 'array':
      return array(
        value.values.map((element) => resolved(call, element)),
        value.origin,
      )
    case 'hash':
      return hash(
        [...value.entries.values()].map((e) => [e.key, resolved(call, e.value)] as const),
        value.origin,
      )
    case 'sensitive':
      return sensitive(resolved(call, value.value), value.origin)
    case 'object':
      return value.type.kind === 'Object' && value.type.name === 'Deferred' ? callDeferred(call, value) : value
    default:
      return value
  }
}

function callDeferred(call: Call, deferred: ObjectValue): Value {
  const { value: name } = deferred.attributes.get('name') as StringValue
  const given = deferred.attributes.get('arguments')
  const args = given?.kind === 'array' ? given.values.map((argument) => resolved(call, argument)) : []
  if (!name.startsWith('$')) return call.context.call(name, args)
  const variable = call.context.scope.lookup(name.slice(1)) ?? { kind: 'undef', origin: deferred.origin }
  return call.context.call('dig', [variable, ...args])
}
