import { builtinFunction, builtinFunctions } from '../functions/builtin-functions.ts'
import type { FunctionDefinition as FunctionNode } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import type { FunctionDefinition } from '../value/function.ts'
import { logWarnings } from './autoload.ts'
import type { Closure } from './closure.ts'
import type { ParsedManifest } from './environment.ts'
import type { Module } from './module-index.ts'
import { callPlace } from './place.ts'
import { askingFunctions, recordedCall } from './recorded-queries.ts'
import type { FunctionApi } from './ruby-code.ts'
import { moduleOf } from './scope.ts'
import type { Scope, State } from './state.ts'

/** A function as it is found by name. */
export type FoundFunction =
  | { readonly kind: 'definition'; readonly definition: FunctionDefinition; readonly path?: string }
  | { readonly kind: 'puppet'; readonly closure: Closure; readonly module: string | undefined }

/**
 * A function by name, where Puppet looks: the environment's manifests, its own, the environment's, the modules'; in Puppet's language or in Ruby.
 */
export function findFunction(state: State, written: string, scope: Scope): FoundFunction | undefined {
  const name = written.replace(/^::/, '')
  const own = state.siteFunctions.get(name)
  if (own) return own
  const builtIn = builtinFunction(name, state.settings.puppet)
  if (builtIn) return { kind: 'definition', definition: builtIn }
  state.reads.functions.add(name)
  const { functions } = state.environment
  if (!functions.has(name)) functions.set(name, loadFunction(state, name, scope))
  const found = functions.get(name) ?? registered(state, name)
  const path = found?.kind === 'puppet' ? found.closure.span.file.path : found?.path
  if (path !== undefined) state.reads.files.add(path)
  return found && state.queries && askingFunctions.has(name)
    ? { kind: 'definition', definition: recordedCall(name, state.queries) }
    : found
}

/** In each place the current API in Ruby comes first, then Puppet's language, then Ruby's old API. */
function loadFunction(state: State, name: string, scope: Scope): FoundFunction | undefined {
  const context = () => state.contextFor(scope, callPlace(state))
  const { ruby } = state.environment
  const inRuby = (place: Place, api: FunctionApi): FoundFunction | undefined => {
    const found = ruby?.loadFunction(place.holder, name, api, context)
    return found && { kind: 'definition', ...found }
  }
  for (const place of places(state, name, moduleOf(scope))) {
    const found = inRuby(place, 'current') ?? writtenInPuppet(state, name, place.module) ?? inRuby(place, 'legacy')
    if (found) return found
  }
  return undefined
}

/** The older API keeps every function that a file defines: once the node has one of them, it has the others too. */
function registered(state: State, name: string): FoundFunction | undefined {
  const found = state.environment.ruby?.registeredFunction(name)
  return found && state.reads.files.has(found.path) ? { kind: 'definition', ...found } : undefined
}

interface Place {
  readonly holder: Module
  /** Left out for the environment itself. */
  readonly module?: string
}

/** Where a function may stand: a name of several segments tells; others are the environment's, or any module's. */
function* places(state: State, name: string, own: string | undefined): Generator<Place> {
  const { modules, own: environment } = state.environment
  const [first = '', ...rest] = name.split('::')
  if (rest.length > 0) {
    const module = modules.get(first)
    if (first === 'environment') yield { holder: environment }
    else if (module) yield { holder: module, module: first }
    return
  }
  yield { holder: environment }
  const nearest = own === undefined ? undefined : modules.get(own)
  if (nearest) yield { holder: nearest, module: nearest.name }
  for (const module of modules.values()) if (module !== nearest) yield { holder: module, module: module.name }
}

/** `functions/b/c.pp` of module `a` for `a::b::c`; of the environment, `functions/environment/x.pp` for `environment::x`. */
function writtenInPuppet(state: State, name: string, module: string | undefined): FoundFunction | undefined {
  const segments = name.split('::')
  const path = `functions/${(module === undefined || segments.length === 1 ? segments : segments.slice(1)).join('/')}.pp`
  const manifest =
    module === undefined ? state.environment.manifest(path) : state.environment.moduleManifest(module, path)
  if (!manifest) return undefined
  const [error] = manifest.errors
  if (error) throw new Failure(error)
  logWarnings(state, manifest.warnings)
  const node = functionNamed(manifest, name)
  return node && puppetFunction(node, module)
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
