import type { CollectExpression, Expression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import type { Condition } from '../value/origin.ts'
import { typeValue, undef, type Value } from '../value/value.ts'
import { resourceParameter } from './access.ts'
import { valuesEqual } from './comparison.ts'
import { joined } from './conditions.ts'
import { importExported } from './exported.ts'
import { failWith } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { includes } from './match.ts'
import { capitalizeSegments } from './names.ts'
import { addOverride } from './overrides.ts'
import { declaredResource, findResourceType } from './resolve-type.ts'
import { makeResource, parameterValue } from './resource.ts'
import { evaluateOperation } from './resources.ts'
import { evaluate } from './scope.ts'
import type { Collector, Resource, ResourceParameter, Scope } from './state.ts'
import { isTagged } from './tags.ts'
import { textOf } from './text.ts'

const withoutStoreconfigs =
  'You cannot collect exported resources without storeconfigs being set; the collection will be ignored'

type Query = (resource: Resource) => boolean

/** `Type<| query |> { overrides }`: realises what matches, now and later, and overrides its parameters. */
export function evaluateCollect(node: CollectExpression, scope: Scope): Collector {
  const exported = node.query.kind === 'ExportedQuery'
  const { state } = scope
  const ignored = exported && !state.exported
  if (exported) state.collectsExported = true
  if (ignored) state.logs.push({ level: 'warning', message: withoutStoreconfigs, span: placeOf(node) })
  const name = node.type.kind === 'QualifiedReference' ? node.type.value.toLowerCase() : ''
  if (name === 'class') return failWith('Classes cannot be collected')
  const of = findResourceType(scope.state, name)
  if (!of) return failWith(`Resource type ${name} doesn't exist`)
  const overrides = node.operations.flatMap((operation) => evaluateOperation(operation, scope))
  const { expression } = node.query
  const query = expression.kind === 'Nop' ? undefined : compileQuery(expression, scope)
  const type = capitalizeSegments(of.name)
  let asked = false
  const { condition } = state
  const collector: Collector = {
    kind: exported ? 'exported' : 'virtual',
    collected: new Map(),
    evaluate: () => {
      if (ignored) return false
      const own = state.resources.filter(
        (resource) => resource.type === type && (!exported || resource.exported) && (query?.(resource) ?? true),
      )
      // What other nodes export does not change while this one is compiled.
      const others = exported && !asked ? importExported(scope, type, of, query) : []
      asked = true
      const found = [...own, ...others]
      return collect(collector, found, condition, (resource) => override(resource, overrides, node, scope))
    },
    missing: () => [],
  }
  scope.state.collectors.push(collector)
  return collector
}

function override(
  found: Resource,
  overrides: readonly ResourceParameter[],
  node: CollectExpression,
  scope: Scope,
): void {
  if (overrides.length === 0) return
  if (scope.source) scope.state.overriding.add(scope.source)
  addOverride(
    scope,
    makeResource(scope, {
      type: found.type,
      title: found.title,
      of: found.of,
      parameters: overrides,
      span: placeOf(node),
    }),
  )
}

/** Makes resources real; whether there are new ones among them. */
function collect(
  collector: Collector,
  found: readonly Resource[],
  condition: Condition | undefined,
  apply: ((resource: Resource) => void) | undefined,
): boolean {
  for (const resource of found) {
    if (resource.virtual) resource.condition = joined(resource.condition, condition)
    resource.virtual = false
  }
  const fresh = found.filter((resource) => !collector.collected.has(referenceOf(resource)))
  if (apply) for (const resource of fresh) apply(resource)
  for (const resource of fresh) collector.collected.set(referenceOf(resource), resource)
  return fresh.length > 0
}

/** `realize(…)`: makes these resources real, now or when they turn up. */
export function realize(scope: Scope, references: readonly { readonly type: string; readonly title: string }[]): void {
  const { state } = scope
  const { condition } = state
  let waiting = [...references]
  const collector: Collector = {
    kind: 'realize',
    collected: new Map(),
    evaluate: () => {
      const found: Resource[] = []
      waiting = waiting.filter(({ type, title }) => {
        const resource = declaredResource(state, type, title)
        if (resource) found.push(resource)
        return !resource
      })
      if (waiting.length === 0) state.collectors.splice(state.collectors.indexOf(collector), 1)
      return collect(collector, found, condition, undefined)
    },
    missing: () => waiting.map(({ type, title }) => referenceOf({ type: capitalizeSegments(type), title })),
  }
  state.collectors.push(collector)
}

/** A query as a test of resources; its right-hand values are evaluated once. */
function compileQuery(node: Expression, scope: Scope): Query {
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return compileQuery(node.expression, scope)
    case 'AndExpression': {
      const left = compileQuery(node.left, scope)
      const right = compileQuery(node.right, scope)
      return (resource) => left(resource) && right(resource)
    }
    case 'OrExpression': {
      const left = compileQuery(node.left, scope)
      const right = compileQuery(node.right, scope)
      return (resource) => left(resource) || right(resource)
    }
    case 'ComparisonExpression': {
      const name = textOf(queryValue(node.left, scope))
      const wanted = queryValue(node.right, scope)
      if (node.operator === '==') return name === 'tag' ? byTag(wanted) : byParameter(name, wanted, scope)
      if (node.operator === '!=') return (resource) => !valuesEqual(queried(resource, name), wanted)
      break
    }
    default:
      break
  }
  return failWith(`Illegal query expression. The expression cannot be used in a query`, { span: placeOf(node) })
}

function byTag(wanted: Value): Query {
  const tags = (wanted.kind === 'array' ? wanted.values : [wanted]).map((tag) => {
    if (tag.kind === 'integer' || tag.kind === 'float') return failWith('Cannot transform a number to a tag')
    return textOf(tag).toLowerCase()
  })
  return (resource) => isTagged(resource, tags)
}

function byParameter(name: string, wanted: Value, scope: Scope): Query {
  return (resource) => {
    const value = queried(resource, name)
    return value.kind === 'array' ? includes(value, wanted, scope) : valuesEqual(value, wanted)
  }
}

function queried(resource: Resource, name: string): Value {
  const origin = { kind: 'builtin', name } as const
  if (name === 'title') return resourceParameter(resource, name) ?? undef(origin)
  return parameterValue(resource, name) ?? undef(origin)
}

function queryValue(node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return queryValue(node.expression, scope)
    case 'AccessExpression': {
      const value = evaluate(node, scope)
      return value.kind === 'type' ? { ...typeValue(value.type, value.origin), reference: true } : value
    }
    default:
      return evaluate(node, scope)
  }
}
