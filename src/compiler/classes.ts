import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { didYouMean } from '../source/suggest.ts'
import { ControlFlow } from '../value/control.ts'
import type { Value } from '../value/value.ts'
import { findClass } from './autoload.ts'
import { addClassName, addEdgeToStage, addResource } from './catalog-building.ts'
import { setClassParameters } from './class-parameters.ts'
import { under } from './conditions.ts'
import { evaluationError, unknownClass, unknownParent } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { declaredResource } from './resolve-type.ts'
import { makeResource } from './resource.ts'
import { definitionOf, evaluate, guarded, makeScope, pushMatch } from './scope.ts'
import type { Definition, Resource, ResourceParameter, Scope, State } from './state.ts'
import { mergeTags } from './tags.ts'

/** Finds classes by name; one that is not there is an error in Puppet's words. */
export function classesByName(state: State, names: readonly string[]): Definition[] {
  return names.map((name) => {
    const found = findClass(state, name)
    if (found) return found
    const bare = name.replace(/^::/, '')
    const remedy = didYouMean(bare, classNames(state))
    throw new Failure(unknownClass([name, state.node], remedy ? { remedy } : {}))
  })
}

/** Names of classes that are known, or could be: by the files of the modules. */
function* classNames(state: State): Generator<string> {
  yield* state.known.classes.keys()
  yield* state.environment.manifestNames()
}

/** Declares classes that are not declared yet, and evaluates them. Gives all of them, old ones first. */
export function includeClasses(names: readonly string[], scope: Scope): Resource[] {
  const present: Resource[] = []
  const added: Resource[] = []
  for (const definition of classesByName(scope.state, names)) {
    const known = scope.state.classScopes.get(definition.name)?.resource
    if (known) present.push(known)
    else added.push(declareClass(definition, scope))
  }
  const call = scope.state.calls.at(-1)?.span
  for (const resource of added) if (call) scope.state.includedAt.set(resource, call)
  for (const resource of added) evaluateResource(resource)
  return [...present, ...added]
}

/** Enters a class or node into the catalog; without parameters, one that is there already stays as it is. */
export function declareClass(
  definition: Definition,
  scope: Scope,
  parameters?: readonly ResourceParameter[],
): Resource {
  const type = definition.kind === 'node' ? 'Node' : 'Class'
  if (!parameters) {
    const known = declaredResource(scope.state, type, definition.name || 'main')
    if (known) return known
  }
  const resource = makeResource(scope, {
    type,
    title: definition.name,
    of: definition,
    source: definition,
    ...(parameters ? { parameters } : {}),
  })
  instantiate(definition, scope, resource)
  addResource(scope, resource)
  return resource
}

/** What comes with a declaration: the parent class, and the tags of the catalog. */
export function instantiate(definition: Definition, scope: Scope, resource: Resource): void {
  if (definition.parent !== undefined) {
    const type = definition.kind === 'node' ? 'Node' : 'Class'
    if (!declaredResource(scope.state, type, definition.parent)) declareClass(parentOf(definition, scope.state), scope)
  }
  if (resource.type === 'Class' || resource.type === 'Node') mergeTags(scope.state.ledger.tags, resource.tags)
}

function parentOf(definition: Definition, state: State): Definition {
  const name = absolute(definition.parent as string)
  const found = findClass(state, name)
  if (found) return found
  const remedy = didYouMean(name.slice(2), classNames(state))
  throw new Failure(
    unknownParent([name, definition.kind, state.environment.name], {
      ...(definition.span ? { span: definition.span } : {}),
      ...(remedy ? { remedy } : {}),
    }),
  )
}

function absolute(name: string): string {
  return name.startsWith('::') ? name : `::${name}`
}

/** Whether code of `definition` may override what code of `other` has declared. */
export function isChildOf(definition: Definition | undefined, other: Definition | undefined, state: State): boolean {
  for (let at = definition; at; at = at.parent === undefined ? undefined : parentOf(at, state)) {
    if (state.overriding.has(at)) return true
    if (at !== definition && at === other) return true
  }
  return false
}

/** Runs the body of a class, node or defined type, once. */
export function evaluateResource(resource: Resource): void {
  if (resource.evaluated) return
  resource.evaluated = true
  const definition = definitionOf(resource)
  if (!definition) throw new Failure(evaluationError([`Cannot find definition ${resource.type}`]))
  finishEvaluation(resource)
  try {
    under(resource.scope.state, resource.condition, () => evaluateCode(definition, resource))
  } catch (error) {
    throw withChain(error, resource)
  }
}

/** Takes over the tags of the class or defined type around it. */
export function finishEvaluation(resource: Resource): void {
  if (resource.evaluationFinished) return
  resource.evaluationFinished = true
  const container = resource.scope.resource
  if (container && container !== resource) mergeTags(resource.tags, container.tags)
}

function evaluateCode(definition: Definition, resource: Resource): void {
  const { state } = resource.scope
  const outer = evaluateParent(definition, state) ?? resource.scope
  const isMain = definition.name === '' && definition.kind === 'hostclass'
  const scope = isMain ? outer : makeScope(state, outer, definition, resource)
  if (definition.kind !== 'definition') addClassName(state, definition.name)
  setClassParameters(definition, resource, scope)
  addEdgeToStage(resource)
  const groups = state.nodeMatches.get(definition)
  guarded(scope, () => {
    if (groups) pushMatch(scope, groups)
    for (const code of definition.code) {
      state.program = isMain ? code.span.file : state.program
      runBody(definition, () => evaluate(code, scope))
    }
  })
  if (isMain) state.program = undefined
}

/** `return` and `next` end the body of a class or defined type. */
function runBody(definition: Definition, body: () => Value): void {
  try {
    body()
  } catch (error) {
    const ends = definition.kind !== 'node' && definition.name !== ''
    if (error instanceof ControlFlow && error.kind !== 'break' && ends) return
    throw error
  }
}

function evaluateParent(definition: Definition, state: State): Scope | undefined {
  if (definition.parent === undefined) return undefined
  const parent = parentOf(definition, state)
  const resource = declaredResource(state, 'Class', parent.name)
  if (!resource) return undefined
  evaluateResource(resource)
  return state.classScopes.get(parent.name)
}

/** Adds the declarations that led to a failure, innermost first. */
function withChain(error: unknown, resource: Resource): unknown {
  if (!(error instanceof Failure) || error.diagnostic.related) return error
  const related: { message: string; span: Span }[] = []
  const seen = new Set<Resource>()
  for (let at: Resource | undefined = resource; at && !seen.has(at); at = at.scope.resource) {
    seen.add(at)
    const span: Span | undefined = at.span ?? at.scope.state.includedAt.get(at)
    if (span) related.push({ message: `while evaluating ${referenceOf(at)}, declared here`, span })
  }
  return related.length === 0 ? error : new Failure({ ...error.diagnostic, related })
}
