import { ALL_OPTIONS, ALL_OVERRIDES, AUTH_CONFIG, EXEC_ON_READ, LIMIT, NONFATAL_UNKNOWN, SERVER_CONF } from './bits.ts'
import type { Call, ConfigNode, Environment, Scope, Server } from './context.ts'
import { fault } from './faults.ts'
import { handlerOf } from './handlers.ts'
import { invoke } from './invoke.ts'
import type { Override } from './override.ts'
import { loadedRows } from './read.ts'
import type { Report } from './report.ts'
import { isNamedAsForeign, unknownRemedy } from './unknown-directive.ts'

/** The scope that a file begins in. */
export function outermostScope(server: Server, htaccess: boolean, override?: Override): Scope {
  return {
    override: override ? override.bits : (SERVER_CONF | ALL_OVERRIDES) & ~(AUTH_CONFIG | LIMIT),
    overrideOptions: override ? override.options : ALL_OPTIONS,
    ...(override?.list ? { overrideList: override.list } : {}),
    htaccess,
    path: htaccess ? '' : undefined,
    limited: -1n,
    server,
    directory: new Map(),
    node: undefined,
  }
}

/** httpd's second phase: runs the directives. True where none had a fault. */
export function walkConfig(
  nodes: readonly ConfigNode[],
  scope: Scope,
  environment: Environment,
  report: Report,
): boolean {
  let clean = true
  for (const node of nodes) {
    const rows = loadedRows(node.name, environment)
    if (rows.length === 0) {
      const { foreign, table } = environment
      if (foreign.length > 0 && !table.directives.has(node.name.toLowerCase())) {
        if (!isNamedAsForeign(node.name, foreign))
          report.warn(node, fault('unknown-directive', unjudged(node.name, foreign), 'name'))
      } else if (!(scope.override & NONFATAL_UNKNOWN)) {
        const message = `Invalid command '${node.name}', perhaps misspelled or defined by a module not included in the server configuration`
        const remedy = unknownRemedy(node.name, environment)
        report.add('walk', node, {
          fault: { ...fault('unknown-directive', message, 'name'), ...(remedy ? { remedy } : {}) },
          place: undefined,
        })
        clean = false
      }
      continue
    }
    for (const spec of rows) {
      if (spec.bits & EXEC_ON_READ) continue
      const more: (() => void)[] = []
      const call: Call = {
        spec,
        scope: { ...scope, node },
        node,
        raw: node.args,
        args: [],
        environment,
        flag: false,
        walk: (children, inner) => walkConfig(children, inner, environment, report),
        afterwards: (rest) => more.push(rest),
        warn: (found) => report.warn(node, found),
        later: (check) => report.later(node, check),
      }
      const { faults } = invoke(call, handlerOf(spec))
      for (const placed of faults) report.add('walk', node, placed)
      for (const rest of more) rest()
      if (faults.length > 0) {
        clean = false
        break
      }
    }
  }
  return clean
}

function unjudged(name: string, modules: readonly string[]): string {
  const listed = modules.length === 1 ? modules[0] : `one of ${modules.join(', ')}`
  return `'${name}' is not a directive of httpd's own modules; ${listed} may define it`
}
