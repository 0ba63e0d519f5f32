import type { Node } from '../../src/puppet/ast.ts'

const places: ReadonlySet<string> = new Set(['span', 'at', 'nameSpan', 'parentSpan', 'operatorSpan', 'definitions'])

/** The tree without places, as plain data; the nodes of `parenthesised` stand in parentheses. */
export function treeShape(node: Node, parenthesised: ReadonlySet<Node> = new Set()): unknown {
  const shape = (value: unknown): unknown => {
    if (typeof value === 'bigint') return `${value}`
    if (Array.isArray(value)) return value.map(shape)
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
    const fields = Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !places.has(name))
        .map(([name, field]) => [name, shape(field)]),
    )
    return parenthesised.has(value as Node) ? { kind: 'ParenthesizedExpression', expression: fields } : fields
  }
  return shape(node)
}
