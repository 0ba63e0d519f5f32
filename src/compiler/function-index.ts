import { builtinFunction, builtinFunctions } from '../functions/builtin-functions.ts'
import type { FunctionDefinition as FunctionNode } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import type { FunctionDefinition } from '../value/function.ts'
import { logWarnings } from './autoload.ts'
import type { Closure } from './closure.ts'
import type { ParsedManifest } from './environment.ts'
import { callPlace } from './place.ts'
import { moduleOf } from './scope.ts'
import type { Scope, State } from './state.ts'

/** A function as it is found by name. */
export type FoundFunction =
  | { readonly kind: 'definition'; readonly definition: FunctionDefinition; readonly path?: string }
  | { readonly kind: 'puppet'; readonly closure: Closure; readonly module: string | undefined }

/**
 * A function by name, where Puppet looks: its own, the environment's, the modules' (in Puppet or in Ruby), and last those
 * of Ruby's old interface.
 */
export function findFunction(state: State, written: string, scope: Scope): FoundFunction | undefined {
  const name = written.replace(/^::/, '')
  const builtIn = builtinFunction(name, state.settings.puppet)
  if (builtIn) return { kind: 'definition', definition: builtIn }
  const own = state.siteFunctions.get(name)
  if (own) return own
  state.reads.functions.add(name)
  const { functions } = state.environment
  if (!functions.has(name)) functions.set(name, loadFunction(state, name, scope))
  const found = functions.get(name)
  const path = found?.kind === 'puppet' ? found.closure.span.file.path : found?.path
  if (path !== undefined) state.reads.files.add(path)
  return found
}

function loadFunction(state: State, name: string, scope: Scope): FoundFunction | undefined {
  const written = writtenInPuppet(state, name)
  if (written) return written
  const found = state.environment.ruby?.loadFunction(name, moduleOf(scope), () =>
    state.contextFor(scope, callPlace(state)),
  )
  return found && { kind: 'definition', ...found }
}

/** `functions/b/c.pp` of module `a` for `a::b::c`; of the environment, `functions/environment/x.pp` for `environment::x`. */
function writtenInPuppet(state: State, name: string): FoundFunction | undefined {
  const [first = '', ...rest] = name.split('::')
  if (rest.length === 0) return undefined
  const own = first === 'environment'
  const path = `functions/${(own ? [first, ...rest] : rest).join('/')}.pp`
  const manifest = own ? state.environment.manifest(path) : state.environment.moduleManifest(first, path)
  if (!manifest) return undefined
  const [error] = manifest.errors
  if (error) throw new Failure(error)
  logWarnings(state, manifest.warnings)
  const node = functionNamed(manifest, name)
  return node && puppetFunction(node, own ? undefined : first)
}

function functionNamed(manifest: ParsedManifest, name: string): FunctionNode | undefined {
  return manifest.functions.find((node) => node.name.replace(/^::/, '').toLowerCase() === name.toLowerCase())
}

export function puppetFunction(node: FunctionNode, module: string | undefined): FoundFunction {
  return {
    kind: 'puppet',
    module,
    closure: {
      name: node.name,
      parameters: node.parameters,
      returnType: node.returnType,
      body: node.body,
      span: node.span,
    },
  }
}

/** Names of functions that can be called, for suggestions. */
export function functionNames(state: State): Iterable<string> {
  return [
    ...builtinFunctions.keys(),
    ...state.siteFunctions.keys(),
    ...[...state.environment.functions].flatMap(([name, found]) => (found ? [name] : [])),
    ...state.environment.functionFileNames(),
  ]
}
