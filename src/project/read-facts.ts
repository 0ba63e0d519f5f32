import { parseYaml } from '../hiera/yaml.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, span } from '../source/source-file.ts'
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

/** The facts of one node, each value with a `fact` origin. */
export interface NodeFacts {
  readonly name: string
  readonly facts: HashValue
  readonly trusted?: HashValue
}

const badName = define('error', 'project/node-name', (name: string) => `'${name}' cannot be the name of a node`)
const noHash = define(
  'error',
  'project/facts-shape',
  (path: string, found: string) =>
    `${path} should hold the facts of a node as a hash, as \`puppet facts\` and \`facter --json\` print them, but it holds ${found}`,
)

/**
 * The facts in a file of one of the shapes that people have: `puppet facts` (`{name, values}`), `facter --json` and
 * `facter --yaml` (the facts themselves), PuppetDB's fact sets (`{certname, facts: {data: [{name, value}]}}`). The
 * node's name is what the file says, else `fallback` (its own name).
 */
export function readFacts(
  file: SourceFile,
  fallback: string,
): { node?: NodeFacts; diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = parseYaml(file, { objects: 'plain' })
  if (diagnostics.some((d) => d.severity === 'error')) return { diagnostics }
  if (value?.kind !== 'hash') {
    const found = value === undefined || value.kind === 'undef' ? 'nothing' : `a value of type ${value.kind}`
    const place = value?.origin.kind === 'literal' ? value.origin.span : span(file, 0, Math.min(1, file.text.length))
    return { diagnostics: [...diagnostics, noHash([file.path, found], { span: place })] }
  }
  const values = factValues(value)
  const name = textOf(hashGet(value, 'name')) ?? textOf(hashGet(value, 'certname')) ?? fallback
  if (!/^[\w.:@-]+$/.test(name)) {
    const remedy = 'A certname has letters, digits, dots, underscores and dashes.'
    return {
      diagnostics: [...diagnostics, badName([name], { span: span(file, 0, Math.min(1, file.text.length)), remedy })],
    }
  }
  const trusted = hashGet(values, 'trusted')
  return {
    node: {
      name,
      facts: withFactOrigins(withoutTrusted(values), '') as HashValue,
      ...(trusted?.kind === 'hash' ? { trusted: withFactOrigins(trusted, 'trusted') as HashValue } : {}),
    },
    diagnostics,
  }
}

/** What is trusted is no fact, though some keep both in one file. */
function withoutTrusted(values: HashValue): HashValue {
  const entries = new Map(values.entries)
  return entries.delete("'trusted") ? { ...values, entries } : values
}

function factValues(value: HashValue): HashValue {
  const values = hashGet(value, 'values')
  if (values?.kind === 'hash') return values
  const factSet = hashGet(value, 'facts')
  const data = factSet?.kind === 'hash' ? hashGet(factSet, 'data') : undefined
  if (data?.kind !== 'array') return value
  const entries = new Map<string, { key: Value; value: Value }>()
  for (const row of data.values) {
    if (row.kind !== 'hash') continue
    const name = hashGet(row, 'name')
    const fact = hashGet(row, 'value')
    if (name?.kind === 'string' && fact) entries.set(`'${name.value}`, { key: name, value: fact })
  }
  return { ...value, entries }
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined
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
