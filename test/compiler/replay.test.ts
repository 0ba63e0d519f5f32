import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Environment } from '../../src/compiler/environment.ts'
import {
  answerOf,
  compilerDirectory,
  compileSnippet,
  expectedOf,
  openCompilerEnvironment,
  type Recorded,
} from './answer.ts'

const recorded = join(compilerDirectory, 'recorded')
const families = readdirSync(recorded).map((name) => basename(name, '.json'))

// One for all families: booting Ruby takes longer than most of them.
const environments = new Map<7 | 8, Environment>()
function environmentOf(puppet: 7 | 8): Environment {
  const environment = environments.get(puppet) ?? openCompilerEnvironment(puppet)
  environments.set(puppet, environment)
  return environment
}

describe.each(families)("Puppet's catalogs: %s", (family) => {
  const cases: readonly Recorded[] = JSON.parse(readFileSync(join(recorded, `${family}.json`), 'utf8')).cases
  describe.each([7, 8] as const)('with the defaults of Puppet %s', (puppet) => {
    it.each(cases.map((row) => [row.code, row] as const))('%s', (_, row) => {
      const compiled = compileSnippet(environmentOf(puppet), row.code)
      const answer = answerOf(compiled)
      const wanted = puppet === 8 ? (row.strict ?? row.answer) : row.answer
      expect(answer).toEqual(expectedOf(wanted, answer))
    })
  })
})
