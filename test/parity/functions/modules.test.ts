import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../../src/compiler/environment.ts'
import { answer, expected, openFunctionsEnvironment, recordedCases } from '../../functions/answer.ts'
import modules from '../../functions/module-functions.json' with { type: 'json' }
import { available, puppet, stdlibModules } from '../reference.ts'

const ready = available("stdlib's functions", puppet, stdlibModules)

/** Where another answer is meant, and why; with `only`, for one version of Puppet. */
const meant: readonly { readonly lines: RegExp; readonly why: string; readonly only?: 7 | 8 }[] = [
  { lines: /^parsejson\('(?:\{nope)?'\)/, why: "the json of Debian's Ruby tells the line of its own grammar first" },
  { lines: /^parsepson\('/, why: "PSON's messages are not imitated; its name is looked up elsewhere where it is gone" },
  { lines: /^parsehocon\('a \{ b = ?(?:"x" \} c|')/, why: 'messages about HOCON are worded otherwise' },
  { lines: /^validate_augeas\(/, why: 'Ruby runs here without the Augeas library' },
  { lines: /^validate_cmd\(/, why: 'Ruby runs here without processes and files to write' },
  { lines: /^is_email_address\(1\)/, why: "Puppet 8's Ruby 3.2 has no Object#=~; Debian's 3.1 has", only: 8 },
  { lines: /^(?:loadjson|loadyaml|load_module_metadata)\(/, why: "Puppet 8's Ruby 3.2 has no File.exists?", only: 8 },
  { lines: /type3x\(|function_type\(/, why: "Puppet 8's Ruby 3.2 has no Bignum", only: 8 },
]

const later = new Map(recordedCases('puppet-8').map((row) => [row.line, row]))

describe.runIf(ready).each([7, 8] as const)("stdlib's functions under Puppet %i", (version) => {
  let environment: Environment
  beforeAll(() => {
    environment = openFunctionsEnvironment(version, 'packaged')
  })
  const exceptions = (line: string) =>
    meant.filter(({ lines, only }) => lines.test(line) && (only === undefined || only === version))
  const rows = recordedCases('stdlib')

  it.each(rows.filter(({ line }) => exceptions(line).length === 0).map((row) => [row.line, row] as const))(
    '%s',
    (line, row) => {
      const wanted = version === 7 ? row : (later.get(line) ?? row.strict ?? row)
      const given = answer(environment, row.code)
      expect(given).toEqual(expected(wanted, given))
    },
  )

  it('answers otherwise only where that is meant', () => {
    for (const exception of meant)
      if (exception.only === undefined || exception.only === version)
        expect(rows.filter(({ line }) => exception.lines.test(line)).length, exception.why).toBeGreaterThan(0)
  })
})

it.runIf(ready)('the recorded list of functions is that of the modules', () => {
  const script = resolve(import.meta.dirname, '../../oracles/module-functions.rb')
  expect(JSON.parse(spawnSync('ruby', [script], { encoding: 'utf8' }).stdout)).toEqual(modules)
})
