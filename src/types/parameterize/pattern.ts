import { rubyRegexp } from '../../value/regexp.ts'
import type { Value } from '../../value/value.ts'

/** The patterns of keys that are strings, regular expressions, and Pattern and Regexp types, each once. */
export function patternsOf(keys: readonly Value[]): readonly string[] {
  const patterns = new Set<string>()
  for (const key of keys) {
    if (key.kind === 'string') {
      rubyRegexp(key.value)
      patterns.add(key.value)
    } else if (key.kind === 'regexp') patterns.add(key.pattern)
    else if (key.kind === 'type' && key.type.kind === 'Regexp') patterns.add(key.type.pattern ?? '')
    else if (key.kind === 'type' && key.type.kind === 'Pattern') for (const p of key.type.patterns) patterns.add(p)
  }
  return [...patterns]
}
