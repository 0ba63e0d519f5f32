import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { lookupAnswers } from '../../cli/lookup-answers.ts'
import { fixtures, rehearse } from '../../cli/rehearse.ts'
import { available, puppet } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')

describe.runIf(available('look-ups of a fixture', puppet))('what is recorded of look-ups', () => {
  it('is what Puppet answers today', () => {
    const run = spawnSync(process.execPath, ['test/oracles/record-lookups.mjs', '--print'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    expect(run.stderr).toBe('')
    expect((JSON.parse(run.stdout) as { answers: unknown[] }).answers).toEqual(lookupAnswers)
  })
})

describe.runIf(available('puppet lookup', ['puppet', '--version']))('puppet lookup', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-lookup-'))
  symlinkSync(join(fixtures, 'hiera-levels'), join(directory, 'hiera_levels'))

  // The program trusts nothing of a node: neither its role nor its name choose a level here.
  const { trusted: _, ...facts } = parse(
    readFileSync(join(fixtures, 'hiera-levels/facts/web02.example.com.yaml'), 'utf8'),
  ) as Record<string, unknown>
  const factFile = join(directory, 'web02.example.com.yaml')
  writeFileSync(factFile, stringify(facts))

  it.each([
    ['profile::web::headers'],
    ['profile::web::aliases', '--merge', 'deep', '--knock-out-prefix=--', '--sort-merged-arrays'],
    ['packages', '--merge', 'unique'],
    ['site::figures'],
    ['nope', '--default', 'x'],
    ['nope', 'backup::keep'],
    ['profile::web::limits', '--merge', 'deep', '--merge-hash-arrays'],
    ['profile::web::limits', '--merge', 'hash', '--type', 'Hash'],
    ['site::mounts', '--merge', 'first', '--default', 'x'],
    ['packages', '--type', 'Array[String]'],
    ['site::figures.deep.1.x.0'],
    ['backup::keep', '--type', 'Integer', '--compile'],
  ])('%s %s %s', (...args) => {
    const real = spawnSync(
      'puppet',
      [
        'lookup',
        ...args,
        '--node=web02.example.com',
        `--facts=${factFile}`,
        `--environmentpath=${directory}`,
        '--environment=hiera_levels',
        `--confdir=${directory}/conf`,
        `--vardir=${directory}/var`,
        '--render-as=json',
      ],
      { encoding: 'utf8' },
    )
    const environment = ['--environment', join(directory, 'hiera_levels')]
    const own = [
      'lookup',
      ...args,
      '--node',
      'web02.example.com',
      '--facts',
      factFile,
      '--format',
      'json',
      ...environment,
    ]
    expect(rehearse(own).out).toContain(`\n  "value": ${real.stdout.trim().split('\n').at(-1)},\n`)
  })
})
