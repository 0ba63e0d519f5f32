import type { Call } from '../context.ts'
import { type Fault, fault } from '../faults.ts'

const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug']

/** What httpd says about a level that it does not know. */
function levelFault(text: string): string | undefined {
  const level = text.toLowerCase()
  if (LEVELS.includes(level) || /^trace[1-8]$/.test(level)) return undefined
  return 'Log level keyword must be one of emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8'
}

/** LogLevel: `level` or `module:level`. */
export function logLevel(call: Call): Fault | undefined {
  const [text = ''] = call.args
  const { environment } = call
  const colon = text.lastIndexOf(':')
  if (colon < 0) {
    const said = levelFault(text)
    return said === undefined ? undefined : fault('keyword', said, 0)
  }
  const name = text.slice(0, colon)
  const level = text.slice(colon + 1)
  if (level === '') return fault('keyword', `Module specifier '${name}' must be followed by a log level keyword`, 0)
  const said = levelFault(level)
  if (said !== undefined) return fault('keyword', `${name}:${level}: ${said}`, 0)
  const loaded = (identifier: string) => environment.modules.has(identifier)
  if (loaded(name) || loaded(`${name}_module`)) return undefined
  for (const [module, file] of environment.table.modules) if (file === name && loaded(module)) return undefined
  return fault('module', `Cannot find module ${name}`, 0)
}
