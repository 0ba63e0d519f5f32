import { NOT_IN_DIRECTORY, NOT_IN_FILES, NOT_IN_HTACCESS } from '../bits.ts'
import type { Call, Handler, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { externalFilters } from './filters.ts'
import { inOrder, oneOf, outside, regexFault } from './values.ts'

const inServer = outside(NOT_IN_DIRECTORY | NOT_IN_FILES | NOT_IN_HTACCESS)
const when = oneOf(['early', 'late'], "Third argument must be 'early' or 'late'", 2)

/** mod_lua. */
export const LUA: Handlers = {
  // A leftover of mod_lua's own tests: it reads past the directive that it is given.
  Lua_____ByteCodeHack: () => fault('crash', 'Apache httpd crashes over Lua_____ByteCodeHack', 'name'),
  LuaHookTranslateName: inOrder(inServer, when),
  LuaHookAccessChecker: when,
  LuaHookAuthChecker: when,
  LuaHookInsertFilter: () => fault('deprecated', 'LuaHookInsertFilter not yet implemented', 'name'),
  LuaQuickHandler: inServer,
  LuaMapHandler: inOrder(inServer, (call) => regexFault(call.args[0] ?? '', 'Invalid regex pattern!', 0)),
  LuaOutputFilter: inOrder(inServer, filter(true)),
  LuaInputFilter: inOrder(inServer, filter(false)),
  LuaInherit: choice(
    'LuaInherit',
    ['none', 'parent-first', 'parent-last'],
    "'none', 'parent-first', and 'parent-last'",
  ),
  LuaCodeCache: choice('LuaCodeCache', ['never', 'stat', 'forever'], "'never', 'stat', and 'forever'"),
  LuaScope: (call) => {
    const [text = ''] = call.args
    if (['once', 'request', 'conn', 'thread', 'server'].includes(text)) return undefined
    return fault(
      'keyword',
      `Invalid value for LuaScope, '${text}', acceptable values are: 'once', 'request', 'conn', 'thread', 'server'`,
      0,
    )
  },
}

function filter(output: boolean): Handler {
  return (call: Call): Fault | undefined => {
    externalFilters(call.environment).set((call.args[0] ?? '').toLowerCase(), output)
    return undefined
  }
}

function choice(name: string, words: readonly string[], listed: string): Handler {
  return oneOf(words, (value) => `${name} type of '${value}' not recognized, valid options are ${listed}`)
}
