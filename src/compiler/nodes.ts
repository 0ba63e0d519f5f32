import { Failure } from '../source/diagnostic.ts'
import { rubyRegexp } from '../value/regexp.ts'
import { declareClass, evaluateResource } from './classes.ts'
import { noMatchingNode } from './issues.ts'
import { matchGroups } from './match.ts'
import type { Definition, State } from './state.ts'

/** Finds the node definition for this node and evaluates it; without any, there is nothing to do. */
export function evaluateNode(state: State): void {
  const { nodes } = state.known
  if (nodes.size === 0) return
  const definition = matchingNode(state) ?? nodes.get('default')
  if (!definition) throw new Failure(noMatchingNode([state.node]))
  evaluateResource(declareClass(definition, state.top))
  state.nodeScope = state.classScopes.get(definition.name)
}

/** By name, else by the first regular expression that matches. */
function matchingNode(state: State): Definition | undefined {
  const name = state.node.toLowerCase()
  const exact = state.known.nodes.get(name)
  if (exact) return exact
  for (const definition of state.known.nodes.values()) {
    if (definition.pattern === undefined) continue
    const found = rubyRegexp(definition.pattern).exec(name)
    if (!found) continue
    state.nodeMatches.set(definition, matchGroups(found, { kind: 'fact', name: 'trusted.certname' }))
    return definition
  }
  return undefined
}
