import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parseYaml } from '../../../src/hiera/yaml.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { tagged } from '../../hiera/tagged.ts'
import { available, puppet } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')
const count = 5000

/** A sequence of numbers that is the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const bits =
  ' |  |\n|\n  |- |: |:|? |,|[|]|{|}|&a |*a |!!str |"|\'|#| #|>\n|\t|<<: |%|---\n|...\n|a|1|~|@|\\|\n\n| - |\r\n'.split(
    '|',
  )

/** Texts like the recorded ones, with a few characters taken out, put in, or taken from another. */
function mutations(): string[] {
  const cases = (JSON.parse(readFileSync(`${root}/test/hiera/yaml-cases.json`, 'utf8')) as string[]).filter(
    (text) => text.length < 400,
  )
  const random = numbers(2024)
  const pick = (): string => cases[random(cases.length)] as string
  const texts: string[] = []
  while (texts.length < count) {
    let text = pick()
    for (let k = 1 + random(3); k > 0; k--) {
      const at = random(text.length + 1)
      const other = pick()
      const from = random(other.length + 1)
      const piece = ['', other.slice(from, from + 1 + random(8)), bits[random(bits.length)] as string][
        random(3)
      ] as string
      text = text.slice(0, at) + piece + text.slice(at + (piece === '' ? 1 + random(2) : 0))
    }
    if (!/\p{Surrogate}/u.test(text)) texts.push(text)
  }
  return texts
}

/** Psych stumbles in Ruby itself over these tags on collections of the wrong shape; nobody writes them. */
const stumbles = /!!omap|!!str|!ruby|!str|%TAG/

it.runIf(available('YAML against Psych', puppet))(`agrees with Psych on ${count} damaged documents`, () => {
  const texts = mutations()
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
