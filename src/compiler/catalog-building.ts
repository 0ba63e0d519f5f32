import { failWith } from './issues.ts'
import { addEdge, enter, referenceOf } from './ledger.ts'
import { declaredResource } from './resolve-type.ts'
import { parameterValue, setValue } from './resource.ts'
import type { Resource, Scope, State } from './state.ts'
import { addTag } from './tags.ts'

/** Enters a resource into the catalog, inside the class or defined type that is being evaluated. */
export function addResource(scope: Scope, resource: Resource): void {
  const { state } = scope
  state.resources.push(resource)
  enter(state.ledger, resource)
  if (resource.type === 'Class') return
  if (parameterValue(resource, 'stage'))
    failWith(`Only classes can set 'stage'; normal resources like ${referenceOf(resource)} cannot change run stage`)
  if (resource.type !== 'Stage' && scope.resource) addEdge(state.ledger, scope.resource, resource)
}

/** Records that a class or node has been evaluated. */
export function addClassName(state: State, name: string): void {
  if (name === '') return
  state.ledger.classes.push(name)
  addTag(state.ledger.tags, name)
}

/** Puts a class into its run stage: its own, that of the class around it, or `main`. */
export function addEdgeToStage(resource: Resource): void {
  if (resource.type !== 'Class') return
  const { scope } = resource
  const wanted = parameterValue(resource, 'stage') ?? (scope.resource && parameterValue(scope.resource, 'stage'))
  const title = wanted?.kind === 'string' ? wanted.value : 'main'
  const stage = declaredResource(scope.state, 'Stage', title)
  if (!stage) failWith(`Could not find stage ${title} specified by ${referenceOf(resource)}`)
  if (stage.title !== 'main' && !parameterValue(resource, 'stage') && wanted) setValue(resource, 'stage', wanted)
  addEdge(scope.state.ledger, stage, resource)
}
