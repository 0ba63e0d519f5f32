import type { StringValue, Value } from '../value/value.ts'
import { builtin, nothing, optional, overload, param, refuse, withOptionalBlock } from './definition.ts'
import { navigate } from './get.ts'

export const getvar = builtin('getvar', [
  overload(
    [
      param('Pattern[/\\A(?:::)?(?:[a-z]\\w*::)*[a-z_]\\w*(?:\\.|\\Z)/]', 'get_string'),
      optional('Any', 'default_value'),
    ],
    (call) => {
      const [written, fallback] = call.args as [StringValue, Value | undefined]
      const [, name = '', rest = ''] = /^((?:::)?(?:\w+::)*\w+)([\s\S]*)$/.exec(written.value) ?? []
      if (rest !== '' && !rest.startsWith('.'))
        return refuse(call, `First character after var name in get string must be a '.' - got ${rest[0]}`)
      const value = call.context.scope.lookup(name)
      if (!value) return fallback ?? nothing(call)
      return navigate(call, value, rest.slice(1), fallback)
    },
    withOptionalBlock('Callable[1,1]'),
  ),
  overload([param('String', 'get_string'), optional('Any', 'default_value')], (call) => nothing(call), {
    ...withOptionalBlock('Callable'),
    mismatch: () => 'The given string does not start with a valid variable name',
  }),
])
