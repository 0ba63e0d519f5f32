import type { Diagnostic, DiagnosticDetail } from '../source/diagnostic.ts'
import type {
  AssignmentExpression,
  BlockExpression,
  CallNamedFunctionExpression,
  CaseExpression,
  CollectExpression,
  Expression,
  LiteralHash,
  Node,
  RelationshipExpression,
  ResourceBody,
  SelectorExpression,
  VariableExpression,
} from './ast.ts'
import { duplicateEntries, hasNoEffect, isResourceWithoutTitle } from './effects.ts'
import { label, withArticle, withCapitalArticle } from './labels.ts'
import * as messages from './validation-messages.ts'

type Message<A extends readonly unknown[]> = (args: A, detail: DiagnosticDetail) => Diagnostic

/** Takes a message about a node, located where Puppet locates the node. */
export type Report = <A extends readonly unknown[]>(message: Message<A>, node: Node, ...args: A) => void

/** The decimal numbers that name match variables. */
const numericName = /^(?:0|[1-9][0-9]*)$/

export function checkAssignment(node: AssignmentExpression, report: Report): void {
  if (node.operator !== '=') {
    report(messages.appendsNoLongerSupported, node, node.operator)
    return
  }
  checkAssignable(node.left, report)
  checkValue(node.right, report)
}

function checkAssignable(node: Expression, report: Report): void {
  switch (node.kind) {
    case 'VariableExpression':
      if (numericName.test(node.name)) report(messages.illegalNumericAssignment, node, node.name)
      if (node.name.includes('::')) report(messages.crossScopeAssignment, node, node.name)
      return
    case 'AccessExpression':
      report(messages.illegalIndexedAssignment, node)
      return
    case 'LiteralList':
      for (const value of node.values) checkAssignable(value, report)
      return
    default:
      report(messages.illegalAssignment, node, withArticle(label(node)))
  }
}

/** Reports an expression that gives no value where one is needed. */
export function checkValue(node: Expression, report: Report): void {
  switch (node.kind) {
    case 'CollectExpression':
    case 'HostClassDefinition':
    case 'ResourceTypeDefinition':
    case 'NodeDefinition':
    case 'FunctionDefinition':
    case 'TypeAlias':
      report(messages.notRvalue, node, withCapitalArticle(label(node)))
      return
    case 'NotExpression':
    case 'UnaryMinusExpression':
    case 'UnfoldExpression':
    case 'ParenthesizedExpression':
    case 'TextExpression':
    case 'RenderExpression':
      checkValue(node.expression, report)
      return
    default:
  }
}

export function checkRelationship(node: RelationshipExpression, report: Report): void {
  for (const side of [node.left, node.right])
    if (side.kind !== 'CollectExpression' && side.kind !== 'RelationshipExpression') checkValue(side, report)
}

export function checkBlock(node: BlockExpression, report: Report): void {
  if (isResourceWithoutTitle(node)) {
    const [name] = node.statements
    report(messages.resourceWithoutTitle, node, name?.kind === 'QualifiedName' ? name.value : '')
    return
  }
  const useless = node.statements.slice(0, -1).find(hasNoEffect)
  if (useless) report(messages.noEffect, useless, label(useless))
}

export function checkCall(node: CallNamedFunctionExpression, report: Report): void {
  const { functor } = node
  switch (functor.kind) {
    case 'QualifiedName':
    case 'QualifiedReference':
      return
    case 'RenderStringExpression':
      report(messages.illegalEppParameters, node)
      return
    case 'AccessExpression':
      if (functor.left.kind === 'QualifiedReference') return
      break
    default:
  }
  report(
    messages.illegalExpression,
    functor,
    withCapitalArticle(label(functor)),
    'function name',
    withArticle(label(node)),
  )
}

export function checkCase(node: CaseExpression, report: Report): void {
  checkValue(node.test, report)
  const defaults = node.options.flatMap((option) => option.values.filter((value) => value.kind === 'LiteralDefault'))
  for (const value of defaults.slice(1)) report(messages.duplicateDefault, value, label(node))
}

export function checkSelector(node: SelectorExpression, report: Report): void {
  checkValue(node.left, report)
  const second = node.selectors.filter((entry) => entry.match.kind === 'LiteralDefault')[1]
  if (second) report(messages.duplicateDefault, second.match, label(node))
}

export function checkCollect(node: CollectExpression, report: Report): void {
  if (node.type.kind === 'QualifiedReference') return
  const what = withCapitalArticle(label(node.type))
  report(messages.illegalExpression, node.type, what, 'type name', withArticle(label(node)))
}

/** Queries compare attributes by `==` and `!=`, and join such comparisons. */
export function checkQuery(node: Expression, report: Report): void {
  switch (node.kind) {
    case 'ComparisonExpression':
      if (node.operator === '==' || node.operator === '!=') return
      break
    case 'AndExpression':
    case 'OrExpression':
      checkQuery(node.left, report)
      checkQuery(node.right, report)
      return
    case 'ParenthesizedExpression':
      checkQuery(node.expression, report)
      return
    case 'Nop':
    case 'VariableExpression':
    case 'QualifiedName':
    case 'LiteralInteger':
    case 'LiteralFloat':
    case 'LiteralString':
    case 'RenderStringExpression':
    case 'LiteralBoolean':
      return
    default:
  }
  report(messages.illegalQuery, node, withCapitalArticle(label(node)))
}

export function checkHash(node: LiteralHash, report: Report): void {
  for (const { entry, key } of duplicateEntries(node.entries)) report(messages.duplicateKey, entry, key)
}

export function checkResourceBody(node: ResourceBody, report: Report): void {
  const unfolds = node.operations.filter((operation) => operation.kind === 'AttributesOperation')
  for (const unfold of unfolds.slice(1)) report(messages.multipleUnfolds, unfold)
}

export function checkVariable(node: VariableExpression, report: Report): void {
  const { name } = node
  const written = node.span.file.text[node.span.start]
  if ((name === 'true' || name === 'false') && written !== '$') report(messages.keywordAsVariable, node, name)
  if (/^[0-9]/.test(name)) {
    if (!numericName.test(name)) report(messages.illegalNumericVariableName, node, name)
  } else if (!/^(?:::)?(?:[a-z]\w*::)*[a-z_]\w*$/.test(name)) report(messages.illegalVariableName, node, name)
}
