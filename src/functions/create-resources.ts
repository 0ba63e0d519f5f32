import { convertedName, rubyClass } from '../types/ruby-value.ts'
import { hash, type Value } from '../value/value.ts'
import { refuse } from './definition.ts'
import { atLeast, legacy, legacyInspect } from './legacy.ts'

/** Declares a resource for each entry of a hash, `{title => {parameters}}`; `@` and `@@` make them virtual and exported. */
export const createResources = legacy(
  'create_resources',
  atLeast(2),
  (call): undefined => {
    const [type, instances, defaults] = call.args as [Value, Value, Value | undefined]
    if (call.args.length > 3)
      refuse(call, `create_resources(): wrong number of arguments (${call.args.length}; must be 2 or 3)`)
    if (instances.kind !== 'hash') refuse(call, 'create_resources(): second argument must be a hash')
    if (defaults && defaults.kind !== 'hash')
      refuse(call, 'create_resources(): third argument, if provided, must be a hash')
    if (type.kind !== 'string')
      return refuse(call, `undefined method \`sub' for ${legacyInspect(type)}:${rubyClass(type)}`)
    for (const { value } of instances.entries.values())
      if (value.kind !== 'hash') refuse(call, `no implicit conversion of ${convertedName(value)} into Hash`)
    const name = type.value.replace(/^@{1,2}/, '').toLowerCase()
    const form = type.value.startsWith('@@') ? 'exported' : type.value.startsWith('@') ? 'virtual' : 'regular'
    if (name === 'class' && form !== 'regular') refuse(call, 'Classes are not virtualizable')
    call.context.catalog.createResources(name, instances, defaults ?? hash([], instances.origin), form)
    return undefined
  },
  false,
)
