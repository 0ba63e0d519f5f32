import { GLOBAL_ONLY } from '../bits.ts'
import type { Call, Environment, Handlers } from '../context.ts'
import { checkExpression } from '../expression.ts'
import { type Fault, fault } from '../faults.ts'
import { logDirectory } from './log-directory.ts'
import { expressionFault, inOrder, outside } from './values.ts'

/** mod_log_config and mod_log_debug. */
export const LOGGING: Handlers = {
  LogFormat: (call) => formatFault(call.args[0] ?? '', 0, call.environment),
  CustomLog: customLog,
  GlobalLog: inOrder(outside(GLOBAL_ONLY), customLog),
  TransferLog: customLog,
  LogMessage: logMessage,
}

function customLog(call: Call): Fault | undefined {
  const [file = '', format, condition] = call.args
  if (condition !== undefined) {
    const lower = condition.toLowerCase()
    if (lower.startsWith('env=')) {
      if (condition.length === 4 || condition === 'env=!')
        return fault('log-format', 'missing environment variable name', 2)
    } else if (lower.startsWith('expr=')) {
      if (condition.length === 5) return fault('log-format', 'missing condition', 2)
      const found = checkExpression(condition.slice(5), call)
      if (found) return fault('expression', found.message, 2)
    } else return fault('log-format', 'error in condition clause', 2)
  }
  const bad = format === undefined ? undefined : formatFault(format, 1, call.environment)
  if (!bad) logDirectory(call, file, 'AH02297', `log file '${file}'`)
  return bad
}

/** Directives of a log format, with what modules add. */
function known(tag: string, environment: Environment): boolean {
  const has = (module: string) => environment.modules.has(module)
  if ('haAlutfbBionLeVvpPHmqXCkrDTUsR'.includes(tag)) return true
  if ('IOS'.includes(tag)) return has('logio_module')
  return 'cx'.includes(tag) && has('ssl_module')
}

function formatFault(text: string, at: number, environment: Environment): Fault | undefined {
  let i = 0
  while (i < text.length) {
    if (text[i] !== '%') {
      i++
      continue
    }
    i++
    if (text[i] === '%') {
      i++
      continue
    }
    let done = false
    while (i < text.length && !done) {
      const char = text[i] as string
      if ('!<>,'.includes(char)) i++
      else if (char === '{') {
        const close = text.indexOf('}', i)
        i = close < 0 ? text.length : close + 1
      } else if (/\d/.test(char)) i++
      else {
        const three = text.slice(i, i + 3)
        const long = three === '^ti' || three === '^to' || (three === '^FB' && environment.modules.has('logio_module'))
        if (!long && !known(char, environment))
          return fault('log-format', `Unrecognized LogFormat directive %${char}`, at)
        i += long ? 3 : 1
        done = true
      }
    }
    if (!done) return fault('log-format', 'Ran off end of LogFormat parsing args to some directive', at)
  }
  return undefined
}

const HOOKS = new Set(
  'log_transaction quick_handler handler pre_translate_name translate_name map_to_storage fixups type_checker check_access check_access_ex check_authn check_authz insert_filter all *'.split(
    ' ',
  ),
)

function logMessage(call: Call): Fault | undefined {
  const [message = ''] = call.args
  const bad = expressionFault(message, call, `Could not parse message expression '${message}': `, 0, true)
  if (bad) return bad
  for (const [i, text] of call.args.slice(1).entries()) {
    const at = i + 1
    if (/^hook=/i.test(text)) {
      const hook = text.slice(5)
      if (!HOOKS.has(hook.toLowerCase())) return fault('keyword', `Invalid hook name: ${hook}`, at)
    } else if (/^expr=/i.test(text)) {
      const wrong = expressionFault(text.slice(5), call, `Could not parse expression '${text.slice(5)}': `, at)
      if (wrong) return wrong
    } else return fault('keyword', `Invalid argument ${text}`, at)
  }
  return undefined
}
