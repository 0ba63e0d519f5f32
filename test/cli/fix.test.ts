import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyOf, directoryWith, rehearse } from './rehearse.ts'

it('writes fixes into files and judges what they come to', () => {
  const cwd = directoryWith({ 'a.conf': '<Directory /srv\n  Optoins None\n</Directoy>\nTimeout x y\n' })
  chmodSync(join(cwd, 'a.conf'), 0o640)
  const { code, out, err } = rehearse(['validate', '--as', 'server', '--fix', 'a.conf'], { cwd })
  expect(readFileSync(join(cwd, 'a.conf'), 'utf8')).toBe(
    '<Directory /srv>\n  Options None\n</Directory>\nTimeout x y\n',
  )
  expect(statSync(join(cwd, 'a.conf')).mode & 0o777).toBe(0o640)
  expect(err.split('\n').slice(0, -1).sort()).toEqual([
    'fixed: a.conf:1:16: Put in >.',
    'fixed: a.conf:2:3: Write Options instead of Optoins.',
    'fixed: a.conf:3:1: Write </Directory> instead of </Directoy>.',
  ])
  expect(out).toContain('Timeout takes one argument')
  expect(out).toContain('✗ 1 error')
  expect(code).toBe(1)
})

it('ends clean where everything could be mended, and changes nothing without being asked', () => {
  const cwd = directoryWith({ '.htaccess': 'RewritEngine On\n' })
  expect(rehearse(['validate', '.htaccess'], { cwd })).toMatchObject({ code: 1, err: '' })
  expect(readFileSync(join(cwd, '.htaccess'), 'utf8')).toBe('RewritEngine On\n')
  expect(rehearse(['validate', '--fix', '.htaccess'], { cwd }).code).toBe(0)
  expect(readFileSync(join(cwd, '.htaccess'), 'utf8')).toBe('RewriteEngine On\n')
  expect(rehearse(['validate', '--fix', '-'], { cwd }).code).toBe(2)
})

it('leaves bytes alone that it cannot read', () => {
  const cwd = directoryWith({})
  const bytes = Buffer.from('# caf\xe9\nRewritEngine On\n', 'latin1')
  writeFileSync(join(cwd, '.htaccess'), bytes)
  const { err } = rehearse(['validate', '--fix', '.htaccess'], { cwd })
  expect(err).toBe('not fixed: .htaccess: it is not what was read\n')
  expect(readFileSync(join(cwd, '.htaccess'))).toEqual(bytes)
})

it('mends the template and the data that rendered files come from', () => {
  const directory = copyOf('whole-server')
  const break_ = (path: string, from: string, to: string): string => {
    const file = join(directory, path)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(from)
    writeFileSync(file, text.replace(from, to))
    return text
  }
  const data = 'data/common.yaml'
  const template = 'site/profile/templates/apache2.conf.epp'
  const before = [break_(data, 'SetEnv APP_STAGE', 'SetEnw APP_STAGE'), break_(template, 'Timeout 60', 'Timeuot 60')]
  const { code, out, err } = rehearse(['--environment', directory, '--fix'])
  expect(err.split('\n').slice(0, -1).sort()).toEqual([
    `fixed: ${data}:27:10: Write SetEnv instead of SetEnw.`,
    `fixed: ${template}:5:1: Write Timeout instead of Timeuot.`,
  ])
  expect([data, template].map((path) => readFileSync(join(directory, path), 'utf8'))).toEqual(before)
  expect(out).toContain('0 errors')
  expect(code).toBe(0)
  expect(rehearse(['--environment', directory, '--fix', '--from', 'a', '--to', 'b']).code).toBe(2)
})
