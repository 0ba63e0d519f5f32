import { type Environment, remember } from './context.ts'

/** The HTTP methods that httpd knows by itself, in the order of their numbers. */
const METHODS =
  'GET PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE'.split(
    ' ',
  )
/** The number that stands for "no method". */
const INVALID = 26

function registered(environment: Environment): Map<string, number> {
  return remember(environment.state, 'methods', () => new Map())
}

/** The number of a method; names are case-sensitive. HEAD counts as GET. */
export function methodNumber(name: string, environment: Environment): number | undefined {
  if (name === 'HEAD') return 0
  const known = METHODS.indexOf(name)
  return known >= 0 ? known : (registered(environment).get(name) ?? moduleMethods(environment).get(name))
}

export function registerMethod(name: string, environment: Environment): number {
  const more = registered(environment)
  const number = more.get(name) ?? INVALID + 1 + moduleMethods(environment).size + more.size
  more.set(name, number)
  return number
}

/** Methods that loaded modules add. */
function moduleMethods(environment: Environment): Map<string, number> {
  return remember(environment.state, 'module-methods', () => {
    const names = environment.modules.has('dav_module') ? ['BIND', 'SEARCH'] : []
    return new Map(names.map((name, i) => [name, INVALID + 1 + i]))
  })
}
