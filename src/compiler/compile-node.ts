import type { Catalog } from '../catalog/catalog.ts'
import { dataLevels } from '../hiera/data-levels.ts'
import type { NodeHiera } from '../hiera/node-hiera.ts'
import { type Diagnostic, Failure, faultDiagnostic, normaliseDiagnostics } from '../source/diagnostic.ts'
import { type Span, sourceFile } from '../source/source-file.ts'
import { ControlFlow, controlFlowMessage } from '../value/control.ts'
import type { CallContext } from '../value/function.ts'
import type { DataLevels } from '../value/origin.ts'
import { callContext } from './call-context.ts'
import { addResource } from './catalog-building.ts'
import { classesByName, declareClass, evaluateResource } from './classes.ts'
import type { Environment } from './environment.ts'
import { finaliseCatalog } from './finalise.ts'
import { checkRelationships, failOnLeftovers, finishCatalog } from './finish.ts'
import { evaluateGenerators } from './generators.ts'
import { evaluationError, tooDeep } from './issues.ts'
import { enter } from './ledger.ts'
import { makeState } from './make-state.ts'
import { evaluateNode } from './nodes.ts'
import { nativeType } from './resolve-type.ts'
import { makeResource } from './resource.ts'
import { loadSite } from './site.ts'
import type { Log, NodeRequest, Reads, ResourceParameter, State } from './state.ts'
import { addTag } from './tags.ts'
import { bindTopScope, declareSettings } from './top-scope.ts'

/** What compiling a node gave; without catalog, the diagnostics say why. */
export interface Compilation {
  readonly node: string
  readonly catalog?: Catalog
  readonly diagnostics: readonly Diagnostic[]
  readonly logs: readonly Log[]
  readonly reads: Reads
  /** Texts that are secret, wherever they turn up. */
  readonly secrets: ReadonlySet<string>
  /** Whether it collects exported resources, so that what other nodes export decides over it. */
  readonly collectsExported: boolean
  /** Why the node reads the data files that it reads. */
  readonly levels: DataLevels
  /** What its look-ups found out; not to be kept for long. */
  readonly hiera?: NodeHiera
  /** For calls after the catalog is done, such as the merging of fragments; there when the catalog is. */
  readonly context?: CallContext
}

/**
 * Compiles the catalog of one node (Puppet documentation, "Catalog compilation"). Puppet ends a catalog at its first
 * error: that is one diagnostic, with the declarations that led to it as `related`; several only for syntax errors.
 */
export function compileNode(environment: Environment, request: NodeRequest): Compilation {
  environment.ruby?.startNode()
  const state = makeState(environment, request)
  let catalog: Catalog | undefined
  try {
    catalog = compileCatalog(state, request)
  } catch (error) {
    state.diagnostics.push(diagnosticOf(error, state))
  }
  for (const path of state.hiera?.reads.files ?? []) state.reads.files.add(path)
  for (const key of state.hiera?.reads.keys ?? []) state.reads.hieraKeys.add(key)
  return {
    node: request.name,
    ...(catalog ? { catalog, context: callContext(state.top, { file: sourceFile('', ''), start: 0, end: 0 }) } : {}),
    diagnostics: normaliseDiagnostics(state.diagnostics),
    logs: state.logs,
    secrets: state.secrets,
    reads: allReads(state),
    collectsExported: state.collectsExported,
    levels: state.hiera ? dataLevels(state.hiera) : new Map(),
    ...(state.hiera ? { hiera: state.hiera } : {}),
  }
}

/** With what Hiera read on its own. */
function allReads({ reads, hiera }: State): Reads {
  if (!hiera) return reads
  for (const path of [...hiera.reads.files, ...hiera.reads.missing]) {
    reads.files.add(path)
    reads.data.add(path)
  }
  for (const key of hiera.reads.keys) reads.hieraKeys.add(key)
  return reads
}

/** Evaluates everything that makes a node's catalog; fails with a Failure at the first error, as Puppet does. */
export function compileCatalog(state: State, request: NodeRequest): Catalog {
  enter(state.ledger, makeResource(state.top, { type: 'stage', title: 'main', of: nativeType(state, 'stage') }))
  const classes = request.classes ?? new Map<string, undefined>()
  for (const name of classes.keys()) {
    addTag(new Set(), name)
    state.ledger.classes.push(name)
  }
  bindTopScope(state, request)
  const main = loadSite(state, request)
  declareSettings(state)
  state.top.source = main
  const resource = makeResource(state.top, { type: 'class', title: 'main', of: main, source: main })
  state.top.resource = resource
  addResource(state.top, resource)
  evaluateResource(resource)
  evaluateNode(state)
  declareNodeClasses(state, classes)
  evaluateGenerators(state)
  finishCatalog(state)
  failOnLeftovers(state)
  checkRelationships(state)
  return finaliseCatalog(state)
}

/** The classes of an external node classifier, those with parameters first. */
function declareNodeClasses(state: State, classes: NonNullable<NodeRequest['classes']>): void {
  const scope = state.nodeScope ?? state.top
  const hasParameters = (name: string): boolean => {
    const value = classes.get(name)
    return value?.kind === 'hash' && value.entries.size > 0
  }
  const names = [...classes.keys()]
  for (const name of names.filter(hasParameters)) {
    const [definition] = classesByName(state, [name])
    const value = classes.get(name)
    const parameters: ResourceParameter[] = []
    if (value?.kind === 'hash')
      for (const entry of value.entries.values())
        if (entry.key.kind === 'string')
          parameters.push({ name: entry.key.value, value: entry.value, source: definition })
    if (definition) declareClass(definition, scope, parameters)
  }
  for (const definition of classesByName(
    state,
    names.filter((name) => !hasParameters(name)),
  ))
    if (!state.classScopes.has(definition.name)) declareClass(definition, scope)
}

/** What people are told of an exception that ended an evaluation. */
export function diagnosticOf(error: unknown, state: State): Diagnostic {
  if (error instanceof Failure) return error.diagnostic
  const span: Span | undefined = state.calls.at(-1)?.span
  if (error instanceof ControlFlow) return evaluationError([controlFlowMessage(error.kind)], { span: error.span })
  if (error instanceof RangeError && error.message.includes('call stack')) return tooDeep([], span ? { span } : {})
  return faultDiagnostic(error, span ? { span } : {})
}
