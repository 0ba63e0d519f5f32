import { posix } from 'node:path'
import { GLOBAL_ONLY, NOT_IN_HTACCESS } from './bits.ts'
import type { Call, Environment, Handler, Handlers } from './context.ts'
import { foreignModules } from './directive-table.ts'
import { type Fault, fault } from './faults.ts'
import { forbidden } from './invoke.ts'
import { undefineMacro } from './macros.ts'
import { absolute, filesFor, isDirectory, rootRelative } from './paths.ts'

/** Directives that run while the text is being read; conditions, includes and macros are the reader's own. */
const HANDLERS: Handlers = {
  define: (call) => {
    const refused = forbidden(call, NOT_IN_HTACCESS) ?? colon(call)
    if (refused) return refused
    const [name = '', value] = call.args
    call.environment.defines.set(name, value ?? call.environment.defines.get(name))
    return undefined
  },
  undefine: (call) => {
    const refused = forbidden(call, NOT_IN_HTACCESS) ?? colon(call)
    if (refused) return refused
    call.environment.defines.delete(call.args[0] ?? '')
    return undefined
  },
  serverroot: (call) => {
    const refused = forbidden(call, GLOBAL_ONLY)
    if (refused) return refused
    const path = absolute('/', call.args[0] ?? '')
    if (isDirectory(path, call.environment) === false || !(call.args[0] ?? '').startsWith('/'))
      return fault('file', 'ServerRoot must be a valid directory', 0)
    call.environment.serverRoot = path
    return undefined
  },
  defaultruntimedir: (call) => {
    const refused = forbidden(call, GLOBAL_ONLY)
    if (refused) return refused
    if (isDirectory(rootRelative(call.args[0] ?? '', call.environment), call.environment) === false)
      return fault('file', 'DefaultRuntimeDir must be a valid directory, absolute or relative to ServerRoot', 0)
    return undefined
  },
  loadmodule: (call) => {
    const refused = forbidden(call, GLOBAL_ONLY)
    if (refused) return refused
    const [name = '', file = ''] = call.args
    if (call.environment.modules.has(name)) return undefined
    const missing = missingLibrary(call, file, 1)
    const refusal = missing ?? foreignSymbol(call, name, file) ?? secondMpm(call, name)
    if (!refusal) loadModule(name, call.environment)
    return refusal
  },
  loadfile: (call) => forbidden(call, GLOBAL_ONLY) ?? missingLibrary(call, call.args[0] ?? '', 0),
  undefmacro: undefineMacro,
}

export function readHandler(key: string): Handler | undefined {
  return HANDLERS[key]
}

const MPM = /^mpm_\w+_module$/

/** An MPM that is there from the start is what is assumed of the program until the configuration loads one. */
function secondMpm({ environment }: Call, name: string): Fault | undefined {
  if (!MPM.test(name)) return undefined
  if (environment.state.has('mpm'))
    return {
      ...fault('module', 'AH00534: apache2: Configuration error: More than one MPM loaded.', 'name'),
      remedy: `${environment.state.get('mpm')} is loaded already.`,
    }
  environment.state.set('mpm', name)
  environment.modules = new Set([...environment.modules].filter((module) => !MPM.test(module)))
  return undefined
}

function loadModule(name: string, environment: Environment): void {
  environment.modules = new Set([...environment.modules, name])
  environment.foreign = foreignModules(environment.modules)
}

/** httpd's own modules have one structure each, named after the file. */
function foreignSymbol(call: Call, name: string, file: string): Fault | undefined {
  const own = /(?:^|\/)mod_(\w+)\.so$/.exec(file)?.[1]
  const { environment } = call
  if (own === undefined || name === `${own}_module` || !environment.table.modules.has(`${own}_module`)) return undefined
  const path = posix.resolve('/', rootRelative(file, environment))
  const message = `Can't locate API module structure \`${name}' in file ${path}: ${path}: undefined symbol: ${name}`
  return { ...fault('module', message, 0), remedy: `Write LoadModule ${own}_module.` }
}

function colon(call: Call): Fault | undefined {
  return call.args[0]?.includes(':') ? fault('variable', "Variable name must not contain ':'", 0) : undefined
}

function missingLibrary(call: Call, file: string, at: number): Fault | undefined {
  const { environment } = call
  const path = rootRelative(file, environment)
  const files = filesFor(path, environment)
  if (!files || files.kind(path) !== undefined) return undefined
  // A bare name is looked up by the system's loader, which then also words the complaint.
  const shown = file.includes('/') && !file.startsWith('/') ? path : file
  return fault(
    'module',
    `Cannot load ${file} into server: ${shown}: cannot open shared object file: No such file or directory`,
    at,
  )
}
