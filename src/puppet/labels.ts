import type { Node, NodeKind } from './ast.ts'

/** Kinds that Puppet's messages call the same whatever the node holds. */
const fixed: { readonly [K in NodeKind]?: string } = {
  LiteralInteger: 'Literal Integer',
  LiteralFloat: 'Literal Float',
  AccessExpression: "'[]' expression",
  EppExpression: 'Epp Template',
  ExportedQuery: 'Exported Query',
  VirtualQuery: 'Virtual Query',
  AndExpression: "'and' expression",
  OrExpression: "'or' expression",
  InExpression: "'in' expression",
  LiteralList: 'Array Expression',
  LiteralHash: 'Hash Expression',
  KeyedEntry: 'Hash Entry',
  LiteralBoolean: 'Boolean',
  LiteralString: 'String',
  LambdaExpression: 'Lambda',
  LiteralDefault: "'default' expression",
  LiteralUndef: "'undef' expression",
  LiteralRegularExpression: 'Regular Expression',
  Nop: 'Nop Expression',
  NamedAccessExpression: "'.' expression",
  NotExpression: "'not' expression",
  VariableExpression: 'Variable',
  TextExpression: 'Expression in Interpolated String',
  UnaryMinusExpression: 'Unary Minus',
  UnfoldExpression: 'Unfold',
  BlockExpression: 'Block Expression',
  ConcatenatedString: 'Double Quoted String',
  HostClassDefinition: 'Host Class Definition',
  FunctionDefinition: 'Function Definition',
  NodeDefinition: 'Node Definition',
  ResourceTypeDefinition: "'define' expression",
  ResourceOverrideExpression: 'Resource Override',
  Parameter: 'Parameter Definition',
  ParenthesizedExpression: 'Parenthesized Expression',
  IfExpression: "'if' statement",
  UnlessExpression: "'unless' Statement",
  CallNamedFunctionExpression: 'Function Call',
  CallMethodExpression: 'Method call',
  CaseExpression: "'case' statement",
  CaseOption: 'Case Option',
  RenderStringExpression: 'Epp Text',
  RenderExpression: 'Epp Interpolated Expression',
  ResourceBody: 'Resource Instance Definition',
  ResourceDefaultsExpression: 'Resource Defaults Expression',
  ResourceExpression: 'Resource Statement',
  SelectorExpression: 'Selector Expression',
  SelectorEntry: 'Selector Option',
  QualifiedName: 'Name',
  QualifiedReference: 'Type-Name',
  TypeAlias: 'Type Alias',
}

/** What Puppet's messages call a node: `'if' statement`, `Variable`, `'+' expression`. */
export function label(node: Node): string {
  switch (node.kind) {
    case 'ArithmeticExpression':
    case 'MatchExpression':
    case 'ComparisonExpression':
    case 'AssignmentExpression':
    case 'RelationshipExpression':
    case 'AttributeOperation':
      return `'${node.operator}' expression`
    case 'CollectExpression':
      return label(node.query)
    case 'HeredocExpression':
      return `'@(${node.syntax})' expression`
    case 'ReservedWord':
      return `Reserved Word '${node.word}'`
    default:
      return fixed[node.kind] ?? 'Object'
  }
}

/** `a` or `an`, as Puppet chooses it: `y` counts as a vowel, a quote is passed over. */
function article(text: string): 'a' | 'an' {
  const first = text[0] === "'" || text[0] === '"' ? text[1] : text[0]
  return first !== undefined && 'aeiouy'.includes(first.toLowerCase()) ? 'an' : 'a'
}

/** `a Variable`. */
export function withArticle(text: string): string {
  return `${article(text)} ${text}`
}

/** `A Variable`. */
export function withCapitalArticle(text: string): string {
  return `${article(text) === 'an' ? 'An' : 'A'} ${text}`
}
