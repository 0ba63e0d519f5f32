import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { functionsDirectory } from '../../functions/answer.ts'
import { available, puppet, stdlibModules } from '../reference.ts'

it.runIf(available('recorded answers of functions', puppet, stdlibModules))('are those that Puppet gives now', () => {
  const directory = mkdtempSync(join(tmpdir(), 'functions-'))
  try {
    const script = resolve(import.meta.dirname, '../../oracles/record-functions.mjs')
    const run = spawnSync(process.execPath, [script, '--to', directory], { encoding: 'utf8' })
    expect(run.status, run.stderr).toBe(0)
    const names = readdirSync(directory)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names)
      expect(JSON.parse(readFileSync(join(directory, name), 'utf8')).cases, name).toEqual(
        JSON.parse(readFileSync(join(functionsDirectory, 'recorded', name), 'utf8')).cases,
      )
  } finally {
    rmSync(directory, { recursive: true })
  }
})
