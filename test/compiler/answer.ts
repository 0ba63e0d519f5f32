import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idText } from '../../src/catalog/catalog.ts'
import { type JsonData, stringifyJson, valueToJson } from '../../src/catalog/catalog-json.ts'
import { type Compilation, compileNode } from '../../src/compiler/compile-node.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { catalogText } from '../../src/compiler/text.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { lineOf, sourceFile } from '../../src/source/source-file.ts'

export interface Answer {
  /** Puppet's whole message, with the places in it. */
  readonly error?: string
  readonly resources?: readonly JsonData[]
  readonly edges?: readonly string[]
  readonly classes?: readonly string[]
}

/** A snippet and what real Puppet said to it, as test/oracles/record-compiler.mjs writes it. */
export interface Recorded {
  readonly code: string
  readonly answer: Answer
  /** Where it is another one with `strict=error` and `strict_variables=true`. */
  readonly strict?: Answer
}

export const compilerDirectory = import.meta.dirname
const factsPath = join(compilerDirectory, 'facts.json')
const [node] = readFacts(sourceFile('facts.json', readFileSync(factsPath, 'utf8')), 'a.example.com').nodes

export function openCompilerEnvironment(puppet: 7 | 8): Environment {
  const directory = join(compilerDirectory, 'environment')
  return openControlRepo({ directory, name: 'environment', facts: factsPath, puppet }).environment
}

export function compileSnippet(environment: Environment, code: string, path = ''): Compilation {
  if (!node) throw new Error('no facts')
  return compileNode(environment, { ...node, name: 'a.example.com', code: sourceFile(path, code) })
}

/** The catalog in the shape of the recorded answers, or the error with its line. */
export function answerOf(compiled: Compilation) {
  const { catalog } = compiled
  if (!catalog) {
    const error = compiled.diagnostics.find((diagnostic) => diagnostic.severity === 'error')
    const place = error?.puppetSpan ?? error?.span
    return { message: error?.message ?? '', ...(place ? { line: lineOf(place) } : {}) }
  }
  const answer = {
    resources: catalog.resources.map((resource) => ({
      type: resource.type,
      title: resource.title,
      tags: [...resource.tags].sort(),
      ...(resource.span ? { file: resource.span.file.path, line: lineOf(resource.span) } : {}),
      ...(resource.exported ? { exported: true } : {}),
      ...(resource.parameters.size > 0
        ? {
            parameters: Object.fromEntries(
              [...resource.parameters].map(([name, { value }]) => [name, valueToJson(value, catalogText)]),
            ),
          }
        : {}),
      ...(resource.sensitive.length > 0 ? { sensitive: resource.sensitive } : {}),
    })),
    edges: catalog.edges.map((edge) => `${idText(edge.source)} -> ${idText(edge.target)}`).sort(),
    classes: [...catalog.classes].sort(),
  }
  return JSON.parse(stringifyJson(answer)) as typeof answer
}

/** Puppet's answer in the shape of ours: our message must be a part of Puppet's, and the line Puppet's where it names one. */
export function expectedOf(answer: Answer, ours: ReturnType<typeof answerOf>) {
  if (answer.error === undefined) return answer
  const message = 'message' in ours ? ours.message : ''
  const at = message === '' ? -1 : answer.error.indexOf(message)
  if (at < 0) return { message: answer.error }
  const place = /line: (\d+)/.exec(answer.error.slice(at + message.length))
  return { ...ours, ...(place ? { line: Number(place[1]) } : {}) }
}
