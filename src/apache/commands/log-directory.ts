import type { Call } from '../context.ts'
import { fault } from '../faults.ts'
import { isDirectory, rootRelative } from '../paths.ts'

/** httpd looks for the directories of its log files after all directives have run. */
export function logDirectory(call: Call, path: string, code: string, what: string): void {
  const { environment, node } = call
  if (!environment.files || path.startsWith('|') || /^syslog(?::|$)/.test(path)) return
  const full = rootRelative(path, environment)
  const directory = full.slice(
    0,
    full.replace(/\/$/, '').length === full.length ? full.lastIndexOf('/') + 1 : full.length,
  )
  call.later(() => {
    if (isDirectory(directory, environment) !== false) return undefined
    const own = `${node.line.file.path}:${node.line.number}`
    const place =
      what === 'main error log' ? '' : ` defined at ${code === 'AH02291' ? call.scope.server.definedAt : own}`
    return fault(
      'file',
      `(2)No such file or directory: ${code}: Cannot access directory '${directory}' for ${what}${place}`,
    )
  })
}
