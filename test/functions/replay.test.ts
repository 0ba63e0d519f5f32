import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../src/compiler/environment.ts'
import { answer, expected, functionsDirectory, openFunctionsEnvironment, type Recorded } from './answer.ts'

const recorded = join(functionsDirectory, 'recorded')
const families = readdirSync(recorded)
  .map((name) => basename(name, '.json'))
  .filter((name) => name !== 'puppet-8')

function read(family: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(recorded, `${family}.json`), 'utf8')).cases
}

describe.each(families)("Puppet 7's answers: %s", (family) => replay(7, read(family)))

const later = read('puppet-8')
const changed = new Map(later.map((row) => [row.line, row]))

describe("Puppet 8's answers where they differ", () => replay(8, later))

describe.each(['catalog', 'programs'])("Puppet 8's answers: %s", (family) => {
  replay(
    8,
    read(family).map((row) => changed.get(row.line) ?? row),
  )
})

function replay(puppet: 7 | 8, rows: readonly Recorded[]): void {
  let environment: Environment
  beforeAll(() => {
    environment = openFunctionsEnvironment(puppet)
  })
  it.each(rows.map((row) => [row.line, row] as const))('%s', (_, row) => {
    expect(answer(environment, row.code)).toEqual(expected(row))
  })
}
