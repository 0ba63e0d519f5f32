import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { effectManifest, rehearseEffects, writeBefore } from '../../project/effect-cases.ts'
import { available, puppet } from '../reference.ts'

const recorded = resolve(import.meta.dirname, '../../project/recorded/effects.json')

it.runIf(available('refreshes', puppet))(
  'names the services and execs of which a real `puppet apply --noop` says that they would have been refreshed',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-effects-'))
    const root = join(directory, 'root')
    mkdirSync(root)
    writeBefore(root)
    writeFileSync(join(directory, 'site.pp'), effectManifest(root))
    const { stdout, stderr } = spawnSync('puppet', ['apply', '--noop', '--color=false', join(directory, 'site.pp')], {
      encoding: 'utf8',
    })
    expect(stdout + stderr).toContain('Applied catalog')
    const lines = stdout.matchAll(/\/((?:Exec|Service)\[[^\]]*\]): Would have triggered 'refresh'/g)
    const refreshed = [...lines].map(([, resource]) => resource as string).sort()
    if (process.env.RECORD) {
      const command =
        'RECORD=1 npx vitest run --project parity test/parity/project/effects.test.ts (puppet apply --noop, Puppet 7.23)'
      writeFileSync(recorded, `${JSON.stringify({ command, refreshed }, null, 1)}\n`)
    }
    expect(rehearseEffects()).toEqual(refreshed)
  },
  120_000,
)
