import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../src/compiler/environment.ts'
import {
  answer,
  expected,
  functionsDirectory,
  openFunctionsEnvironment,
  type RecordedAnswer,
  recordedCases,
} from './answer.ts'

/** All but what needs modules: test/parity/functions/modules.test.ts has that. */
const families = readdirSync(join(functionsDirectory, 'recorded'))
  .map((name) => basename(name, '.json'))
  .filter((name) => !['puppet-8', 'stdlib'].includes(name))

/** What Puppet 8 itself answers otherwise than Puppet 7 does with the settings of 8. */
const later = new Map(recordedCases('puppet-8').map((row) => [row.line, row]))

describe.each(families)('%s', (family) => {
  const rows = recordedCases(family)

  replay(
    7,
    "Puppet 7's defaults",
    rows.map((row) => [row.line, row.code, row]),
  )

  replay(
    8,
    'strict=error, strict_variables=true',
    rows.map((row) => {
      const own = later.get(row.line)
      return own ? [`${row.line}: ${own.reason}`, row.code, own] : [row.line, row.code, row.strict ?? row]
    }),
  )
})

function replay(
  puppet: 7 | 8,
  title: string,
  rows: readonly (readonly [name: string, code: string, answer: RecordedAnswer])[],
): void {
  describe(title, () => {
    let environment: Environment
    beforeAll(() => {
      environment = openFunctionsEnvironment(puppet)
    })
    it.each(rows)('%s', (_, code, wanted) => {
      const given = answer(environment, code)
      expect(given).toEqual(expected(wanted, given))
    })
  })
}
