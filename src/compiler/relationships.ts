import type { RelationshipExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { valueLabel, withArticle } from '../types/label.ts'
import { parseType } from '../types/parse.ts'
import { typeToString } from '../types/print.ts'
import type { PuppetType } from '../value/type.ts'
import { array, string, typeValue, type Value } from '../value/value.ts'
import { evaluateCollect } from './collectors.ts'
import { failWith, missingRelationshipEnd } from './issues.ts'
import { referenceOf } from './ledger.ts'
import { capitalizeSegments, withoutLeadingColons } from './names.ts'
import { declaredResource } from './resolve-type.ts'
import { setParameter } from './resource.ts'
import { flatten } from './resources.ts'
import { evaluate } from './scope.ts'
import type { Collector, Relationship, RelationshipEnd, Resource, Scope, State } from './state.ts'

/** `a -> b`, `a ~> b` and the other way round; the value is the right side, so that chains go on. */
export function evaluateRelationship(node: RelationshipExpression, scope: Scope): Value {
  return endsValue(evaluateChain(node, scope), node)
}

function evaluateChain(node: RelationshipExpression, scope: Scope): RelationshipEnd[] {
  const left = endsOf(node.left, node, scope)
  const right = endsOf(node.right, node, scope)
  const backwards = node.operator === '<-' || node.operator === '<~'
  const [sources, targets] = backwards ? [right, left] : [left, right]
  const parameter = node.operator === '->' || node.operator === '<-' ? 'before' : 'notify'
  for (const source of sources)
    for (const target of targets) scope.state.relationships.push({ source, target, parameter, span: placeOf(node) })
  if (right.length === 0) return left
  const [only] = right
  if (right.length === 1 && only?.kind === 'collector') only.collector.alternative = left
  return right
}

function endsOf(
  operand: RelationshipExpression['left'],
  node: RelationshipExpression,
  scope: Scope,
): RelationshipEnd[] {
  if (operand.kind === 'RelationshipExpression') return evaluateChain(operand, scope)
  if (operand.kind === 'CollectExpression') return [{ kind: 'collector', collector: evaluateCollect(operand, scope) }]
  if (operand.kind === 'ParenthesizedExpression') return endsOf(operand.expression, node, scope)
  const ends = flatten(evaluate(operand, scope)).map((value) => endOf(value, node, scope))
  const seen = new Set<string>()
  return ends.filter((end) => {
    if (end.kind === 'collector') return true
    const key = JSON.stringify([end.type, end.title])
    return !seen.has(key) && seen.add(key)
  })
}

function endOf(value: Value, node: RelationshipExpression, scope: Scope): RelationshipEnd {
  const span = placeOf(node)
  const collector = collectorOf.get(value)
  if (collector) return { kind: 'collector', collector }
  let type: PuppetType | undefined
  if (value.kind === 'type') type = value.type
  else if (value.kind === 'string') type = parseType(value.value, scope.state.types)
  if (!type)
    return failWith(
      `Illegal relationship operand, can not form a relationship with ${withArticle(valueLabel(value))}. A Catalog type is required.`,
      { span },
    )
  const inner = type.kind === 'Type' ? (type.type ?? type) : type
  if (inner.kind === 'Class' && inner.name !== undefined) return { kind: 'reference', type: 'class', title: inner.name }
  if (inner.kind === 'Resource' && inner.typeName !== undefined)
    return { kind: 'reference', type: withoutLeadingColons(inner.typeName), title: inner.title ?? '' }
  return failWith(
    `Illegal relationship operand, can not form a relationship with something of type ${typeToString(type)}. A Catalog type is required.`,
    { span },
  )
}

/** Collectors that were assigned to a variable or came out of a block. */
const collectorOf = new WeakMap<Value, Collector>()

/** A collector as the value of an expression. */
export function collectorValue(collector: Collector, span: Span): Value {
  const value: Value = { kind: 'opaque', className: 'Collector', handle: 0, origin: { kind: 'literal', span } }
  collectorOf.set(value, collector)
  return value
}

function endsValue(ends: readonly RelationshipEnd[], node: RelationshipExpression): Value {
  const origin = { kind: 'literal', span: node.span } as const
  return array(
    ends.map((end) =>
      end.kind === 'collector'
        ? collectorValue(end.collector, node.span)
        : typeValue(
            end.type === 'class'
              ? { kind: 'Class', name: end.title }
              : { kind: 'Resource', typeName: capitalizeSegments(end.type), title: end.title },
            origin,
          ),
    ),
    origin,
  )
}

/** Writes the relationships into the resources they start from. */
export function applyRelationships(state: State): void {
  for (const relationship of state.relationships)
    for (const source of sourcesOf(relationship.source, state, relationship))
      for (const target of targetsOf(relationship.target)) connect(source, target, relationship, state)
}

type Named = { readonly type: string; readonly title: string }

function sourcesOf(end: RelationshipEnd, state: State, relationship: Relationship): Named[] {
  if (end.kind === 'reference') return [end]
  const { collected, alternative } = end.collector
  if (collected.size > 0) return [...collected.values()]
  return (alternative ?? []).flatMap((other) => sourcesOf(other, state, relationship))
}

function targetsOf(end: RelationshipEnd): Named[] {
  return end.kind === 'reference' ? [end] : [...end.collector.collected.values()]
}

function connect(source: Named, target: Named, { parameter, span }: Relationship, state: State): void {
  const from = declaredResource(state, source.type, source.title)
  if (!from) missing(source, `relationship on '${named(target)}'`, span)
  const to = declaredResource(state, target.type, target.title)
  if (!to) missing(target, `relationship from '${named(source)}'`, span)
  const current = from.parameters.get(parameter)?.value
  const before = current && current.kind !== 'undef' ? (current.kind === 'array' ? current.values : [current]) : []
  const origin = { kind: 'literal', span } as const
  setParameter(from, {
    name: parameter,
    value: array([...before, string(named(target), origin)], current?.origin ?? origin),
    source: from.source,
    span: from.parameters.get(parameter)?.span ?? span,
  })
}

function missing(resource: Named, role: string, span: Span): never {
  throw new Failure(missingRelationshipEnd([`Could not find resource '${named(resource)}' for ${role}`], { span }))
}

function named(resource: Named): string {
  const type = capitalizeSegments(resource.type)
  const title = type === 'Class' ? capitalizeSegments(withoutLeadingColons(resource.title)) : resource.title
  return referenceOf({ type, title } as Resource)
}
