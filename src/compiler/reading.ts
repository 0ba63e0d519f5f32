import type { Expression } from '../puppet/ast.ts'
import type { Read } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import type { Scope } from './state.ts'

/** Runs `body` and notes in `reads` the variables that it reads. */
export function tracked<T>(scope: Scope, reads: Read[], body: () => T): T {
  const { tracking } = scope.state
  tracking.push(reads)
  try {
    return body()
  } finally {
    tracking.pop()
    tracking.at(-1)?.push(...reads)
  }
}

/** Notes that a variable has been read. */
export function noteRead(scope: Scope, name: string, value: Value): void {
  scope.state.tracking.at(-1)?.push({ name, path: [], value, variable: value.origin })
}

/** Notes that an element of a value just read has been taken: `$rules[1]` instead of `$rules`. */
export function noteElement(scope: Scope, whole: Value, key: Value, element: Value, node: Expression): void {
  const reads = scope.state.tracking.at(-1)
  if (!reads || !isPath(node)) return
  const at = reads.findLastIndex((read) => read.value === whole)
  const read = reads[at]
  if (!read || (key.kind !== 'string' && key.kind !== 'integer')) return
  reads[at] = { ...read, path: [...read.path, key.value], value: element }
}

function isPath(node: Expression): boolean {
  return node.kind === 'VariableExpression' || (node.kind === 'AccessExpression' && isPath(node.left))
}
