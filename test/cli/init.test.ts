import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryWith, rehearse } from './rehearse.ts'

it('init writes comments alone, except for what the folder shows', () => {
  const directory = directoryWith({ 'hiera.yaml': '', 'facts/a.json': '{}' })
  expect(rehearse(['init', '--environment', directory]).code).toBe(0)
  const text = readFileSync(join(directory, 'rehearse.yaml'), 'utf8')
  expect(text.split('\n').filter((line) => !/^(#.*)?$/.test(line))).toEqual(['---', 'facts: facts'])
  for (const key of ['deployed', 'eyaml_keys', 'global_hiera', 'classifier', 'ignore'])
    expect(text).toMatch(new RegExp(`^# ${key}: `, 'm'))
  expect(rehearse(['init', '--environment', directory]).err).toContain('is there already')
})
