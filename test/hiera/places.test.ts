import { describe, expect, it } from 'vitest'
import type { ExplainStep } from '../../src/hiera/explain.ts'
import { forNode, lookup } from '../../src/hiera/lookup.ts'
import { openHiera } from '../../src/hiera/sources.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { positionAt } from '../../src/source/source-file.ts'
import { dataPlace } from '../../src/value/origin.ts'
import { hashGet, type Value } from '../../src/value/value.ts'
import { contextFor, type NodeFacts, nodes, toValue } from './lookup-setup.ts'

/**
 * Every value is a text of its own, `mark` and a number, so that its place is where a search for it finds it: nothing
 * of the program has a part in what is expected.
 */
const environment: Readonly<Record<string, string>> = {
  'hiera.yaml': `version: 5
hierarchy:
  - {name: Node, path: "nodes/%{trusted.certname}.yaml"}
  - {name: Roles, paths: [role.yaml, other.yaml]}
  - {name: Json, data_hash: json_data, path: data.json}
  - {name: Globbed, glob: "d/*.yaml"}
  - {name: Mapped, mapped_paths: [services, name, "services/%{name}.yaml"]}
  - {name: Common, path: common.yaml}
`,
  'data/nodes/web01.example.com.yaml': `---
# A comment with a colon: and a [bracket
plain: mark001
quoted: "mark002"
single:    'mark003'
list:
  - mark004
  -   "mark005"
flow: [mark006, 'mark007', "mark008"]
hash:
  a: mark009
  b: {c: mark010, d: [mark011, mark012]}
anchor: &x {p: mark013, q: [mark014]}
aliased: *x
merged_in:
  <<: *x
  r: mark015
"quoted key": mark016
? complex
: mark017
indentless:
- mark018
- k: mark019
  l: mark020
nested:
  - - mark021
    - mark022
  - x: {y: {z: mark023}}
over_lines: "mark024 goes
  on"
plain_over_lines: mark025 goes
  on
tagged: !!str mark026
ünïcode: mark027
emoji: ["😀", mark028]
tabbed:	mark029
unique_list: [mark030, mark031]
deep:
  node_only: mark032
  shared:
    list: [mark033]
    both: mark034
hash_merge: {one: mark035, two: mark036}
rows:
  - {host: mark037}
knocked:
  - mark038
  - --mark112
options_unique: [mark039]
options_deep: {a: {x: mark040}}
alias_to: "%{alias('hash')}"
lookup_to: "%{lookup('plain')}"
modular::list: [mark041]
modular::hash: {own: mark042}
`,
  'data/role.yaml': `unique_list:
  - mark050
  - mark051
deep:
  shared:
    list:
      - mark052
    role: mark053
  role_only: [mark054, {in: mark055}]
hash_merge:
  two: overridden
  three: mark056
rows: [{port: mark057}, {host: mark058, port: mark059}]
options_unique:
- mark060
options_deep:
  a: {y: mark061}
  b: mark062
below: mark063
`,
  'data/other.yaml': 'second_path: {k: [mark064]}\nunique_list: [mark065]\n',
  'data/data.json': `{
  "json_plain": "mark070",
  "json_list": ["mark071", {"k": "mark072"}],
  "unique_list": ["mark073",
    "mark074"],
  "deep": {"shared": {"list": ["mark075"], "json": "mark076"}},
  "hash_merge": {"four": "mark077"}
}
`,
  'data/d/a.yaml': 'globbed_a: mark080\nunique_list: [mark081]\n',
  'data/d/b.yaml': '# b\n\nglobbed_b:\n    far:\n          - mark082\nunique_list: [mark083]\n',
  'data/services/dns.yaml': 'mapped: mark084\nunique_list: [mark085]\n',
  'data/services/ntp.yaml': 'mapped: overridden\nmapped_second: mark086\n',
  'data/common.yaml': `lookup_options:
  options_unique: {merge: unique}
  "^options_d.*": {merge: deep}
  modular::list: {merge: unique}
  modular::hash: {merge: hash}
deep: {shared: {list: [mark090], both: overridden, common: mark091}, common_only: {x: {y: mark092}}}
unique_list: [mark093, mark094]
hash_merge:
  five: [mark095, mark096]
rows:
  - common: mark097
knocked: [mark098, mark112]
options_unique: [mark099]
options_deep: {c: [mark100]}
last: {a: [{b: mark101}, mark102]}
dots: {a: {"b.c": mark103}}
empty_first: {"": mark104}
`,
}
const module: Readonly<Record<string, string>> = {
  'hiera.yaml': `version: 5
hierarchy: [{name: Module common, path: common.yaml}]
default_hierarchy: [{name: Module defaults, path: defaults.yaml}]
`,
  'data/common.yaml': `modular::list: [mark120]
modular::hash:
  module: mark121
modular::plain: mark122
lookup_options:
  modular::own: {merge: deep}
modular::own: {a: mark123}
`,
  'data/defaults.yaml': 'modular::fallback: {deep: [mark124, {er: mark125}]}\n',
}
const global: Readonly<Record<string, string>> = {
  'hiera.yaml': 'version: 5\nhierarchy: [{name: Server, path: server.yaml}]\n',
  'data/server.yaml':
    'server: mark130\nunique_list: [mark131]\ndeep: {server: [mark132]}\nhash_merge: {six: mark133}\n',
}

