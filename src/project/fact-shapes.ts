import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'

/** What a file of facts says of one node. */
export interface FactSet {
  /** Left out where the file does not tell. */
  readonly name?: string
  readonly values: HashValue
  readonly trusted?: HashValue
  /** Where the file begins to speak of the node. */
  readonly span?: Span
}

const remedy =
  'Save what `puppet facts`, `facter --json` or `facter --yaml` print, or what PuppetDB answers at facts, factsets or inventory.'

const wrongShape = define(
  'error',
  'project/facts-shape',
  (path: string, found: string) => `${path} should hold the facts of nodes, but ${found}`,
)

/**
 * The facts of a document by node, in the shapes that people have:
 *
 * - the facts themselves: `facter --json`, `facter --yaml`, `puppet facts`;
 * - `{name, values}`: `puppet facts find`, a server's own cache, `puppet db export`;
 * - `{certname, facts: {data: [{name, value}]}}`, `{certname, facts, trusted}`, or a list of them: PuppetDB's `/factsets`
 *   and `/inventory`;
 * - a list of `{certname, name, value}`: PuppetDB's `/facts`.
 */
export function factSets(
  document: Value | undefined,
  path: string,
  place: (value: Value | undefined) => Span,
): { readonly sets: readonly FactSet[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const refuse = (found: string, at: Value | undefined): undefined => {
    diagnostics.push(wrongShape([path, found], { span: place(at), remedy }))
  }
  const whole = (value: HashValue, alone: boolean): FactSet | undefined => {
    const about = { ...nameOf(value), ...spanOf(value) }
    const values = hashGet(value, 'values')
    if (values?.kind === 'hash') return { ...about, values }
    const facts = hashGet(value, 'facts')
    const told = [...value.entries.values()].every(({ key }) => key.kind === 'string' && besides.has(key.value))
    if (!facts || !(told || 'name' in about)) {
      if (!alone) return refuse('this element names no node or has no facts', value)
      return { values: value }
    }
    const trusted = hashGet(value, 'trusted')
    const set = { ...about, ...(trusted?.kind === 'hash' ? { trusted } : {}) }
    const data = facts.kind === 'hash' ? hashGet(facts, 'data') : facts
    if (data?.kind === 'array') {
      const entries: Entries = new Map()
      return data.values.every((row) => addRow(row, entries) || refuse('this is no {name, value}', row))
        ? { ...set, values: { kind: 'hash', entries, origin: data.origin } }
        : undefined
    }
    if (facts.kind !== 'hash') return refuse('these facts are no hash', facts)
    if (!data && facts.entries.size === 1 && hashGet(facts, 'href'))
      return refuse('this is only the address of facts', facts)
    return { ...set, values: facts }
  }
  if (document?.kind === 'hash') {
    const set = whole(document, true)
    return { sets: set ? [set] : [], diagnostics }
  }
  if (document?.kind !== 'array' || document.values.length === 0) {
    refuse(describe(document), document)
    return { sets: [], diagnostics }
  }
  const sets: FactSet[] = []
  const rows = new Map<string | undefined, Entries>()
  for (const element of document.values) {
    // What is wrong with one is mostly wrong with all.
    if (diagnostics.length > 0) return { sets: [], diagnostics }
    if (element.kind !== 'hash') refuse('this element is no hash', element)
    else if (hashGet(element, 'path')) refuse('this is a part of a fact, as /fact-contents has them', element)
    else if (hashGet(element, 'value')) {
      const name = textOf(hashGet(element, 'certname'))
      let entries = rows.get(name)
      if (!entries) {
        entries = new Map()
        rows.set(name, entries)
        const values: HashValue = { kind: 'hash', entries, origin: document.origin }
        sets.push({ ...(name === undefined ? {} : { name }), values, ...spanOf(element) })
      }
      if (!addRow(element, entries)) refuse('this is no {name, value}', element)
    } else {
      const set = whole(element, false)
      if (set) sets.push(set)
    }
  }
  return { sets, diagnostics }
}

/** What stands beside `facts` where a file says of whom they are. */
const besides: ReadonlySet<string> = new Set([
  'certname',
  'environment',
  'facts',
  'hash',
  'name',
  'node',
  'producer',
  'producer_timestamp',
  'timestamp',
  'trusted',
])

function nameOf(value: HashValue): { name?: string } {
  for (const key of ['certname', 'name', 'node']) {
    const name = textOf(hashGet(value, key))
    if (name !== undefined) return { name }
  }
  return {}
}

type Entries = Map<string, { key: Value; value: Value }>

function addRow(row: Value, entries: Entries): boolean {
  const key = row.kind === 'hash' ? hashGet(row, 'name') : undefined
  const value = row.kind === 'hash' ? hashGet(row, 'value') : undefined
  if (key?.kind !== 'string' || !value) return false
  entries.set(`'${key.value}`, { key, value })
  return true
}

function describe(value: Value | undefined): string {
  if (value === undefined || value.kind === 'undef') return 'it holds nothing'
  return value.kind === 'array' ? 'the list is empty' : `it holds a value of type ${value.kind}`
}

function spanOf({ origin }: Value): { span?: Span } {
  return origin.kind === 'literal' ? { span: origin.span } : {}
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined
}
