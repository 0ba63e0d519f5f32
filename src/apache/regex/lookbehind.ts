import type { Item, Pattern } from './pattern.ts'

/** The number of bytes that a branch always matches; undefined where that varies. */
export function branchLength(pattern: Pattern, branch: readonly Item[], seen: Set<number>): number | undefined {
  let sum = 0
  for (const item of branch) {
    if (item.kind === 'end') return sum
    const length = itemLength(pattern, item, seen)
    if (length === undefined) return undefined
    sum += length
  }
  return sum
}

function itemLength(pattern: Pattern, item: Item, seen: Set<number>): number | undefined {
  switch (item.kind) {
    case 'one':
      return 1
    case 'none':
    case 'behind':
    case 'end':
      return 0
    case 'variable':
      return undefined
    case 'repeat': {
      const length = itemLength(pattern, item.item, seen)
      return length === undefined ? undefined : length * item.times
    }
    case 'group':
      return commonLength(pattern, item.branches, seen)
    case 'reference': {
      const numbers =
        typeof item.group === 'number' ? new Set([item.group]) : (pattern.names.get(item.group) ?? new Set())
      const [number] = numbers
      // A group that refers to itself has no length.
      if (numbers.size !== 1 || !number || seen.has(number) || item.open.includes(number)) return undefined
      const body = pattern.bodies.get(number)
      return body ? commonLength(pattern, body.branches, new Set([...seen, number])) : undefined
    }
  }
}

function commonLength(pattern: Pattern, branches: readonly (readonly Item[])[], seen: Set<number>): number | undefined {
  let common: number | undefined
  for (const branch of branches) {
    const length = branchLength(pattern, branch, seen)
    if (length === undefined || (common !== undefined && common !== length)) return undefined
    common = length
  }
  return common
}
