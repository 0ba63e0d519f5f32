import { forNode } from '../hiera/lookup.ts'
import type { PuppetType } from '../value/type.ts'
import { hash } from '../value/value.ts'
import { makeKnown } from './autoload.ts'
import { callContext } from './call-context.ts'
import { callFunction } from './calls.ts'
import type { Environment } from './environment.ts'
import { evaluateExpression } from './evaluate.ts'
import { makeLedger } from './ledger.ts'
import { modulesView } from './module-index.ts'
import { evaluateParameterTypes } from './parameter-types.ts'
import { puppetdbQuery } from './recorded-queries.ts'
import { makeScope } from './scope.ts'
import { type Definition, type NodeRequest, noReads, type Scope, type State } from './state.ts'
import { trustedFacts } from './top-scope.ts'
import { findType, similarTypes } from './type-index.ts'
import { watchedFacts } from './watched-facts.ts'

/** A compilation before anything has been evaluated. */
export function makeState(environment: Environment, request: NodeRequest): State {
  const parameterTypes = new Map<Definition, ReadonlyMap<string, PuppetType>>()
  const reads = noReads()
  const state: Omit<State, 'top'> & { top?: Scope } = {
    environment,
    settings: environment.settings,
    node: request.name,
    facts: watchedFacts(request.facts, reads),
    trusted: request.trusted ?? trustedFacts(request.name),
    serverFacts: request.serverFacts ?? hash([], { kind: 'builtin', name: 'server_facts' }),
    now: environment.now,
    known: makeKnown(),
    ledger: makeLedger(),
    resources: [],
    collectors: [],
    exported: request.exported,
    collectsExported: false,
    imported: new Map(),
    relationships: [],
    overrides: new Map(),
    overriding: new Set(),
    qualified: new Map(),
    classScopes: new Map(),
    logs: [],
    diagnostics: [],
    hiera: environment.hiera && forNode(environment.hiera),
    reads,
    warned: new Set(),
    depth: 0,
    nodeScope: undefined,
    nodeMatches: new Map(),
    includedAt: new Map(),
    calls: [],
    program: undefined,
    tracking: [],
    secrets: new Set(),
    condition: undefined,
    queries: request.queries,
    siteFunctions: new Map(
      request.queries
        ? [['puppetdb_query', { kind: 'definition', definition: puppetdbQuery(request.queries) } as const]]
        : [],
    ),
    siteTypes: new Map(),
    evaluate: evaluateExpression,
    callFunction,
    contextFor: callContext,
    findType: (name) => findType(state as State, name),
    similarTypes: (name) => similarTypes(state as State, name),
    types: { load: (name) => findType(state as State, name) },
    modules: modulesView(environment.modules, environment.files, environment.shown, environment.absolute, (path) =>
      reads.files.add(path),
    ),
    parameterTypes: (definition) => {
      let types = parameterTypes.get(definition)
      if (!types) {
        types = evaluateParameterTypes(state as State, definition)
        parameterTypes.set(definition, types)
      }
      return types
    },
  }
  state.top = makeScope(state as State, undefined, undefined, undefined)
  return state as State
}
