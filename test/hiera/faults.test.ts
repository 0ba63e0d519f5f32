import { describe, expect, it } from 'vitest'
import { forNode, lookup, lookupParameter } from '../../src/hiera/lookup.ts'
import { type HieraSources, openHiera } from '../../src/hiera/sources.ts'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { type Diagnostic, Failure } from '../../src/source/diagnostic.ts'
import { type Files, memoryFiles } from '../../src/source/files.ts'
import { lineOf, positionAt, sourceFile, spanText } from '../../src/source/source-file.ts'
import { contextFor, type NodeFacts, nodes } from './lookup-setup.ts'

const config = 'version: 5\nhierarchy:\n  - name: Common\n    path: common.yaml\n'

function environment(contents: Readonly<Record<string, string | Uint8Array>>, extra: Partial<HieraSources> = {}) {
  const files = memoryFiles('/env', new Map(Object.entries({ 'hiera.yaml': config, ...contents })))
  const node = forNode(openHiera({ files, environment: 'x', modules: [], ...extra }))
  const context = contextFor(nodes.web as NodeFacts, () => node)
  const look = (name: string) => lookup(node, context, { names: [name], required: true })
  return { node, context, look }
}

function failure(run: () => unknown): Diagnostic {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic
    throw error
  }
  throw new Error('it did not fail')
}

function place(diagnostic: Pick<Diagnostic, 'span'> | undefined): string {
  const { span } = diagnostic ?? {}
  if (!span) return ''
  const { line, column } = positionAt(span.file, span.start)
  return `${span.file.path}:${line}:${column}`
}

