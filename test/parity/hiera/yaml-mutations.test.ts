import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parseYaml } from '../../../src/hiera/yaml.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { damaged, yamlCases } from '../../hiera/damaged-yaml.ts'
import { tagged } from '../../hiera/tagged.ts'
import { available, puppet } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')
const count = 5000

/** Psych stumbles in Ruby itself over these tags on collections of the wrong shape; nobody writes them. */
const stumbles = /!!omap|!!str|!ruby|!str|%TAG/

it.runIf(available('YAML against Psych', puppet))(`agrees with Psych on ${count} damaged documents`, () => {
  const texts = damaged(
    yamlCases().filter((text) => text.length < 400),
    count,
  )
  const result = spawnSync('ruby', ['-rpuppet', 'test/oracles/psych.rb', '--lines'], {
    cwd: root,
    input: `${texts.map((text) => JSON.stringify(text)).join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const lines = result.stdout.trim().split('\n')
  const different = texts.flatMap((text, i) => {
    const reference = JSON.parse(lines[i] as string) as { value?: unknown; error?: string }
    const { value, diagnostics } = parseYaml(sourceFile('x', text))
    const error = diagnostics.find((d) => d.severity === 'error')
    if (error?.code === 'hiera/yaml-alias-cycle') return []
    const ours = error
      ? { error: error.message }
      : { value: value === undefined || value.kind === 'undef' ? { boolean: false } : tagged(value) }
    const theirs = reference.error === undefined ? reference : { error: reference.error.replace('(<unknown>): ', '') }
    const same = JSON.stringify(ours) === JSON.stringify(theirs)
    return same || stumbles.test(text) ? [] : [{ text, ours, theirs }]
  })
  expect(different).toEqual([])
})
