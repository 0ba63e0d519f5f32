import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { available, puppet } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')

/** The answers that a script gives now, and those that the unit tests replay. */
function answers(script: readonly string[], recorded: string): readonly [now: unknown[], then: unknown[]] {
  const result = spawnSync('ruby', script, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (result.status !== 0) throw new Error(result.stderr.slice(-2000))
  const read = (text: string) => (JSON.parse(text) as { answers: unknown[] }).answers
  return [read(result.stdout), read(readFileSync(`${root}/test/hiera/recorded/${recorded}`, 'utf8'))]
}

describe.runIf(available('recorded answers of Hiera', puppet))('what is recorded of Hiera', () => {
  it('is what Puppet looks up today', () => {
    const [now, then] = answers(['test/oracles/hiera-lookups.rb', 'test/hiera/lookup-cases.json'], 'lookups.json')
    expect(now).toEqual(then)
  })

  it('is what Puppet makes of calls today', () => {
    const script = ['test/oracles/record-lookup-calls.mjs', '--print']
    const run = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
    expect(run.stdout, run.stderr).toBe(readFileSync(`${root}/test/hiera/recorded/lookup-calls.json`, 'utf8'))
  })

  it('is what Puppet makes of classifiers today', () => {
    const script = ['test/oracles/enc-catalogs.rb', 'test/project/enc-cases.json']
    const [now, then] = answers(script, '../../project/recorded/enc.json')
    expect(now).toEqual(then)
  })

  it('is what Psych reads today', () => {
    const [now, then] = answers(['-rpuppet', 'test/oracles/psych.rb', 'test/hiera/yaml-cases.json'], 'yaml.json')
    expect(now).toEqual(then)
  })

  it('is what the hocon gem reads today', () => {
    const [now, then] = answers(['test/oracles/hocon.rb', 'test/hiera/hocon-cases.json'], 'hocon.json')
    expect(now).toEqual(then)
  })
})
