import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fixtures, rehearse } from '../../cli/rehearse.ts'
import { available, puppet, stdlibModules } from '../reference.ts'

it.runIf(available('files of concat', puppet, stdlibModules))(
  'assembles the bytes that a real `puppet apply` writes',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-concat-'))
    const base = join(directory, 'written')
    mkdirSync(base)
    symlinkSync(join(fixtures, 'concat-files'), join(directory, 'concat_files'))
    const site = join(fixtures, 'concat-files/manifests/site.pp')
    const apply = spawnSync(
      'puppet',
      ['apply', '--environmentpath', directory, '--environment', 'concat_files', site],
      {
        encoding: 'utf8',
        env: { ...process.env, FACTER_base: base },
      },
    )
    const written = readdirSync(base).sort()
    expect(written, apply.stdout + apply.stderr).toEqual([
      'alpha',
      'list.json',
      'numeric',
      'settings.json',
      'settings.yaml',
    ])

    const request = { node: 'app01.example.com', facts: { base, clientversion: '7.23.0', os: { family: 'Debian' } } }
    const args = ['catalog', '--batch', '--files', '--puppet', '7', '--environment', join(directory, 'concat_files')]
    const { out } = rehearse(args, { input: JSON.stringify(request) })
    const answer = JSON.parse(out) as {
      files: { path: string; content: string }[]
      error?: string
      findings: unknown[]
    }
    expect(answer.error).toBeUndefined()
    expect(answer.findings).toEqual([])
    for (const name of written) {
      const file = answer.files.find((f) => f.path === join(base, name))
      expect(file?.content, name).toBe(readFileSync(join(base, name), 'utf8'))
    }
  },
)
