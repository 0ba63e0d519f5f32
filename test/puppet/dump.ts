import type { Node } from '../../src/puppet/ast.ts'

/** A node as the oracle's answers hold it: [kind, offset, fields…]. */
export type Dumped = null | boolean | string | number | readonly Dumped[]

const at = (node: Node): number => node.at ?? node.span.start

const list = (nodes: readonly Node[]): Dumped => nodes.map(dump)

/** The tree in the names and the order of fields of Puppet's own model. */
export function dump(node: Node | undefined): Dumped {
  if (!node || node.kind === 'Nop') return null
  const head = [node.kind, at(node)] as const
  switch (node.kind) {
    case 'Program':
      return ['Program', 0, node.body.kind === 'Nop' ? ['Nop', at(node.body)] : dump(node.body)]
    case 'LiteralUndef':
    case 'LiteralDefault':
      return [...head]
    case 'LiteralBoolean':
    case 'LiteralFloat':
    case 'LiteralString':
    case 'RenderStringExpression':
    case 'QualifiedName':
    case 'QualifiedReference':
      return [...head, node.value]
    case 'LiteralInteger':
      return [...head, String(node.radix), String(node.value)]
    case 'LiteralRegularExpression':
      return [...head, node.pattern]
    case 'LiteralList':
      return [...head, list(node.values)]
    case 'LiteralHash':
      return [...head, list(node.entries)]
    case 'KeyedEntry':
      return [...head, dump(node.key), dump(node.value)]
    case 'ConcatenatedString':
      return [...head, list(node.segments)]
    case 'TextExpression':
    case 'NotExpression':
    case 'UnaryMinusExpression':
    case 'UnfoldExpression':
    case 'ParenthesizedExpression':
    case 'AttributesOperation':
    case 'VirtualQuery':
    case 'ExportedQuery':
    case 'RenderExpression':
      return [...head, dump(node.expression)]
    case 'HeredocExpression':
      return [...head, node.syntax, dump(node.text)]
    case 'ReservedWord':
      return [...head, node.word, node.future]
    case 'VariableExpression':
      return [...head, node.name]
    case 'AccessExpression':
      return [...head, dump(node.left), list(node.keys)]
    case 'NamedAccessExpression':
      return [...head, dump(node.left), dump(node.right)]
    case 'CallNamedFunctionExpression':
    case 'CallMethodExpression':
      return [...head, dump(node.functor), list(node.arguments), dump(node.lambda), node.rvalueRequired]
    case 'LambdaExpression':
      return [...head, list(node.parameters), dump(node.returnType), body(node.body)]
    case 'Parameter':
      return [...head, node.name, dump(node.typeExpression), dump(node.value), node.capturesRest ? true : null]
    case 'ArithmeticExpression':
    case 'ComparisonExpression':
    case 'MatchExpression':
    case 'AssignmentExpression':
    case 'RelationshipExpression':
      return [...head, node.operator, dump(node.left), dump(node.right)]
    case 'InExpression':
    case 'AndExpression':
    case 'OrExpression':
      return [...head, dump(node.left), dump(node.right)]
    case 'BlockExpression':
      return [...head, list(node.statements)]
    case 'IfExpression':
    case 'UnlessExpression':
      return [...head, dump(node.test), dump(node.then), dump(node.else)]
    case 'CaseExpression':
      return [...head, dump(node.test), list(node.options)]
    case 'CaseOption':
      return [...head, list(node.values), body(node.then)]
    case 'SelectorExpression':
      return [...head, dump(node.left), list(node.selectors)]
    case 'SelectorEntry':
      return [...head, dump(node.match), dump(node.value)]
    case 'ResourceExpression':
      return [...head, node.form, dump(node.typeName), list(node.bodies)]
    case 'ResourceBody':
      return [...head, dump(node.title), list(node.operations)]
    case 'AttributeOperation':
      return [...head, node.name, node.operator, dump(node.value)]
    case 'ResourceDefaultsExpression':
      return [...head, node.form, dump(node.typeRef), list(node.operations)]
    case 'ResourceOverrideExpression':
      return [...head, node.form, dump(node.resources), list(node.operations)]
    case 'CollectExpression':
      return [...head, dump(node.type), dump(node.query), list(node.operations)]
    case 'HostClassDefinition':
      return [...head, node.name, list(node.parameters), node.parent ?? null, body(node.body)]
    case 'ResourceTypeDefinition':
      return [...head, node.name, list(node.parameters), body(node.body)]
    case 'NodeDefinition':
      return [...head, list(node.matches), dump(node.parent), body(node.body)]
    case 'FunctionDefinition':
      return [...head, node.name, list(node.parameters), dump(node.returnType), body(node.body)]
    case 'TypeAlias':
      return [...head, node.name, dump(node.type)]
    case 'EppExpression':
      return [...head, node.parametersSpecified, list(node.parameters), body(node.body)]
  }
}

/** Puppet has no body where nothing stands in it. */
function body(block: Node & { readonly kind: 'BlockExpression' }): Dumped {
  return block.statements.length === 0 ? null : dump(block)
}
