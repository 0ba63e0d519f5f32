import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { stringifyJson, valueToJson } from '../../src/catalog/catalog-json.ts'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { serverFacts } from '../../src/project/settings.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { valueToText } from '../../src/types/text.ts'
import { hash, hashGet } from '../../src/value/value.ts'

interface Answer {
  readonly call: string
  readonly code: string
  readonly error?: string
  readonly classes?: readonly string[]
  readonly notifies?: readonly (readonly [string, unknown])[]
}

const directory = resolve(import.meta.dirname, '../hiera')
const { answers } = JSON.parse(readFileSync(resolve(directory, 'recorded/lookup-calls.json'), 'utf8')) as {
  answers: readonly Answer[]
}
const repo = openControlRepo({ directory: resolve(directory, 'calls'), name: 'production', puppet: 7 })

it.each(answers.map((answer) => [answer.call, answer] as const))('%s', (_, { code, error, classes, notifies }) => {
  const { catalog, diagnostics } = compileNode(repo.environment, {
    name: 'a.example.com',
    facts: hash([], { kind: 'builtin', name: 'none' }),
    serverFacts: serverFacts(7),
    code: sourceFile('', code),
  })
  const message = diagnostics.find(({ severity }) => severity === 'error')?.message
  if (error !== undefined) return expect(message).toBe(error)
  expect(message).toBeUndefined()
  const shown = catalog?.resources.flatMap(({ type, title, parameters }) => {
    const value = parameters.get('message')?.value
    const inner = value?.kind === 'hash' ? hashGet(value, 'value') : undefined
    const plain = inner ? (JSON.parse(stringifyJson(valueToJson(inner, valueToText))) as unknown) : null
    return type === 'Notify' ? [[title, plain]] : []
  })
  expect({ classes: catalog?.classes, notifies: shown }).toEqual({ classes, notifies })
})
