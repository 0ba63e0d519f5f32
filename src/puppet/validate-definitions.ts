import type {
  Definition,
  Expression,
  FunctionDefinition,
  HostClassDefinition,
  Node,
  NodeDefinition,
  Parameter,
  Program,
  ResourceTypeDefinition,
  TypeAlias,
} from './ast.ts'
import { forEachChild } from './children.ts'
import { hasNoEffect, isResourceWithoutTitle } from './effects.ts'
import { label, withArticle, withCapitalArticle } from './labels.ts'
import type { FileNamespace } from './namespace.ts'
import type { Report } from './validate-expressions.ts'
import * as messages from './validation-messages.ts'

/** Names of data types, which neither classes nor functions can have. */
const reservedTypeNames: ReadonlySet<string> = new Set([
  'type',
  'any',
  'unit',
  'scalar',
  'boolean',
  'numeric',
  'integer',
  'float',
  'collection',
  'array',
  'hash',
  'tuple',
  'struct',
  'variant',
  'optional',
  'enum',
  'regexp',
  'pattern',
  'runtime',
  'init',
  'object',
  'sensitive',
  'semver',
  'semverrange',
  'string',
  'timestamp',
  'timespan',
  'typeset',
])

type Named = HostClassDefinition | ResourceTypeDefinition | FunctionDefinition

/** Checks a definition's place: at the top of the file or, but for functions and types, within classes. */
function checkPlace(definition: Definition, ancestors: readonly Node[], report: Report): void {
  const absolute = definition.kind === 'FunctionDefinition' || definition.kind === 'TypeAlias'
  let at = ancestors.length - 1
  for (; ancestors[at]?.kind === 'BlockExpression'; at--) {
    if (absolute && ancestors[at - 1]?.kind !== 'Program') {
      report(messages.notAbsoluteTopLevel, definition, withCapitalArticle(label(definition)))
      return
    }
  }
  const container = ancestors[at]
  if (container && container.kind !== 'HostClassDefinition' && container.kind !== 'Program')
    report(messages.notTopLevel, definition)
}

function checkName(definition: Named, namespace: FileNamespace, report: Report): void {
  const { name } = definition
  const what = withArticle(label(definition))
  if (!/^[a-z]\w*(?:::[a-z]\w*)*$/.test(name)) report(messages.illegalDefinitionName, definition, name, what)
  const misplaced = namespace.kind === 'misplaced'
  if (misplaced || (namespace.kind === 'module' && !name.toLowerCase().startsWith(namespace.name)))
    report(messages.illegalDefinitionLocation, definition, name, definition.span.file.path)
  if (reservedTypeNames.has(name)) report(messages.reservedTypeName, definition, name, what)
  if (name === 'plan') report(messages.futureReservedWord, definition, name)
}

export function checkFunction(
  node: FunctionDefinition,
  ancestors: readonly Node[],
  namespace: FileNamespace,
  report: Report,
): void {
  checkPlace(node, ancestors, report)
  checkName(node, namespace, report)
  if (node.returnType) checkTypeReference(node, node.returnType, report)
  checkUnique(node.parameters, report)
}

export function checkClassOrType(
  node: HostClassDefinition | ResourceTypeDefinition,
  ancestors: readonly Node[],
  namespace: FileNamespace,
  report: Report,
): void {
  checkPlace(node, ancestors, report)
  checkName(node, namespace, report)
  checkNoCapture(node.parameters, node, report)
  checkUnique(node.parameters, report)
  for (const parameter of node.parameters)
    if (parameter.name === 'name' || parameter.name === 'title')
      report(messages.reservedParameter, parameter, parameter.name, label(node))
  checkLastStatement(node, report)
}

export function checkNode(node: NodeDefinition, ancestors: readonly Node[], report: Report): void {
  for (const match of node.matches) checkHostName(match, node, report)
  checkPlace(node, ancestors, report)
  checkLastStatement(node, report)
  if (node.parent) report(messages.nodeInheritance, node.parent)
}

