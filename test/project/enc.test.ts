import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { stringifyJson, valueToJson } from '../../src/catalog/catalog-json.ts'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { readClassification } from '../../src/project/node-classifier.ts'
import { requestFor } from '../../src/project/rendered-node.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { valueToText } from '../../src/types/text.ts'
import { directoryWith } from '../cli/rehearse.ts'

interface Answer {
  readonly output: string
  readonly classes?: readonly string[]
  readonly notifies?: Readonly<Record<string, unknown>>
  readonly environment?: string
  readonly error?: string
  readonly logs?: readonly string[]
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as unknown
const cases = read('enc-cases.json') as { site: string; facts: object }
const { answers } = read('recorded/enc.json') as { answers: readonly Answer[] }

const repo = openControlRepo({
  directory: directoryWith({
    'manifests/site.pp': cases.site,
    'facts/a.example.com.json': JSON.stringify(cases.facts),
  }),
  name: 'production',
})

/** Ruby's own complaints of a wrong shape are told in other words. */
const isRubys = (error: string): boolean =>
  /undefined method|no implicit conversion|Could not load external node results|Invalid tag '\{/.test(error)

it.each(answers.map((answer) => [answer.output, answer] as const))('%j', (output, expected) => {
  const classify = () => readClassification(sourceFile('enc.yaml', output))
  const { request, diagnostics } = requestFor({ ...repo, classify }, repo.nodes[0] ?? expect.fail())
  const compilation = compileNode(repo.environment, request)
  const error = [...diagnostics, ...compilation.diagnostics].find(({ severity }) => severity === 'error')
  if (expected.error !== undefined) {
    const message = expected.error
      .replace(/ on node a\.example\.com$/, '')
      .replace(/^Evaluation Error: Error while evaluating a Resource Statement, /, '')
    expect(error?.message).toEqual(isRubys(expected.error) ? expect.any(String) : message)
    return
  }
  expect(error).toBeUndefined()
  const resources = compilation.catalog?.resources ?? []
  const notifies = resources.flatMap(({ type, title, parameters }): [string, unknown][] => {
    const value = parameters.get('message')?.value
    return type === 'Notify' && value ? [[title, JSON.parse(stringifyJson(valueToJson(value, valueToText)))]] : []
  })
  expect({
    classes: compilation.catalog?.classes,
    notifies: Object.fromEntries(notifies),
    environment: request.environment ?? 'production',
    // The environment is a parameter there, which a fact of that name meets; here it is none.
    logs: compilation.logs.map(({ level, message }) => `${level}: ${message}`),
  }).toEqual({
    // A list that names a class twice has it twice there.
    classes: expected.classes?.slice(output === 'classes: [plain, plain]\n' ? 1 : 0),
    notifies: expected.notifies,
    environment: expected.environment,
    logs: (expected.logs ?? []).filter((text) => !text.includes("'environment'")),
  })
})
