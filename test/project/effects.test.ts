import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rehearseEffects } from './effect-cases.ts'

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/effects.json'), 'utf8')) as {
  readonly refreshed: readonly string[]
}

test('services and execs are refreshed where Puppet refreshes them', () => {
  expect(rehearseEffects()).toEqual(recorded.refreshed)
}, 30_000)
