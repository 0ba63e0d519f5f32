import { splitKey } from '../../hiera/key.ts'
import { Failure } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { suggest } from '../../source/suggest.ts'
import type { DataContext, DataRule, Found } from './rule.ts'

const expression = /%\{\s*(?:::)?facts\.([^}]+?)\s*\}/g

/** `%{facts.nope}` in data or in a hiera.yaml, where no node has such a fact: it becomes nothing, without a word. */
export const unknownFact: DataRule = {
  code: 'unknown-fact',
  why: 'No node has the fact, so that the level or the value is never found.',
  severity: 'warning',
  *find(context) {
    for (const file of [...context.configurations, ...context.sources.map((source) => source.file)])
      yield* unknownIn(file, context)
  },
}

function* unknownIn(file: SourceFile, context: DataContext): Generator<Found> {
  for (const match of file.text.matchAll(expression)) {
    const name = match[1] as string
    const path = segments(name)
    if (!path || context.hasFact(path) || isComment(file.text, match.index)) continue
    const near = suggest(name, context.factNames())
    if (near.length === 0 && !context.ownFacts) continue
    yield {
      span: { file, start: match.index, end: match.index + match[0].length },
      message: `no node has the fact ${name}, so ${match[0]} is empty`,
      ...(near.length > 0 ? { remedy: `Did you mean '${near.join("' or '")}'?` } : {}),
    }
  }
}

function segments(name: string): readonly (string | bigint)[] | undefined {
  try {
    return splitKey(name, () => '')
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

function isComment(text: string, at: number): boolean {
  return /^\s*#|\s#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at))
}
