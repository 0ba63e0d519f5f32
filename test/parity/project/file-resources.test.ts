import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import {
  casesManifest,
  moduleFiles,
  outcomes,
  readTree,
  rehearseCases,
  writeCases,
  writeTree,
} from '../../project/file-cases.ts'
import { available, puppet } from '../reference.ts'

const recorded = resolve(import.meta.dirname, '../../project/recorded/file-resources.json')

it.runIf(available('file resources', puppet))(
  'changes the paths that a real `puppet apply` changes, in the same way',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-files-'))
    const root = join(directory, 'root')
    writeTree(join(directory, 'modules/m'), moduleFiles)
    writeCases(root)
    const before = readTree(root)
    writeFileSync(join(directory, 'site.pp'), casesManifest(root))
    const args = ['apply', '--color=false', '--modulepath', join(directory, 'modules'), join(directory, 'site.pp')]
    const { stdout, stderr } = spawnSync('puppet', args, { encoding: 'utf8' })
    expect(stdout + stderr).toContain('Applied catalog')
    const told = outcomes(before, readTree(root))
    if (process.env.RECORD) {
      const command =
        'RECORD=1 npx vitest run --project parity test/parity/project/file-resources.test.ts (puppet apply, Puppet 7.23)'
      writeFileSync(recorded, `${JSON.stringify({ command, told }, null, 1)}\n`)
    }
    expect(rehearseCases().told).toEqual(told)
  },
  120_000,
)
