import type { Node, Program } from '../../src/puppet/ast.ts'
import { childKeys, walk } from '../../src/puppet/children.ts'

/** What is wrong with the tree's shape: spans that do not nest or leave the file, children that the table lacks. */
export function shapeFaults(program: Program, nested = true): string[] {
  const faults: string[] = []
  const length = program.span.file.text.length
  walk(program, (node, ancestors) => {
    const { start, end } = node.span
    const shown = `${node.kind} ${start}-${end}`
    if (!(start >= 0 && start <= end && end <= length)) faults.push(`${shown} leaves the file`)
    const parent = ancestors.at(-1)
    if (nested && parent && !fits(parent, node))
      faults.push(`${shown} leaves ${parent.kind} ${parent.span.start}-${parent.span.end}`)
    for (const [key, value] of Object.entries(node))
      if (holdsNodes(value) && !childKeys[node.kind].includes(key) && key !== 'definitions')
        faults.push(`${shown}: ${key} is not in the table`)
    return undefined
  })
  return faults
}

/** A heredoc's text stands below its tag, so everything around the tag but the heredoc itself may end before it. */
function fits(parent: Node, node: Node): boolean {
  return node.span.start >= parent.span.start && node.span.end <= parent.span.end
}

function holdsNodes(value: unknown): boolean {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'object' && first !== null && 'kind' in first && 'span' in first
}
