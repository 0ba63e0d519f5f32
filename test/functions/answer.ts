import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonData, valueToJson } from '../../src/catalog/catalog-json.ts'
import { compileNode } from '../../src/compiler/compile-node.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { valueToText } from '../../src/types/text.ts'

/** A snippet and what real Puppet said to it, as test/oracles/record-functions.mjs writes it. */
export interface Recorded {
  readonly line: string
  readonly code: string
  readonly error?: string
  readonly resources?: readonly { type: string; title: string; exported?: boolean; parameters: JsonData }[]
  readonly logs: readonly (readonly [level: string, message: string])[]
}

export const functionsDirectory = import.meta.dirname
const directory = join(functionsDirectory, 'environment')
const factsPath = join(functionsDirectory, 'facts.json')
const { node } = readFacts(sourceFile('facts.json', readFileSync(factsPath, 'utf8')), 'web01.example.com')

export function openFunctionsEnvironment(puppet: 7 | 8): Environment {
  return openControlRepo({ directory, name: 'environment', facts: factsPath, puppet }).environment
}

/** What a snippet gives here: the error or the resources, and the messages. */
export function answer(environment: Environment, code: string) {
  if (!node) throw new Error('no facts')
  const compiled = compileNode(environment, { ...node, code: sourceFile('snippet.pp', code) })
  const shown = (text: string) => text.replaceAll(functionsDirectory, '$FUNCTIONS')
  const logs = compiled.logs
    .filter(({ level, message }) => !['debug', 'info'].includes(level) && !isOnceAProcess(message))
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

/** What a recorded answer looks like when it is given here. */
export function expected(row: Recorded) {
  return { ...(row.error === undefined ? { resources: row.resources } : { error: cause(row.error) }), logs: row.logs }
}

/** Deprecations: Puppet logs each once for all the snippets that a process compiles. */
function isOnceAProcess(message: string): boolean {
  return /deprecated|removed in a future release/.test(message)
}

/** The innermost cause, without what Puppet puts around it and what Ruby adds of its own source. */
export function cause(message: string): string {
  return message
    .replace(/ on node web01\.example\.com$/, '')
    .replace(/(?: \((?:file: [^()]*, )?line: \d+(?:, column: \d+)?\)(?: on \S+\[.*\])?)+$/, '')
    .replace(/^Evaluation Error: (?:Error while evaluating an? [^,]+, )?/, '')
    .replace(/^(?:inline_)?epp\(\): Invalid EPP: /, '')
    .replace(/^Could not parse for environment \S+: /, '')
    .replace(/\n\n {4,}.*\n *\^+$/, '')
    .replace(/\nDid you mean\? {2}.*$/, '')
}
