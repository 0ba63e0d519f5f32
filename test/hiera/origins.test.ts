import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/hiera/json.ts'
import { forNode, lookup } from '../../src/hiera/lookup.ts'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { positionAt, sourceFile, spanText } from '../../src/source/source-file.ts'
import type { Origin } from '../../src/value/origin.ts'
import type { Value } from '../../src/value/value.ts'
import { contextFor, type NodeFacts, nodes, openEnvironment, toValue } from './lookup-setup.ts'
import { tagged } from './tagged.ts'

interface Case {
  readonly node: string
  readonly names: readonly string[]
  readonly merge?: unknown
  readonly function?: string
  readonly environment?: string
  readonly override?: unknown
  readonly defaults?: unknown
}

const recorded = JSON.parse(readFileSync(new URL('recorded/lookups.json', import.meta.url), 'utf8')) as {
  readonly answers: readonly Case[]
}

const looked = new Map<string, Value | undefined>()

function look(name: string, node: string, merge?: unknown, environment = 'hiera'): Value | undefined {
  const key = JSON.stringify([name, node, merge, environment])
  if (!looked.has(key)) looked.set(key, lookAt(name, node, merge, environment))
  return looked.get(key)
}

function lookAt(name: string, node: string, merge: unknown, environment: string): Value | undefined {
  const hiera = forNode(openEnvironment(environment))
  const context = contextFor(nodes[node] as NodeFacts, () => hiera)
  try {
    return lookup(hiera, context, {
      names: [name],
      required: false,
      ...(merge === undefined ? {} : { merge: toValue(merge) }),
    }).value
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** Every scalar in a value. */
function* leaves(value: Value): Generator<Value> {
  if (value.kind === 'array') for (const inner of value.values) yield* leaves(inner)
  else if (value.kind === 'hash') for (const { value: inner } of value.entries.values()) yield* leaves(inner)
  else if (value.kind === 'sensitive') yield* leaves(value.value)
  else yield value
}

/** The origin itself, below what decided that it was taken. */
function bare(origin: Origin): Origin {
  if (origin.kind === 'operation') return bare(origin.from[0] ?? origin)
  return origin.kind === 'chosen' ? bare(origin.from) : origin
}

function place(chosen: Origin): string {
  const origin = bare(chosen)
  if (origin.kind !== 'hiera' && origin.kind !== 'text') return origin.kind
  const { line, column } = positionAt(origin.span.file, origin.span.start)
  return `${origin.span.file.path}:${line}:${column}`
}

describe('the origin of what was looked up', () => {
  it('is the text that says the value, for every scalar of every recorded look-up', () => {
    let checked = 0
    const seen = new Set<string>()
    for (const one of recorded.answers) {
      const [name] = one.names
      if (name === undefined || one.function || one.override || one.defaults) continue
      const value = look(name, one.node, one.merge, one.environment)
      if (!value) continue
      for (const leaf of leaves(value)) {
        const { origin } = leaf
        if (origin.kind !== 'hiera' || !/\.(?:yaml|json)$/.test(origin.span.file.path)) continue
        // What a function of the hierarchy made up stands for its entry in hiera.yaml.
        if (origin.span.file.path.endsWith('hiera.yaml')) continue
        const parse = origin.span.file.path.endsWith('.json') ? parseJson : parseYaml
        const said = parse(sourceFile('x', spanText(origin.span))).value
        // A converted or knocked-out value has another kind than its text.
        if (leaf.kind === 'integer' && said?.kind === 'string') continue
        if (leaf.kind === 'string' && leaf.value === '' && said?.kind === 'string') continue
        expect([place(origin), said ? tagged(said) : { undef: true }]).toEqual([place(origin), tagged(leaf)])
        checked++
        seen.add(place(origin))
      }
    }
    expect(checked).toBeGreaterThan(500)
    expect(seen.size).toBeGreaterThan(100)
  })

  it('keeps the place of each element of a merged value', () => {
    const merged = look('list_merge', 'web', 'unique')
    if (merged?.kind !== 'array') throw new Error('no array')
    const places = Object.fromEntries(merged.values.map((v) => [v.kind === 'string' ? v.value : '', place(v.origin)]))
    expect(places).toMatchObject({
      node1: 'data/nodes/web01.example.com.yaml:4:5',
      shared: 'data/nodes/web01.example.com.yaml:5:5',
      role1: 'data/roles/web.yaml:3:14',
      os12: 'data/os/Debian-12.yaml:3:14',
      json: 'data/data.json:10:18',
      common1: 'data/common.yaml:28:14',
      common2: 'data/common.yaml:28:23',
    })
    const levels = merged.values
      .map(({ origin }) => bare(origin))
      .map((origin) => (origin.kind === 'hiera' ? origin.level : ''))
    expect(levels).toEqual([
      'Global common',
      'Node',
      'Node',
      'Role',
      'Operating system',
      'Operating system',
      'Services',
      'Services',
      'Json',
      'Function',
      'Common',
      'Common',
    ])
  })

  it('keeps the place of each entry of a hash that was merged deeply', () => {
    const merged = look('site::hash', 'web')
    if (merged?.kind !== 'hash') throw new Error('no hash')
    expect([...leaves(merged)].map((leaf) => place(leaf.origin)).sort()).toEqual([
      'modules/site/data/Debian.yaml:2:22',
      'modules/site/data/Debian.yaml:2:37',
      'modules/site/data/common.yaml:6:26',
    ])
  })

  it('names the pieces of an interpolated string', () => {
    const value = look('interpolated', 'web')
    if (value?.kind !== 'string' || value.origin.kind !== 'text') throw new Error('no text')
    const { pieces } = value.origin
    expect(pieces.map((p) => value.value.slice(p.start, p.end))).toEqual(['fact ', 'Debian', ' and ', '12'])
    expect(pieces.map((p) => p.template && spanText(p.template))).toEqual([
      'fact ',
      '%{facts.os.family}',
      ' and ',
      '%{facts.os.release.major}',
    ])
    expect(pieces.map((p) => p.origin.kind)).toEqual(['hiera', 'fact', 'hiera', 'fact'])
    expect(pieces[3]?.reads).toMatchObject([
      { name: 'facts', path: ['os', 'release', 'major'], value: { value: '12' } },
    ])
  })

  it('leads from an interpolated look-up to the value that it read', () => {
    const value = look('interpolated_lookup', 'web')
    if (value?.kind !== 'string' || value.origin.kind !== 'text') throw new Error('no text')
    expect(value.origin.pieces.map((p) => place(p.origin))).toEqual([
      'data/common.yaml:2:8',
      'data/common.yaml:74:22',
      'data/common.yaml:3:9',
    ])
  })

  it('covers interpolated strings without gaps', () => {
    for (const one of recorded.answers) {
      const [name] = one.names
      const value =
        name === undefined || one.function || one.override || one.defaults
          ? undefined
          : look(name, one.node, one.merge, one.environment)
      for (const leaf of value ? leaves(value) : []) {
        if (leaf.kind !== 'string' || leaf.origin.kind !== 'text') continue
        let at = 0
        for (const piece of leaf.origin.pieces) {
          expect(piece.start).toBe(at)
          at = piece.end
        }
        expect(at).toBe(leaf.value.length)
      }
    }
  })
})
