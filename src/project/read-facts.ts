import { parseJson } from '../hiera/json.ts'
import { parseYaml } from '../hiera/yaml.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, type Span, sourceFile, span } from '../source/source-file.ts'
import {
  array,
  boolean,
  float,
  type HashValue,
  hash,
  hashGet,
  integer,
  string,
  undef,
  type Value,
  withOrigin,
} from '../value/value.ts'
import { factSets } from './fact-shapes.ts'

/** The facts of one node, each value with a `fact` origin. */
export interface NodeFacts {
  readonly name: string
  readonly facts: HashValue
  readonly trusted?: HashValue
}

const badName = define('error', 'project/node-name', (name: string) => `'${name}' cannot be the name of a node`)

/**
 * The facts in a file, of one node or of several, in one of the shapes that `factSets` tells. A node's name is what the
 * file says, else `fallback` (the file's own name). What ends in `.json` is read as JSON, anything else as YAML.
 */
export function readFacts(
  file: SourceFile,
  fallback: string | ((values: HashValue) => string),
): { nodes: readonly NodeFacts[]; diagnostics: readonly Diagnostic[] } {
  const text = file.text.startsWith(byteOrderMark) ? sourceFile(file.path, file.text.slice(1)) : file
  const { value, diagnostics } = file.path.endsWith('.json') ? readJson(text) : parseYaml(text, { objects: 'plain' })
  if (diagnostics.some((d) => d.severity === 'error')) return { nodes: [], diagnostics }
  const place = (part: Value | undefined): Span =>
    part?.origin.kind === 'literal' ? part.origin.span : span(text, 0, Math.min(1, text.text.length))
  const found = factSets(value, file.path, place)
  const problems = [...diagnostics, ...found.diagnostics]
  const nodes: NodeFacts[] = []
  for (const set of found.sets) {
    const { values } = set
    const name = set.name ?? (typeof fallback === 'string' ? fallback : fallback(values))
    if (!/^[\w.:@-]+$/.test(name)) {
      const remedy = 'A certname has letters, digits, dots, underscores and dashes.'
      problems.push(badName([name], { span: set.span ?? place(undefined), remedy }))
      continue
    }
    const trusted = set.trusted ?? hashGet(values, 'trusted')
    nodes.push({
      name,
      facts: withFactOrigins(withoutTrusted(values), '') as HashValue,
      ...(trusted?.kind === 'hash' ? { trusted: withFactOrigins(trusted, 'trusted') as HashValue } : {}),
    })
  }
  return { nodes, diagnostics: problems }
}

const byteOrderMark = '\ufeff'
const mostQuoted = 60

/** Ruby quotes all that follows a fault: here the beginning is enough, as the place is shown. */
function readJson(file: SourceFile): ReturnType<typeof parseJson> {
  if (file.text.trim() === '') return { diagnostics: [] }
  const { value, diagnostics } = parseJson(file, { named: 'fault' })
  const short = diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: diagnostic.message.replace(/'(.*)([\s\S]*)'$/, (_, line: string, more: string) => {
      const isWhole = more.trim() === '' && line.length <= mostQuoted
      return isWhole ? `'${line}'` : `'${line.slice(0, mostQuoted)}…'`
    }),
  }))
  return { ...(value ? { value } : {}), diagnostics: short }
}

/** What is trusted is no fact, though some keep both in one file. */
function withoutTrusted(values: HashValue): HashValue {
  const entries = new Map(values.entries)
  return entries.delete("'trusted") ? { ...values, entries } : values
}

/** The same value; its parts know the fact they are, by dotted name, and the place in the file. */
export function withFactOrigins(value: Value, name: string): Value {
  const origin = {
    kind: 'fact',
    name,
    ...(value.origin.kind === 'literal' ? { span: value.origin.span } : {}),
  } as const
  const within = (key: string) => (name === '' ? key : `${name}.${key}`)
  switch (value.kind) {
    case 'array':
      return { ...value, origin, values: value.values.map((element, i) => withFactOrigins(element, within(String(i)))) }
    case 'hash': {
      const entries = new Map<string, { key: Value; value: Value }>()
      for (const [key, entry] of value.entries)
        entries.set(key, {
          key: entry.key,
          value: withFactOrigins(entry.value, within(entry.key.kind === 'string' ? entry.key.value : key)),
        })
      return { ...value, origin, entries }
    }
    default:
      return withOrigin(value, origin)
  }
}

/** Facts out of JSON data, as a batch request holds them. */
export function factsFromJson(data: unknown, name: string): Value {
  const origin = { kind: 'fact', name } as const
  const within = (key: string) => (name === '' ? key : `${name}.${key}`)
  if (data === null || data === undefined) return undef(origin)
  if (typeof data === 'boolean') return boolean(data, origin)
  if (typeof data === 'number') return Number.isInteger(data) ? integer(data, origin) : float(data, origin)
  if (typeof data === 'string') return string(data, origin)
  if (Array.isArray(data))
    return array(
      data.map((element, i) => factsFromJson(element, within(String(i)))),
      origin,
    )
  return hash(
    Object.entries(data as object).map(
      ([key, value]) => [string(key, origin), factsFromJson(value, within(key))] as const,
    ),
    origin,
  )
}