function checkHostName(match: Expression, node: NodeDefinition, report: Report): void {
  switch (match.kind) {
    case 'LiteralString':
    case 'QualifiedName':
    case 'QualifiedReference':
      if (/[^-\w.]/.test(match.value)) report(messages.illegalHostName, match, match.value)
      return
    case 'ConcatenatedString': {
      const text = match.segments.find((segment) => segment.kind === 'TextExpression')
      report(messages.interpolatedHostName, text?.kind === 'TextExpression' ? text.expression : match)
      return
    }
    case 'LiteralDefault':
    case 'LiteralRegularExpression':
    case 'LiteralInteger':
    case 'LiteralFloat':
      return
    default:
      report(messages.illegalExpression, match, withCapitalArticle(label(match)), 'hostname', withArticle(label(node)))
  }
}

export function checkTypeAlias(node: TypeAlias, ancestors: readonly Node[], report: Report): void {
  checkPlace(node, ancestors, report)
  if (!/^[A-Z]\w*(?:::[A-Z]\w*)*$/.test(node.name))
    report(messages.illegalDefinitionName, node, node.name, withArticle(label(node)))
  checkTypeReference(node, node.type, report)
}

/** A type is a name, or a name with parameters. */
export function checkTypeReference(container: Node, type: Expression, report: Report): void {
  const name = type.kind === 'AccessExpression' ? type.left : type
  if (name.kind === 'QualifiedReference') {
    if (name.value.toLowerCase() === 'plan') report(messages.futureReservedWord, type, 'plan')
    return
  }
  const what = withCapitalArticle(label(type))
  report(messages.illegalExpression, type, what, 'a type reference', withArticle(label(container)))
}

export function checkNoCapture(parameters: readonly Parameter[], container: Node, report: Report): void {
  for (const parameter of parameters)
    if (parameter.capturesRest)
      report(messages.capturesRestNotSupported, parameter, parameter.name, withArticle(label(container)))
}

export function checkCaptureLast(parameters: readonly Parameter[], report: Report): void {
  for (const parameter of parameters.slice(0, -1))
    if (parameter.capturesRest) report(messages.capturesRestNotLast, parameter, parameter.name)
}

export function checkUnique(parameters: readonly Parameter[], report: Report): void {
  const names = new Set<string>()
  for (const parameter of parameters) {
    if (names.has(parameter.name)) report(messages.duplicateParameter, parameter, parameter.name)
    names.add(parameter.name)
  }
}

function checkLastStatement(node: HostClassDefinition | ResourceTypeDefinition | NodeDefinition, report: Report): void {
  const last = node.body.statements.at(-1)
  if (last && hasNoEffect(last) && !isResourceWithoutTitle(last))
    report(messages.noEffectLast, last, label(last), withCapitalArticle(label(node)))
}

export function checkParameter(node: Parameter, report: Report): void {
  if (/^(?:0x)?[0-9]+$/.test(node.name)) report(messages.illegalNumericParameter, node, node.name)
  if (!/^[a-z_]\w*$/.test(node.name)) report(messages.illegalParameterName, node, node.name)
  if (node.value) checkNoAssignment(node.value, report)
}

/** A default value assigns nothing, but for what lambdas in it do in a scope of their own. */
function checkNoAssignment(node: Node, report: Report): void {
  if (node.kind === 'AssignmentExpression') report(messages.assignmentNotAllowed, node)
  else if (node.kind !== 'LambdaExpression') forEachChild(node, (child) => checkNoAssignment(child, report))
}

/** A file of a module holds definitions only. */
export function checkTopConstructs(program: Program, namespace: FileNamespace, report: Report): void {
  if (namespace.kind === 'none' || program.body.kind === 'Nop') return
  const statements = program.body.kind === 'BlockExpression' ? program.body.statements : [program.body]
  for (const statement of statements) {
    switch (statement.kind) {
      case 'HostClassDefinition':
      case 'ResourceTypeDefinition':
      case 'FunctionDefinition':
      case 'TypeAlias':
        break
      default:
        report(messages.illegalTopConstruct, statement, label(statement))
    }
  }
}
