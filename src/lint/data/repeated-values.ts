import type { Span } from '../../source/source-file.ts'
import { lineOf } from '../../source/source-file.ts'
import { hashKey } from '../../value/value.ts'
import { type DataContext, type DataRule, type DataSource, entryAt, type Hierarchy, parameterKey } from './rule.ts'

/**
 * A parameter's value that the next level below has as well, for every node that reads both: the upper one changes
 * nothing now, and hides a later change of the lower one.
 */
export const repeatedValue: DataRule = {
  code: 'repeated-value',
  why: 'A level repeats what a lower one says already.',
  severity: 'warning',
  *find(context) {
    if (!context.complete) return
    const candidates = new Map<Span, Repeated>()
    const needed = new Set<Span>()
    for (const hierarchy of context.hierarchies) compareLevels(hierarchy, context, candidates, needed)
    for (const [span, { key, below }] of candidates)
      if (!needed.has(span))
        yield {
          span,
          message: `${key} has the same value at a lower level, ${below.file.path}:${lineOf(below)}`,
          related: [{ message: 'the same value', span: below }],
          remedy: 'Take one of them away.',
        }
  },
}

interface Repeated {
  readonly key: string
  readonly below: Span
}

function compareLevels(
  { levels, firstCounts }: Hierarchy,
  context: DataContext,
  candidates: Map<Span, Repeated>,
  needed: Set<Span>,
): void {
  for (const [index, source] of levels.entries()) {
    if (!source) continue
    for (const key of context.readKeys) {
      const here = entryAt(source, key)
      const parts = parameterKey(key)
      if (!here || !parts || !context.parametersOf(parts[0])?.includes(parts[1])) continue
      const lower = nextWith(key, levels.slice(index + 1))
      const same = lower && firstCounts(key) === true && hashKey(lower.entry.value) === hashKey(here.entry.value)
      if (same) candidates.set(here.span, { key, below: lower.span })
      else needed.add(here.span)
    }
  }
}

/** The next level below that has the key; none where a level between them is no data file. */
function nextWith(key: string, levels: readonly (DataSource | undefined)[]) {
  for (const level of levels) {
    if (!level) return undefined
    if (level.value.entries.has(`'${key}`)) return entryAt(level, key)
  }
  return undefined
}
