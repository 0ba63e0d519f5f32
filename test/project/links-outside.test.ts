import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { linksOutside } from '../../src/project/links-outside.ts'
import { diskFiles } from '../../src/source/files.ts'
import { directoryWith } from '../cli/rehearse.ts'

it('names the links that lead out of an environment, at its top and among its modules', () => {
  const directory = directoryWith({ 'shared/m/manifests/init.pp': '', 'site/own/manifests/init.pp': '' })
  const elsewhere = directoryWith({ 'x/manifests/init.pp': '' })
  mkdirSync(join(directory, 'modules'))
  symlinkSync(join(elsewhere, 'x'), join(directory, 'modules/absolute'))
  symlinkSync('../../../x', join(directory, 'modules/relative'))
  symlinkSync('../shared/m', join(directory, 'modules/inside'))
  symlinkSync('../shared/gone', join(directory, 'modules/broken'))
  symlinkSync(elsewhere, join(directory, 'data'))
  const found = linksOutside(diskFiles(directory), ['modules', 'site', '/usr/share/puppet/modules'])
  expect(found.map(({ message }) => message)).toEqual(
    [
      ['data', elsewhere],
      ['modules/absolute', join(elsewhere, 'x')],
      ['modules/relative', '../../../x'],
    ].map(
      ([path, target]) =>
        `'${path}' is a link that leads out of the environment, to '${target}': nothing is read there`,
    ),
  )
})