describe('what is wrong with data', () => {
  it('is told with its place where YAML does not parse', () => {
    const { look } = environment({ 'data/common.yaml': 'a: 1\nb: [1, 2\nc: 3\n' })
    const diagnostic = failure(() => look('a'))
    expect(diagnostic.message).toBe(
      "Unable to parse (/env/data/common.yaml): did not find expected ',' or ']' while parsing a flow sequence at line 2 column 4",
    )
    expect(place(diagnostic)).toBe('data/common.yaml:3:2')
    expect(diagnostic.related?.map((r) => lineOf(r.span))).toEqual([2])
  })

  it('is a cycle of aliases', () => {
    const { look } = environment({ 'data/common.yaml': 'a: &a\n  b: *a\n' })
    const diagnostic = failure(() => look('a'))
    expect(diagnostic.message).toContain('The alias *a stands inside the node that it names')
    expect(place(diagnostic)).toBe('data/common.yaml:2:6')
  })

  it('is a file whose aliases multiply beyond all data', () => {
    const lines = ['a0: &a0 ["%{facts.role}", "%{facts.role}"]']
    for (let i = 1; i <= 40; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`)
    const { look } = environment({ 'data/common.yaml': `${lines.join('\n')}\n` })
    const diagnostic = failure(() => look('a40'))
    expect(diagnostic.message).toContain('the aliases of this file stand for more than 1,000,000 values')
    expect(place(diagnostic)).toBe('data/common.yaml:18:18')
    const few = environment({ 'data/common.yaml': `${lines.slice(0, 15).join('\n')}\n` })
    expect(few.look('a14').value?.kind).toBe('array')
  })

  it('is nesting without end', () => {
    const { look } = environment({ 'data/common.yaml': `a: ${'['.repeat(100_000)}` })
    expect(failure(() => look('a')).message).toContain('nested deeper than')
  })

  it('is a file of too many megabytes', () => {
    const bytes = new Uint8Array(1)
    const plain = memoryFiles(
      '/env',
      new Map<string, string | Uint8Array>([
        ['hiera.yaml', config],
        ['data/common.yaml', bytes],
      ]),
    )
    const files: Files = {
      ...plain,
      entry: (path) => (path === 'data/common.yaml' ? { kind: 'file', size: 100 * 1048576 } : plain.entry(path)),
    }
    const node = forNode(openHiera({ files, environment: 'x', modules: [] }))
    const context = contextFor(nodes.web as NodeFacts, () => node)
    const diagnostic = failure(() => lookup(node, context, { names: ['a'], required: true }))
    expect(diagnostic.message).toBe(
      '/env/data/common.yaml: the file has 100 MB; data files of more than 32 MB are not read',
    )
    expect(place(diagnostic)).toBe('data/common.yaml:1:1')
  })

  it('is a file that is not UTF-8', () => {
    const { look } = environment({ 'data/common.yaml': Uint8Array.from([0x61, 0x3a, 0x20, 0xff, 0x0a]) })
    expect(failure(() => look('a')).message).toBe('/env/data/common.yaml: the file is not UTF-8 text')
    // A replacement character that the file has itself is none.
    const late = environment({ 'data/common.yaml': Buffer.concat([Buffer.from('a: "\ufffd"\nb: '), Buffer.of(0xff)]) })
    expect(place(failure(() => late.look('a')))).toBe('data/common.yaml:2:4')
  })

  it('is a hierarchy that leads outside, which counts as missing', () => {
    const outside = config.replace('path: common.yaml', 'paths: ["../../etc/passwd", "common.yaml"]')
    const { look, context } = environment({ 'hiera.yaml': outside, 'data/common.yaml': 'a: 1\n' })
    expect(look('a').value).toMatchObject({ value: 1n })
    expect(context.reported.map((d) => d.code)).toEqual(['hiera/outside'])
    expect(place(context.reported[0])).toBe('hiera.yaml:4:13')
  })

  it('is a data function that is not there', () => {
    const missing = config.replace('path: common.yaml', 'data_hash: nosuch::data')
    const { look } = environment({ 'hiera.yaml': missing })
    const diagnostic = failure(() => look('a'))
    expect(diagnostic.message).toBe("Unable to find 'data_hash' function named 'nosuch::data'")
    expect(place(diagnostic)).toBe('hiera.yaml:3:5')
  })

  it('is a value of another type than is asked for, with the place of the element that is the cause', () => {
    const { node, context } = environment({ 'data/common.yaml': 'a: [1]\nb: text\nc: [1, two, 3, four]\n' })
    const diagnostic = failure(() =>
      lookup(node, context, { names: ['b'], valueType: { kind: 'Integer' }, required: true }),
    )
    expect(diagnostic.message).toBe('Found value has wrong type, expects an Integer value, got String')
    // The error's own place is that of the caller.
    expect([diagnostic.span, place(diagnostic.related?.[0])]).toEqual([undefined, 'data/common.yaml:2:4'])
    const inner = failure(() =>
      lookup(node, context, {
        names: ['c'],
        valueType: { kind: 'Array', element: { kind: 'Integer' } },
        required: true,
      }),
    )
    expect(inner.related?.map(place)).toEqual(['data/common.yaml:3:8', 'data/common.yaml:3:16'])
  })

  it('is a key that stands twice, which is a warning', () => {
    const { look, context } = environment({ 'data/common.yaml': 'a: 1\nb: 2\na: 3\n' })
    expect(look('a').value).toMatchObject({ value: 3n })
    expect(context.reported.map((d) => [d.code, d.severity, place(d)])).toEqual([
      ['hiera/duplicate-key', 'warning', 'data/common.yaml:3:1'],
    ])
  })

  it('stays with its own node: the next one is answered from the same files', () => {
    const files = memoryFiles(
      '/env',
      new Map([
        ['hiera.yaml', config.replace('common.yaml', '"%{facts.role}.yaml"')],
        ['data/web.yaml', 'a: [\n'],
        ['data/db.yaml', 'a: fine\n'],
      ]),
    )
    const hiera = openHiera({ files, environment: 'x', modules: [] })
    const web = forNode(hiera)
    failure(() =>
      lookup(
        web,
        contextFor(nodes.web as NodeFacts, () => web),
        { names: ['a'], required: true },
      ),
    )
    const db = forNode(hiera)
    const found = lookup(
      db,
      contextFor(nodes.db as NodeFacts, () => db),
      { names: ['a'], required: true },
    )
    expect(found.value).toMatchObject({ value: 'fine' })
  })
})

describe('a node', () => {
  it('knows which files and keys its look-ups read', () => {
    const { node, context, look } = environment({
      'hiera.yaml': config.replace('path: common.yaml', 'paths: ["%{facts.role}.yaml", "common.yaml"]'),
      'data/common.yaml': 'a: 1\np::q: 2\n',
    })
    look('a')
    expect(lookupParameter(node, context, 'p', 'q')).toMatchObject({ value: 2n })
    expect(lookupParameter(node, context, 'p', 'none')).toBeUndefined()
    expect([...node.reads.files]).toEqual(['data/common.yaml'])
    expect([...node.reads.missing]).toEqual(['data/web.yaml'])
    expect([...node.reads.keys]).toEqual(['a', 'p::q', 'p::none'])
  })
})

describe('parseYaml', () => {
  it('gives every value the span of its node', () => {
    const file = sourceFile('x.yaml', 'a: &x "q"\nb: [1, {c: *x}]\nd: |\n  text\n')
    const { value } = parseYaml(file)
    if (value?.kind !== 'hash') throw new Error('no hash')
    const texts = [...value.entries.values()].map((e) =>
      [e.key, e.value].map((v) => v.origin.kind === 'literal' && spanText(v.origin.span)),
    )
    expect(texts).toEqual([
      ['a', '"q"'],
      ['b', '[1, {c: *x}]'],
      ['d', '|\n  text'],
    ])
  })

  it('reads what Ruby wrote as plain data where that is wanted', () => {
    const text = '--- !ruby/object:Puppet::Node::Facts\nname: web\nvalues:\n  :sym: :text\n  when: 2001-01-01\n'
    expect(parseYaml(sourceFile('x', text)).diagnostics.map((d) => d.message)).toEqual([
      'Tried to load unspecified class: Puppet::Node::Facts',
    ])
    const { value, diagnostics } = parseYaml(sourceFile('x', text), { objects: 'plain' })
    expect(diagnostics).toEqual([])
    expect(value?.kind === 'hash' && value.entries.get("'values")?.value).toMatchObject({
      entries: new Map([
        ["'sym", { value: { value: 'text' } }],
        ["'when", { value: { value: '2001-01-01' } }],
      ]),
    })
  })

  it('reads 20,000 keys in 2 MB without noticeable delay', () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `profile::module${i % 100}::parameter_${i}: "value ${i} %{facts.os.family} ${'x'.repeat(40)}"\n`,
    )
    const file = sourceFile('x.yaml', lines.join(''))
    const started = performance.now()
    const { value } = parseYaml(file)
    const milliseconds = performance.now() - started
    expect(value?.kind === 'hash' && value.entries.size).toBe(20_000)
    // About 80 ms on a free machine; the bound only tells linear work from quadratic.
    expect(milliseconds).toBeLessThan(2000)
  })
})
