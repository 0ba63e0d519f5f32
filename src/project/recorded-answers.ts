import type { RecordedQueries } from '../compiler/recorded-queries.ts'
import { parseYaml } from '../hiera/yaml.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import { sourceFile, span } from '../source/source-file.ts'
import { hashGet, hashKey, type Value } from '../value/value.ts'

/** Where the answers of PuppetDB are kept in a control repo. */
const answersDirectory = 'puppetdb'

const wrongShape = define(
  'error',
  'puppetdb/answer-shape',
  () => 'a recorded answer should be a hash with query (a text, or a list in the AST language) and result',
)

/**
 * PuppetDB's answers out of the files below `puppetdb/` (YAML or JSON): one hash with `query` and `result`, or a list of
 * them. A query is found whatever its white space.
 */
export function readAnswers(files: Files): {
  readonly queries: RecordedQueries
  readonly diagnostics: readonly Diagnostic[]
} {
  const answers = new Map<string, Value>()
  const diagnostics: Diagnostic[] = []
  for (const name of files.list(answersDirectory) ?? []) {
    const path = `${answersDirectory}/${name}`
    const text = /\.(json|ya?ml)$/.test(name) ? files.text(path) : undefined
    if (text === undefined) continue
    const file = sourceFile(path, text)
    const { value, diagnostics: found } = parseYaml(file)
    diagnostics.push(...found)
    if (found.some(({ severity }) => severity === 'error')) continue
    for (const entry of value?.kind === 'array' ? value.values : value ? [value] : []) {
      const query = entry.kind === 'hash' ? hashGet(entry, 'query') : undefined
      const result = entry.kind === 'hash' ? hashGet(entry, 'result') : undefined
      const place = entry.origin.kind === 'literal' ? entry.origin.span : span(file, 0, 0)
      if (!query || !result) diagnostics.push(wrongShape([], { span: place }))
      else answers.set(queryKey(query), result)
    }
  }
  return { queries: (query) => answers.get(queryKey(query)), diagnostics }
}

/** PQL takes texts in either quotes. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(["'\\])/g, '$1')
}

/** Blanks say nothing outside of quotes; a text in JSON is a query in the AST language. */
function queryKey(query: Value): string {
  if (query.kind !== 'string') return hashKey(query)
  if (query.value.trim().startsWith('[')) {
    const { value } = parseYaml(sourceFile('', query.value))
    if (value?.kind === 'array') return hashKey(value)
  }
  return query.value
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, i) =>
      i % 2 === 1 ? JSON.stringify(unquoted(part)) : part.replace(/\s+/g, ' ').replace(/ ?([^\w ]+) ?/g, '$1'),
    )
    .join('')
    .trim()
}
