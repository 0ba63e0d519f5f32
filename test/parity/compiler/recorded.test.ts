import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { available, puppet } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')

describe.runIf(available('recorded answers of the compiler', puppet))('what was recorded of Puppet', () => {
  it('is what Puppet says now to the snippets', () => {
    const copy = mkdtempSync(join(tmpdir(), 'rehearse-recorded-'))
    for (const folder of ['compiler', 'oracles'])
      cpSync(join(root, 'test', folder), join(copy, folder), { recursive: true })
    const run = spawnSync(process.execPath, [join(copy, 'oracles/record-compiler.mjs')], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const recorded = join(root, 'test/compiler/recorded')
    for (const name of readdirSync(recorded))
      expect(readFileSync(join(copy, 'compiler/recorded', name), 'utf8')).toBe(
        readFileSync(join(recorded, name), 'utf8'),
      )
  })

  it('holds the resource types that Puppet has', () => {
    const run = spawnSync('ruby', [join(root, 'test/oracles/resource-types.rb')], { encoding: 'utf8' })
    const table = readFileSync(join(root, 'src/compiler/core-resource-types.json'), 'utf8')
    expect(JSON.parse(run.stdout)).toEqual(JSON.parse(table))
  })
})
