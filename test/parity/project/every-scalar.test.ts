import { afterAll, expect, test } from 'vitest'
import { emptyShare, factsOf, openChanging, scalarsOf, shareText } from '../../project/every-scalar.ts'

/** `REHEARSE_EVERY_SCALAR=1` changes all facts; else a part of them. Most facts of a whole set reach no file. */
const every = process.env.REHEARSE_EVERY_SCALAR === '1'
const seed = Number(process.env.REHEARSE_SEED ?? new Date().getUTCDate())
const share = emptyShare()

/** The fixtures that need modules from elsewhere. */
test.each([
  ['concat-files', 'app01.example.com', 1],
  ['apache-vhosts', 'web01.example.com', 20],
] as const)('%s', (fixture, node, one) => {
  const change = openChanging(fixture, [node])
  const facts = factsOf(fixture).filter((fact) => fact.node === node)
  for (const scalar of scalarsOf(fixture, 'data')) change(scalar, share)
  for (const [i, fact] of facts.entries()) if (every || (i + seed) % one === 0) change(fact, share)
})

afterAll(() => {
  process.stdout.write(`with modules, seed ${seed}: ${shareText(share)}\n`)
  expect(share.missed.block.length).toBeLessThanOrEqual(share.lines / 100)
  expect(share.lines).toBeGreaterThan(40)
})
