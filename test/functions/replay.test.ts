import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type JsonData, valueToJson } from '../../src/catalog/catalog-json.ts'
import { compileNode } from '../../src/compiler/compile-node.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { valueToText } from '../../src/types/text.ts'

interface Recorded {
  readonly line: string
  readonly code: string
  readonly error?: string
  readonly resources?: readonly { type: string; title: string; exported?: boolean; parameters: JsonData }[]
  readonly logs: readonly (readonly [level: string, message: string])[]
}

const here = import.meta.dirname
const directory = join(here, 'environment')
const facts = readFacts(
  sourceFile('facts.json', readFileSync(join(here, 'facts.json'), 'utf8')),
  'web01.example.com',
).node

function read(family: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(here, 'recorded', `${family}.json`), 'utf8')).cases
}

function open(puppet: 7 | 8): Environment {
  return openControlRepo({ directory, name: 'environment', facts: join(here, 'facts.json'), puppet }).environment
}

/** The innermost cause, without what Puppet puts around it and what Ruby adds of its own source. */
function cause(message: string): string {
  return message
    .replace(/ on node web01\.example\.com$/, '')
    .replace(/(?: \((?:file: [^()]*, )?line: \d+(?:, column: \d+)?\)(?: on \S+\[.*\])?)+$/, '')
    .replace(/^Evaluation Error: (?:Error while evaluating an? [^,]+, )?/, '')
    .replace(/^(?:inline_)?epp\(\): Invalid EPP: /, '')
    .replace(/^Could not parse for environment \S+: /, '')
    .replace(/\n\n {4,}.*\n *\^+$/, '')
    .replace(/\nDid you mean\? {2}.*$/, '')
}

function answer(environment: Environment, code: string) {
  if (!facts) throw new Error('no facts')
  const compiled = compileNode(environment, { ...facts, code: sourceFile('snippet.pp', code) })
  const shown = (text: string) => text.replaceAll(here, '$FUNCTIONS')
  const logs = compiled.logs
    .filter(
      ({ level, message }) =>
        !['debug', 'info'].includes(level) && !/deprecated|removed in a future release/.test(message),
    )
    .map(({ level, message }) => [level, shown(message)])
  const failure = compiled.diagnostics.find((diagnostic) => diagnostic.severity === 'error')
  if (!compiled.catalog) return { error: shown(failure?.message ?? ''), logs }
  const resources = compiled.catalog.resources
    .filter((r) => !['Stage', 'Class'].includes(r.type) || !['main', 'Main', 'Settings', 'settings'].includes(r.title))
    .map((r) => ({
      type: r.type,
      title: r.title,
      ...(r.exported ? { exported: true } : {}),
      parameters: Object.fromEntries(
        [...r.parameters].map(([name, parameter]) => [name, valueToJson(parameter.value, valueToText)]),
      ),
    }))
  return { resources: JSON.parse(JSON.stringify(resources, (_, v) => (typeof v === 'bigint' ? Number(v) : v))), logs }
}

const families = readdirSync(join(here, 'recorded'))
  .map((name) => basename(name, '.json'))
  .filter((name) => name !== 'puppet-8')
const later = new Map(read('puppet-8').map((row) => [row.line, row]))

describe.each([7, 8] as const)("Puppet %i's answers", (puppet) => {
  describe.each(families)('%s', (family) => {
    let environment: Environment
    beforeAll(() => {
      environment = open(puppet)
    })
    const cases = read(family).map((row) => (puppet === 8 ? (later.get(row.line) ?? row) : row))
    it.each(cases.map((row) => [row.line, row] as const))('%s', (_, row) => {
      const expected = row.error === undefined ? { resources: row.resources } : { error: cause(row.error) }
      expect(answer(environment, row.code)).toEqual({ ...expected, logs: row.logs })
    })
  })
})
