import type { Node, NodeKind, NodeOfKind } from './ast.ts'

/** The properties of a node that hold nodes or lists of nodes; a program's `definitions` stand in its body already. */
type ChildKey<K extends NodeKind> = Exclude<
  {
    [P in keyof NodeOfKind<K>]-?: NonNullable<NodeOfKind<K>[P]> extends Node | readonly Node[] ? P : never
  }[keyof NodeOfKind<K>],
  'definitions'
>

/** Every child property of a kind, each exactly once: a table that lacks or doubles one does not compile. */
type ChildTable = { readonly [K in NodeKind]: { readonly [P in ChildKey<K>]: true } }

const table: ChildTable = {
  LiteralUndef: {},
  LiteralDefault: {},
  LiteralBoolean: {},
  LiteralInteger: {},
  LiteralFloat: {},
  LiteralString: {},
  LiteralRegularExpression: {},
  LiteralList: { values: true },
  LiteralHash: { entries: true },
  KeyedEntry: { key: true, value: true },
  ConcatenatedString: { segments: true },
  TextExpression: { expression: true },
  HeredocExpression: { text: true },
  QualifiedName: {},
  QualifiedReference: {},
  ReservedWord: {},
  VariableExpression: {},
  AccessExpression: { left: true, keys: true },
  NamedAccessExpression: { left: true, right: true },
  CallNamedFunctionExpression: { functor: true, arguments: true, lambda: true },
  CallMethodExpression: { functor: true, arguments: true, lambda: true },
  LambdaExpression: { parameters: true, returnType: true, body: true },
  Parameter: { typeExpression: true, value: true },
  NotExpression: { expression: true },
  UnaryMinusExpression: { expression: true },
  UnfoldExpression: { expression: true },
  ParenthesizedExpression: { expression: true },
  ArithmeticExpression: { left: true, right: true },
  ComparisonExpression: { left: true, right: true },
  MatchExpression: { left: true, right: true },
  InExpression: { left: true, right: true },
  AndExpression: { left: true, right: true },
  OrExpression: { left: true, right: true },
  AssignmentExpression: { left: true, right: true },
  RelationshipExpression: { left: true, right: true },
  BlockExpression: { statements: true },
  // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
  IfExpression: { test: true, then: true, else: true },
  // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
  UnlessExpression: { test: true, then: true, else: true },
  CaseExpression: { test: true, options: true },
  // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
  CaseOption: { values: true, then: true },
  SelectorExpression: { left: true, selectors: true },
  SelectorEntry: { match: true, value: true },
  ResourceExpression: { typeName: true, bodies: true },
  ResourceBody: { title: true, operations: true },
  AttributeOperation: { value: true },
  AttributesOperation: { expression: true },
  ResourceDefaultsExpression: { typeRef: true, operations: true },
  ResourceOverrideExpression: { resources: true, operations: true },
  CollectExpression: { type: true, query: true, operations: true },
  VirtualQuery: { expression: true },
  ExportedQuery: { expression: true },
  HostClassDefinition: { parameters: true, body: true },
  ResourceTypeDefinition: { parameters: true, body: true },
  NodeDefinition: { matches: true, parent: true, body: true },
  FunctionDefinition: { parameters: true, returnType: true, body: true },
  TypeAlias: { type: true },
  EppExpression: { parameters: true, body: true },
  RenderStringExpression: {},
  RenderExpression: { expression: true },
  Nop: {},
  Program: { body: true },
}

/** The names of each kind's child properties, in the order of the source text. */
export const childKeys: Readonly<Record<NodeKind, readonly string[]>> = Object.fromEntries(
  (Object.keys(table) as NodeKind[]).map((kind) => [kind, Object.keys(table[kind])] as const),
) as Record<NodeKind, string[]>

/** Calls `each` with every child of the node, in order. */
export function forEachChild(node: Node, each: (child: Node) => void): void {
  const fields = node as unknown as Readonly<Record<string, Node | readonly Node[] | undefined>>
  for (const key of childKeys[node.kind]) {
    const value = fields[key]
    if (value === undefined) continue
    if (Array.isArray(value)) for (const child of value) each(child)
    else each(value as Node)
  }
}

/**
 * Calls `enter` with the node and everything below it, parents first, each with the nodes around it from the
 * outside in (a list that changes as the walk goes on). Where `enter` returns false, the children are left out.
 */
export function walk(node: Node, enter: (node: Node, ancestors: readonly Node[]) => false | undefined): void {
  const ancestors: Node[] = []
  // Nodes still to be entered, last first; an undefined ends the children of the innermost ancestor.
  const pending: (Node | undefined)[] = [node]
  while (pending.length > 0) {
    const at = pending.pop()
    if (at === undefined) {
      ancestors.pop()
      continue
    }
    if (enter(at, ancestors) === false || childKeys[at.kind].length === 0) continue
    ancestors.push(at)
    pending.push(undefined)
    const first = pending.length
    forEachChild(at, (child) => pending.push(child))
    for (let low = first, high = pending.length - 1; low < high; low++, high--) {
      const swapped = pending[low]
      pending[low] = pending[high]
      pending[high] = swapped
    }
  }
}

/** What to do with nodes of each kind. */
export type Visitor = { readonly [K in NodeKind]?: (node: NodeOfKind<K>, ancestors: readonly Node[]) => void }

/** Calls the visitor's function for the node's kind on it and on everything below, parents first. */
export function visit(node: Node, visitor: Visitor): void {
  walk(node, (at, ancestors) => {
    const act = visitor[at.kind] as ((node: Node, ancestors: readonly Node[]) => void) | undefined
    act?.(at, ancestors)
    return undefined
  })
}
