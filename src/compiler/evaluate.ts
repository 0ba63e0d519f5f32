import type { AndExpression, Expression, OrExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import { type Origin, wholeOrigin } from '../value/origin.ts'
import {
  array,
  boolean,
  float,
  type HashEntry,
  hashKey,
  integer,
  string,
  typeValue,
  undef,
  type Value,
} from '../value/value.ts'
import { evaluateAccess } from './access.ts'
import { evaluateArithmetic, numeric } from './arithmetic.ts'
import { evaluateAssignment } from './assignment.ts'
import { evaluateCall, evaluateMethodCall } from './calls.ts'
import { evaluateCollect } from './collectors.ts'
import { evaluateComparison } from './comparison.ts'
import { evaluateCase, evaluateIf, evaluateSelector, isTrue } from './control-flow.ts'
import { evaluateDefaults } from './defaults.ts'
import { evaluateRender, evaluateTemplate, renderText } from './epp-output.ts'
import { evaluateHeredoc, evaluateInterpolation, evaluateText } from './interpolation.ts'
import { failWith, resourceTypeNotFound } from './issues.ts'
import { evaluateIn, evaluateMatch } from './match.ts'
import { evaluateOverride } from './overrides.ts'
import { noteRead } from './reading.ts'
import { collectorValue, evaluateRelationship } from './relationships.ts'
import { evaluateResources } from './resources.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'
import { unfold, unfolded } from './unfold.ts'
import { readVariable } from './variables.ts'

/** The value of an expression. A failure that knows no place gets that of the innermost expression around it. */
export function evaluateExpression(node: Expression, scope: Scope): Value {
  try {
    return dispatch(node, scope)
  } catch (error) {
    if (error instanceof Failure && !error.diagnostic.span)
      throw new Failure({ ...error.diagnostic, span: placeOf(node) })
    throw error
  }
}

function dispatch(node: Expression, scope: Scope): Value {
  switch (node.kind) {
    case 'LiteralString':
    case 'QualifiedName':
      return string(node.value, literal(node))
    case 'LiteralInteger':
      return integer(node.value, literal(node))
    case 'LiteralFloat':
      return float(node.value, literal(node))
    case 'LiteralBoolean':
      return boolean(node.value, literal(node))
    case 'LiteralUndef':
    case 'Nop':
    case 'HostClassDefinition':
    case 'ResourceTypeDefinition':
    case 'NodeDefinition':
    case 'FunctionDefinition':
    case 'TypeAlias':
      return undef(literal(node))
    case 'LiteralDefault':
      return { kind: 'default', origin: literal(node) }
    case 'LiteralRegularExpression':
      return { kind: 'regexp', pattern: node.pattern, origin: literal(node) }
    case 'LiteralList':
      return array(unfold(node.values, scope), literal(node))
    case 'LiteralHash': {
      const entries = new Map<string, HashEntry>()
      for (const entry of node.entries) {
        const key = evaluate(entry.key, scope)
        entries.set(hashKey(key), { key, value: evaluate(entry.value, scope) })
      }
      return { kind: 'hash', entries, origin: literal(node) }
    }
    case 'VariableExpression': {
      const value = readVariable(scope, node.name, placeOf(node))
      noteRead(scope, node.name, value)
      return value
    }
    case 'ConcatenatedString':
      return evaluateInterpolation(node, scope)
    case 'TextExpression':
      return evaluateText(node, scope)
    case 'HeredocExpression':
      return evaluateHeredoc(node, scope)
    case 'AccessExpression':
      return evaluateAccess(node, scope)
    case 'QualifiedReference':
      return evaluateTypeName(node.value, node, scope)
    case 'CallNamedFunctionExpression':
      return evaluateCall(node, scope)
    case 'CallMethodExpression':
      return evaluateMethodCall(node, scope)
    case 'ParenthesizedExpression':
      return evaluate(node.expression, scope)
    case 'BlockExpression': {
      let value: Value = undef(literal(node))
      for (const statement of node.statements) value = evaluate(statement, scope)
      return value
    }
    case 'IfExpression':
    case 'UnlessExpression':
      return evaluateIf(node, scope)
    case 'CaseExpression':
      return evaluateCase(node, scope)
    case 'SelectorExpression':
      return evaluateSelector(node, scope)
    case 'AssignmentExpression':
      return evaluateAssignment(node, scope)
    case 'ArithmeticExpression':
      return evaluateArithmetic(node, scope)
    case 'ComparisonExpression':
      return evaluateComparison(node, scope)
    case 'MatchExpression':
      return evaluateMatch(node, scope)
    case 'InExpression':
      return evaluateIn(node, scope)
    case 'AndExpression':
      return both(node, scope, (left) => isTrue(left))
    case 'OrExpression':
      return both(node, scope, (left) => !isTrue(left))
    case 'NotExpression': {
      const value = evaluate(node.expression, scope)
      return boolean(!isTrue(value), { kind: 'operation', span: node.span, from: [value.origin] })
    }
    case 'UnaryMinusExpression':
      return negate(node.expression, node, scope)
    case 'UnfoldExpression':
      return array(unfolded(evaluate(node.expression, scope)), literal(node))
    case 'ResourceExpression':
      return evaluateResources(node, scope)
    case 'ResourceDefaultsExpression':
      return evaluateDefaults(node, scope)
    case 'ResourceOverrideExpression':
      return evaluateOverride(node, scope)
    case 'CollectExpression':
      return collectorValue(evaluateCollect(node, scope), node.span)
    case 'RelationshipExpression':
      return evaluateRelationship(node, scope)
    case 'EppExpression':
      return evaluateTemplate(node, scope)
    case 'RenderStringExpression':
      return renderText(node, scope)
    case 'RenderExpression':
      return evaluateRender(node, scope)
    case 'ReservedWord':
      if (node.future) return string(node.word, literal(node))
      return failWith(`Use of reserved word: ${node.word}, must be quoted if intended to be a String value`, {
        span: placeOf(node),
      })
    case 'LambdaExpression':
    case 'NamedAccessExpression':
    case 'VirtualQuery':
    case 'ExportedQuery':
      return undef(literal(node))
  }
}

function literal(node: Expression): Origin {
  return { kind: 'literal', span: node.span }
}

/** `and`, `or`: the right side counts where the left one leaves it open. */
function both(node: AndExpression | OrExpression, scope: Scope, open: (left: Value) => boolean): Value {
  const left = evaluate(node.left, scope)
  const from = [wholeOrigin(left)]
  if (!open(left)) return boolean(isTrue(left), { kind: 'operation', span: node.span, from })
  const right = evaluate(node.right, scope)
  return boolean(isTrue(right), { kind: 'operation', span: node.span, from: [...from, wholeOrigin(right)] })
}

function negate(operand: Expression, node: Expression, scope: Scope): Value {
  const value = numeric(evaluate(operand, scope), node, scope)
  const origin: Origin = { kind: 'operation', span: node.span, from: [value.origin] }
  if (value.kind === 'integer') return integer(-value.value, origin)
  if (value.kind === 'float') return float(-value.value, origin)
  return { kind: value.kind, nanoseconds: -value.nanoseconds, origin }
}

function evaluateTypeName(name: string, node: Expression, scope: Scope): Value {
  const type = scope.state.findType(name)
  if (!type) throw new Failure(resourceTypeNotFound([name], { span: placeOf(node), ...scope.state.similarTypes(name) }))
  return typeValue(type, literal(node))
}
