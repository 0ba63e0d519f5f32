import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonData, valueToJson } from '../../src/catalog/catalog-json.ts'
import { compileNode } from '../../src/compiler/compile-node.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { lineOf, sourceFile } from '../../src/source/source-file.ts'
import { valueToText } from '../../src/types/text.ts'

/** A snippet and what real Puppet said to it, as test/oracles/record-functions.mjs writes it. */
export interface Recorded extends RecordedAnswer {
  readonly line: string
  readonly code: string
  /** With `strict=error` and `strict_variables=true`, where that is another answer. */
  readonly strict?: RecordedAnswer
  /** In puppet-8.json: why Puppet 8 answers otherwise than Puppet 7 under its settings. */
  readonly reason?: string
}

export interface RecordedAnswer {
  readonly error?: string
  readonly resources?: readonly { type: string; title: string; exported?: boolean; parameters: JsonData }[]
  readonly logs: readonly Log[]
}

type Log = readonly [level: string, message: string, line?: number]

export const functionsDirectory = import.meta.dirname
const factsPath = join(functionsDirectory, 'facts.json')
const [node] = readFacts(sourceFile('facts.json', readFileSync(factsPath, 'utf8')), 'web01.example.com').nodes

/** `packaged` has the modules of the Debian packages on its modulepath. */
export function openFunctionsEnvironment(puppet: 7 | 8, name: 'environment' | 'packaged' = 'environment'): Environment {
  return openControlRepo({ directory: join(functionsDirectory, name), name, facts: factsPath, puppet }).environment
}

/** The recorded answers to a family of snippets. */
export function recordedCases(family: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(functionsDirectory, 'recorded', `${family}.json`), 'utf8')).cases
}

/** What a snippet gives here: the error or the resources, and the messages with their lines. */
export function answer(environment: Environment, code: string) {
  if (!node) throw new Error('no facts')
  const compiled = compileNode(environment, { ...node, code: sourceFile('', code) })
  const shown = (text: string) =>
    text.replaceAll(functionsDirectory, '$FUNCTIONS').replace(/(docs\/puppet)\/\d+\.\d+\//g, '$1/$$VERSION/')
  const logs = compiled.logs
    .filter(({ level }) => !['debug', 'info'].includes(level))
    .map(({ level, message, span }): Log => (span ? [level, shown(message), lineOf(span)] : [level, shown(message)]))
  const failure = compiled.diagnostics.find((diagnostic) => diagnostic.severity === 'error')
  if (!compiled.catalog) return { error: withoutAddress(shown(failure?.message ?? '')), logs }
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

/**
 * What a recorded answer looks like when it is given here. Where Puppet knows no place for a message it says so in the
 * text; here messages have the place of the call, so a line is compared only where Puppet tells one.
 */
export function expected({ error, resources, logs }: RecordedAnswer, given: { readonly logs: readonly Log[] }) {
  const messages = logs.map(([level, message, line], i): Log => {
    const text = message.replace(/\n {3}\((?:file & line not available|file: .*, line: \d+)\)$/, '')
    const shown = line ?? given.logs[i]?.[2]
    return shown === undefined ? [level, text] : [level, text, shown]
  })
  return { ...(error === undefined ? { resources } : { error: cause(error) }), logs: messages }
}

/** The innermost cause, without what Puppet puts around it and what Ruby adds of its own source. */
export function cause(message: string): string {
  return message
    .replace(/ on node web01\.example\.com$/, '')
    .replace(/(?: \((?:file: [^()]*, )?line: \d+(?:, column: \d+)?\)(?: on \S+\[.*\])?)+$/, '')
    .replace(/^(?:Evaluation Error: (?:Error while evaluating an? [^,]+, )?)+/, '')
    .replace(/^(?:inline_)?epp\(\): Invalid EPP: /, '')
    .replace(/^Could not parse for environment \S+: /, '')
    .replace(/\n\n {4,}.*\n *\^+$/, '')
    .replace(/\nDid you mean\? {2}.*$/, '')
}

/** Without the address of an object and all that Ruby prints behind it. */
function withoutAddress(message: string): string {
  return message.replace(/#<([\w:]+):0x[0-9a-f]+.*/s, '#<$1')
}
