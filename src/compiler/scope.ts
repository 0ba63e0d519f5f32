import type { Expression } from '../puppet/ast.ts'
import type { Value } from '../value/value.ts'
import type { Definition, Frame, LocalFrame, ParameterFrame, Resource, Scope, State } from './state.ts'

/** A scope below `parent`; without one, the top scope. */
export function makeScope(
  state: State,
  parent: Scope | undefined,
  source: Definition | undefined,
  resource: Resource | undefined,
): Scope {
  const variables: LocalFrame = { kind: 'local', values: new Map(), parent: undefined }
  return { state, parent, source, resource, variables, frame: variables, defaults: new Map() }
}

export function evaluate(node: Expression, scope: Scope): Value {
  return scope.state.evaluate(node, scope)
}

/** Runs `body` and takes away the frames it has added. */
export function guarded<T>(scope: Scope, body: () => T): T {
  const { frame } = scope
  try {
    return body()
  } finally {
    scope.frame = frame
  }
}

export function pushLocals(scope: Scope, values: Map<string, Value>): void {
  scope.frame = { kind: 'local', values, parent: scope.frame }
}

export function pushMatch(scope: Scope, groups: readonly Value[] | undefined): void {
  scope.frame = { kind: 'match', groups, parent: scope.frame }
}

export function pushParameters(scope: Scope, callee: string, names: readonly string[]): ParameterFrame {
  const frame: ParameterFrame = {
    kind: 'parameters',
    callee,
    names,
    values: new Map(),
    readOnly: false,
    parent: scope.frame,
  }
  scope.frame = frame
  return frame
}

/** The frame that an assignment writes to. */
export function assignable(scope: Scope): LocalFrame | ParameterFrame {
  let frame: Frame | undefined = scope.frame
  while (frame?.kind === 'match') frame = frame.parent
  return frame ?? scope.variables
}

/** The node's scope or the top scope, where functions are evaluated. */
function globalScope(scope: Scope): Scope {
  let at: Scope | undefined = scope
  while (at) {
    if (at === at.state.top || at.resource?.type === 'Node') return at
    const next: Scope | undefined = inheritedScope(at) ?? enclosingScope(at)
    if (!next) return at
    at = next
  }
  return scope
}

/** Runs `body` in the global scope as it is without lambdas and blocks. */
export function withGlobalScope<T>(scope: Scope, body: (global: Scope) => T): T {
  const global = globalScope(scope)
  const { frame } = global
  global.frame = global.variables
  try {
    return body(global)
  } finally {
    global.frame = frame
  }
}

/** The scope of the class that this one inherits. */
export function inheritedScope(scope: Scope): Scope | undefined {
  const { resource } = scope
  if (resource?.type !== 'Class') return undefined
  const parent = definitionOf(resource)?.parent
  return parent === undefined ? undefined : scope.state.classScopes.get(parent.replace(/^::/, '').toLowerCase())
}

export function definitionOf(resource: Resource): Definition | undefined {
  return resource.of && 'kind' in resource.of ? resource.of : undefined
}

/** The node's scope or the top scope; nothing for the top scope itself. */
export function enclosingScope(scope: Scope): Scope | undefined {
  let { parent } = scope
  while (parent && parent !== scope.state.top && parent.resource?.type !== 'Node') parent = parent.parent
  return parent
}

/** The module of the code that this scope evaluates. */
export function moduleOf(scope: Scope): string | undefined {
  return scope.source?.module
}
