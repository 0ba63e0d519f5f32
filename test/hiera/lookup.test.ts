import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explainText } from '../../src/hiera/explain-text.ts'
import { forNode, lookup } from '../../src/hiera/lookup.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { noTypes, parseType } from '../../src/types/parse.ts'
import { rubyText } from '../../src/types/ruby-value.ts'
import type { Block, LookupRequest } from '../../src/value/function.ts'
import { unknownOrigin } from '../../src/value/origin.ts'
import { string } from '../../src/value/value.ts'
import {
  contextFor,
  environments,
  globalLayer,
  type NodeFacts,
  nodes,
  openEnvironment,
  toValue,
} from './lookup-setup.ts'
import { tagged } from './tagged.ts'

interface Case {
  readonly node: string
  readonly names: readonly string[]
  readonly type?: string
  readonly merge?: unknown
  readonly default?: unknown
  readonly defaults?: unknown
  readonly override?: unknown
  readonly function?: string
  readonly strict?: 'off' | 'warning' | 'error'
  readonly environment?: string
  readonly explain?: boolean
  readonly block?: boolean
  readonly value?: unknown
  readonly error?: string
  readonly logs?: readonly string[]
  readonly explanation?: string
}

const recorded = JSON.parse(readFileSync(new URL('recorded/lookups.json', import.meta.url), 'utf8')) as {
  readonly answers: readonly Case[]
}

function clean(text: string): string {
  return text.replaceAll(environments, 'ENVIRONMENTS').replaceAll(globalLayer, 'GLOBAL')
}

/** Puppet ends the message of a configuration error with its place; ours have it as a span. */
function withoutPlace(text: string): string {
  return (
    text
      .replace(/ \(file: [^)]*\)$/, '')
      .replace(/^Evaluation Error: Error while evaluating a Function Call, /, '')
      // The number is a line of the JSON library's own source.
      .replace(/: \d+: unexpected token/, ': unexpected token')
  )
}

function requestOf(one: Case): LookupRequest {
  const merges: Record<string, string> = { hiera: 'first', hiera_array: 'unique', hiera_hash: 'hash' }
  const merge = one.function ? merges[one.function] : one.merge
  const block = one.block
    ? ({ call: ([name]) => string(`block got ${rubyText(name ?? toValue(null))}`, unknownOrigin) } as Block)
    : undefined
  return {
    names: one.names,
    required: true,
    ...(one.type === undefined ? {} : { valueType: parseType(one.type, noTypes) }),
    ...(merge === undefined ? {} : { merge: toValue(merge) }),
    ...('default' in one ? { defaultValue: toValue(one.default) } : {}),
    ...(one.defaults === undefined ? {} : { defaultValues: toValue(one.defaults) }),
    ...(one.override === undefined ? {} : { override: toValue(one.override) }),
    ...(block ? { block } : {}),
    ...(one.function ? { hiera: true } : {}),
  }
}

function answer(one: Case): Pick<Case, 'value' | 'error' | 'logs'> {
  const node = forNode(openEnvironment(one.environment ?? 'hiera'))
  const context = contextFor(nodes[one.node] as NodeFacts, () => node, one.strict)
  let result: Pick<Case, 'value' | 'error'>
  try {
    const { value } = lookup(node, context, requestOf(one))
    result = { value: value && JSON.parse(clean(JSON.stringify(tagged(value)))) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    result = { error: clean(error.diagnostic.message) }
  }
  const logs = context.logs.map(clean)
  return { ...result, ...(logs.length > 0 ? { logs } : {}) }
}

describe('look-ups as Puppet answers them', () => {
  it.each(
    recorded.answers.map(
      (one, i) => [`${i} ${JSON.stringify({ ...one, explanation: undefined }).slice(0, 120)}`, one] as const,
    ),
  )('%s', (_, one) => {
    expect(answer(one)).toEqual({
      ...(one.error === undefined
        ? { value: JSON.parse(clean(JSON.stringify(one.value))) }
        : { error: withoutPlace(one.error) }),
      ...(one.logs ? { logs: one.logs } : {}),
    })
  })
})

describe('explanations as Puppet prints them', () => {
  const explained = recorded.answers.filter((one) => one.explanation !== undefined && one.error === undefined)
  it.each(explained.map((one) => [JSON.stringify({ ...one, explanation: undefined }).slice(0, 120), one] as const))(
    '%s',
    (_, one) => {
      const node = forNode(openEnvironment(one.environment ?? 'hiera'))
      const context = contextFor(nodes[one.node] as NodeFacts, () => node, one.strict)
      const { explanation } = lookup(node, context, requestOf(one), { explain: true })
      expect(clean(explainText(explanation))).toBe(one.explanation)
    },
  )
})