const shownBelow = { '': environment, 'site/modular/': module, '/global/': global }

/** Where a marked text stands: quotes belong to a scalar. */
function search(mark: string): string {
  const found = Object.entries(shownBelow).flatMap(([below, files]) =>
    Object.entries(files).flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => {
        const at = line.search(new RegExp(`(?<!-)["']?${mark}`))
        return at < 0 ? [] : [`${below}${path}:${index + 1}:${at + 1}`]
      }),
    ),
  )
  expect(found, mark).toHaveLength(1)
  return found[0] as string
}

function tree(root: string, files: Readonly<Record<string, string>>) {
  return memoryFiles(root, new Map(Object.entries(files)))
}

const hiera = openHiera({
  files: tree('/env', environment),
  environment: 'test',
  modules: [{ name: 'modular', files: tree('/env/site/modular', module), shown: 'site/modular' }],
  global: { files: tree('/global', global), path: 'hiera.yaml' },
})
const facts: NodeFacts = {
  trusted: { certname: 'web01.example.com' },
  facts: { ...(nodes.web as NodeFacts).facts, services: ['dns', 'ntp'] },
}

function look(key: string, merge?: unknown) {
  const node = forNode(hiera)
  const context = contextFor(facts, () => node)
  return lookup(
    node,
    context,
    { names: [key], required: true, ...(merge === undefined ? {} : { merge: toValue(merge) }) },
    { explain: true },
  )
}

interface Leaf {
  readonly at: string
  readonly value: Value
}

function* leaves(value: Value, at = ''): Generator<Leaf> {
  if (value.kind === 'array') for (const [i, inner] of value.values.entries()) yield* leaves(inner, `${at}[${i}]`)
  else if (value.kind === 'hash')
    for (const { key, value: inner } of value.entries.values())
      yield* leaves(inner, `${at}.${key.kind === 'string' ? key.value : key.kind}`)
  else yield { at, value }
}

const markOf = ({ value }: Leaf): string | undefined =>
  value.kind === 'string' ? /(?<!-)mark\d{3}/.exec(value.value)?.[0] : undefined

function placeOf({ origin }: Value): string {
  const place = dataPlace(origin)
  if (!place) return origin.kind
  const { line, column } = positionAt(place.span.file, place.span.start)
  return `${place.span.file.path}:${line}:${column}`
}

const knockout = { strategy: 'deep', knockout_prefix: '--' }
const byPosition = { strategy: 'deep', merge_hash_arrays: true }
const asked: readonly (readonly [key: string, merge?: unknown])[] = [
  ...Object.values(environment)
    .flatMap((text) => [...text.matchAll(/^"?([a-zü][a-zï _]*)"?:(?!:)/gmu)].map(([, key]) => key as string))
    .filter((key) => !['version', 'hierarchy', 'lookup_options'].includes(key))
    .map((key) => [key] as const),
  ...['complex', 'json_plain', 'json_list', 'hash.b.d.1', 'nested.1.x.y', 'json_list.1.k', 'last.a.0.b'].map(
    (key) => [key] as const,
  ),
  ...['dots.a."b.c"', 'server', 'modular::list', 'modular::hash'].map((key) => [key] as const),
  ...['modular::plain', 'modular::own', 'modular::fallback', 'modular::fallback.deep.1.er'].map(
    (key) => [key] as const,
  ),
  ['unique_list', 'unique'],
  ['deep', 'deep'],
  ['deep', 'hash'],
  ['deep.shared.list', 'deep'],
  ['hash_merge', 'hash'],
  ['hash_merge', 'deep'],
  ['rows', 'deep'],
  ['rows', 'unique'],
  ['rows', byPosition],
  ['knocked', knockout],
  ['knocked', 'unique'],
  ['list', 'unique'],
  ['nested', 'deep'],
]
/** What stands where the expression does that made it. */
const ownPlace: ReadonlySet<string> = new Set(['lookup_to'])

const cases = [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()].flatMap(([key, merge]) => {
  const { value } = look(key, merge)
  const chosen = merge === undefined ? '' : ` merged with ${JSON.stringify(merge)}`
  return [...leaves(value ?? expect.fail(key))].flatMap((leaf) => {
    const mark = markOf(leaf)
    return mark === undefined || ownPlace.has(key)
      ? []
      : [[`${key}${chosen}: ${mark} at ${leaf.at || 'the top'}`, mark, leaf.value] as const]
  })
})

