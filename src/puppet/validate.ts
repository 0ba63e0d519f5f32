import type { Diagnostic } from '../source/diagnostic.ts'
import type { EppExpression, Expression, Node, Program } from './ast.ts'
import { walk } from './children.ts'
import { checkHeredocText } from './heredoc-syntax.ts'
import { label, withArticle } from './labels.ts'
import { anyNamespace, type FileNamespace } from './namespace.ts'
import { placeOf } from './place.ts'
import {
  checkCaptureLast,
  checkClassOrType,
  checkFunction,
  checkNoCapture,
  checkNode,
  checkParameter,
  checkTopConstructs,
  checkTypeAlias,
  checkTypeReference,
  checkUnique,
} from './validate-definitions.ts'
import {
  checkAssignment,
  checkBlock,
  checkCall,
  checkCase,
  checkCollect,
  checkHash,
  checkQuery,
  checkRelationship,
  checkResourceBody,
  checkSelector,
  checkValue,
  checkVariable,
  type Report,
} from './validate-expressions.ts'
import * as messages from './validation-messages.ts'

export interface ValidationOptions {
  /** Puppet's setting: how bad a key that stands twice in a hash is. `error` (Puppet 8's default) where absent. */
  readonly strict?: 'off' | 'warning' | 'error'
  /** What the file may define; anything where absent. See `moduleNamespace`. */
  readonly namespace?: FileNamespace
}

const largestInteger = 2n ** 63n - 1n

/** Puppet's static validation of a tree, in Puppet's order. */
export function validate(program: Program, options: ValidationOptions = {}): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const strict = options.strict ?? 'error'
  const namespace = options.namespace ?? anyNamespace
  const report: Report = (message, node, ...args) => {
    const diagnostic = message(args, { span: placeOf(node) })
    if (diagnostic.code !== 'puppet/duplicate-key') diagnostics.push(diagnostic)
    else if (strict !== 'off') diagnostics.push({ ...diagnostic, severity: strict })
  }
  checkTopConstructs(program, namespace, report)
  walk(program, (node, ancestors) => {
    check(node, ancestors, namespace, report)
    return undefined
  })
  // Puppet stops at the first text that is not what its heredoc says.
  const texts = diagnostics.filter((each) => each.code === 'puppet/heredoc-text')
  return texts.length === 0 ? diagnostics : [...texts, ...diagnostics.filter((each) => !texts.includes(each))]
}

function check(node: Node, ancestors: readonly Node[], namespace: FileNamespace, report: Report): void {
  switch (node.kind) {
    case 'LiteralInteger':
      if (node.value > largestInteger) report(messages.integerOverflow, node, node.value)
      return
    case 'LiteralList':
      checkValues(node.values, report)
      return
    case 'LiteralHash':
      checkHash(node, report)
      return
    case 'KeyedEntry':
      checkValue(node.key, report)
      checkValue(node.value, report)
      return
    case 'HeredocExpression':
      checkHeredocText(node, report, validate)
      return
    case 'ReservedWord':
      if (node.future) report(messages.futureReservedWord, node, node.word)
      else report(messages.reservedWord, node, node.word)
      return
    case 'VariableExpression':
      checkVariable(node, report)
      return
    case 'TextExpression':
    case 'NotExpression':
    case 'UnaryMinusExpression':
    case 'UnfoldExpression':
    case 'ParenthesizedExpression':
    case 'RenderExpression':
    case 'AttributesOperation':
      checkValue(node.expression, report)
      return
    case 'ArithmeticExpression':
    case 'ComparisonExpression':
    case 'MatchExpression':
    case 'InExpression':
    case 'AndExpression':
    case 'OrExpression':
      checkValue(node.left, report)
      checkValue(node.right, report)
      return
    case 'AssignmentExpression':
      checkAssignment(node, report)
      return
    case 'RelationshipExpression':
      checkRelationship(node, report)
      return
    case 'CallNamedFunctionExpression':
      checkCall(node, report)
      return
    case 'LambdaExpression':
      checkCaptureLast(node.parameters, report)
      if (node.returnType) checkTypeReference(node, node.returnType, report)
      return
    case 'Parameter':
      checkParameter(node, report)
      return
    case 'BlockExpression':
      // Puppet looks at a template's parameters first each on its own, then all together.
      if (ancestors.at(-1)?.kind === 'EppExpression') checkTemplateParameters(ancestors.at(-1) as EppExpression, report)
      checkBlock(node, report)
      return
    case 'IfExpression':
    case 'UnlessExpression':
      checkValue(node.test, report)
      return
    case 'CaseExpression':
      checkCase(node, report)
      return
    case 'CaseOption':
      checkValues(node.values, report)
      return
    case 'SelectorExpression':
      checkSelector(node, report)
      return
    case 'SelectorEntry':
      checkValue(node.match, report)
      return
    case 'ResourceExpression': {
      const isClass = node.typeName.kind === 'QualifiedName' && node.typeName.value === 'class'
      if (node.form !== 'regular' && isClass) report(messages.classNotVirtualizable, node)
      return
    }
    case 'ResourceBody':
      checkResourceBody(node, report)
      return
    case 'AttributeOperation': {
      const parent = ancestors.at(-1) as Node
      if (node.operator === '+>' && parent.kind !== 'CollectExpression' && parent.kind !== 'ResourceOverrideExpression')
        report(messages.illegalAttributeAppend, node, node.name, withArticle(label(parent)))
      checkValue(node.value, report)
      return
    }
    case 'ResourceDefaultsExpression':
    case 'ResourceOverrideExpression':
      if (node.form !== 'regular') report(messages.notVirtualizable, node)
      return
    case 'CollectExpression':
      checkCollect(node, report)
      return
    case 'VirtualQuery':
    case 'ExportedQuery':
      checkQuery(node.expression, report)
      return
    case 'HostClassDefinition':
    case 'ResourceTypeDefinition':
      checkClassOrType(node, ancestors, namespace, report)
      return
    case 'NodeDefinition':
      checkNode(node, ancestors, report)
      return
    case 'FunctionDefinition':
      checkFunction(node, ancestors, namespace, report)
      return
    case 'TypeAlias':
      checkTypeAlias(node, ancestors, report)
      return
    case 'EppExpression':
      checkCaptureLast(node.parameters, report)
      return
    default:
  }
}

function checkTemplateParameters(node: EppExpression, report: Report): void {
  checkNoCapture(node.parameters, node, report)
  checkUnique(node.parameters, report)
}

function checkValues(values: readonly Expression[], report: Report): void {
  for (const value of values) checkValue(value, report)
}
