import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { sourceFile } from '../../src/source/source-file.ts'
import { tokenFaults } from './token-invariants.ts'

const fixtures = resolve(import.meta.dirname, '../../templates-fixtures')
const manifests = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.pp'))

it('cover all but blanks and comments of every manifest of the fixtures', () => {
  expect(manifests.length).toBeGreaterThan(10)
  const faults = manifests.flatMap((path) =>
    tokenFaults(sourceFile(path, readFileSync(join(fixtures, path), 'utf8'))).map((fault) => `${path} ${fault}`),
  )
  expect(faults).toEqual([])
})