describe('the place of every part of a value', () => {
  it('is tried with more than a hundred parts, each text of the files among them', () => {
    expect(cases.length).toBeGreaterThan(150)
    const marks = Object.values(shownBelow).flatMap((files) =>
      Object.values(files).flatMap((text) => [...text.matchAll(/mark\d{3}/g)].map(([mark]) => mark)),
    )
    expect(new Set(cases.map(([, mark]) => mark))).toEqual(new Set(marks))
  })

  it.each(cases)('%s', (_, mark, value) => {
    expect(placeOf(value)).toBe(search(mark))
  })
})

/** What the levels of an explanation found. */
function* found(steps: readonly ExplainStep[]): Generator<Value> {
  for (const step of steps) {
    if (step.outcome === 'found' && step.value) yield step.value
    yield* found(step.branches)
  }
}

describe('the explanation', () => {
  const explained = asked.flatMap(([key, merge]) =>
    [...found(look(key, merge).explanation)].flatMap((value) => [...leaves(value)].map((leaf) => ({ key, leaf }))),
  )

  it('has the place of every part that a level found', () => {
    const wrong: string[] = []
    let checked = 0
    for (const { key, leaf } of explained) {
      const mark = markOf(leaf)
      if (mark === undefined || ownPlace.has(key)) continue
      if (placeOf(leaf.value) !== search(mark))
        wrong.push(`${key}${leaf.at}: ${placeOf(leaf.value)}, not ${search(mark)}`)
      checked++
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(200)
  })
})

describe('places of merged values, told by hand', () => {
  const part = (value: Value | undefined, ...path: (string | number)[]): Value => {
    let at = value
    for (const step of path)
      at =
        at?.kind === 'array' ? at.values[step as number] : at?.kind === 'hash' ? hashGet(at, String(step)) : undefined
    return at ?? expect.fail(path.join('.'))
  }
  it.each([
    ['unique_list', 'unique', [0], 'mark131', 'data/server.yaml'],
    ['unique_list', 'unique', [1], 'mark030', 'data/nodes/web01.example.com.yaml'],
    ['unique_list', 'unique', [4], 'mark051', 'data/role.yaml'],
    ['unique_list', 'unique', [5], 'mark065', 'data/other.yaml'],
    ['unique_list', 'unique', [7], 'mark074', 'data/data.json'],
    ['unique_list', 'unique', [10], 'mark085', 'data/services/dns.yaml'],
    ['deep', 'deep', ['shared', 'both'], 'mark034', 'data/nodes/web01.example.com.yaml'],
    ['deep', 'deep', ['shared', 'common'], 'mark091', 'data/common.yaml'],
    ['deep', 'deep', ['shared', 'json'], 'mark076', 'data/data.json'],
    ['deep', 'deep', ['role_only', 1, 'in'], 'mark055', 'data/role.yaml'],
    ['hash_merge', 'hash', ['two'], 'mark036', 'data/nodes/web01.example.com.yaml'],
    ['hash_merge', 'hash', ['five', 1], 'mark096', 'data/common.yaml'],
    ['rows', byPosition, [0, 'host'], 'mark037', 'data/nodes/web01.example.com.yaml'],
    ['rows', byPosition, [0, 'port'], 'mark057', 'data/role.yaml'],
    ['rows', byPosition, [0, 'common'], 'mark097', 'data/common.yaml'],
    ['rows', byPosition, [1, 'port'], 'mark059', 'data/role.yaml'],
    ['options_deep', undefined, ['a', 'y'], 'mark061', 'data/role.yaml'],
    ['knocked', knockout, [0], 'mark098', 'data/common.yaml'],
    ['modular::list', undefined, [1], 'mark120', 'site/modular/data/common.yaml'],
    ['modular::hash', undefined, ['own'], 'mark042', 'data/nodes/web01.example.com.yaml'],
    ['modular::hash', undefined, ['module'], 'mark121', 'site/modular/data/common.yaml'],
  ] as const)('%s %j %j is %s of %s', (key, merge, path, mark, file) => {
    const value = part(look(key, merge).value, ...path)
    expect(markOf({ at: '', value })).toBe(mark)
    expect(placeOf(value)).toBe(search(mark))
    expect(placeOf(value)).toContain(`${file}:`)
  })

  it('leads from an interpolated text to the expression, and from there to what it read', () => {
    const { value } = look('lookup_to')
    if (value?.origin.kind !== 'text') return expect.fail('no text')
    expect(placeOf(value)).toBe(`data/nodes/web01.example.com.yaml:${lineWith('lookup_to')}:12`)
    expect(value.origin.pieces.map(({ origin }) => dataPlace(origin)?.span.start)).toEqual([
      environment['data/nodes/web01.example.com.yaml']?.indexOf('mark001'),
    ])
  })
})

function lineWith(key: string): number {
  const lines = (environment['data/nodes/web01.example.com.yaml'] as string).split('\n')
  return lines.findIndex((line) => line.startsWith(`${key}:`)) + 1
}
