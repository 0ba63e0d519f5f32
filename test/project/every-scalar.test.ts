import { afterAll, expect, test } from 'vitest'
import { emptyShare, openChanging, scalarsOf } from './every-scalar.ts'

/** `REHEARSE_EVERY_SCALAR=1` changes all of them; else a part that the seed chooses. */
const every = process.env.REHEARSE_EVERY_SCALAR === '1'
const seed = Number(process.env.REHEARSE_SEED ?? new Date().getUTCDate())
const share = emptyShare()

const sampled = <T>(all: readonly T[], one: number): readonly T[] =>
  every ? all : all.filter((_, i) => (i + seed) % one === 0)

const fleet = [
  'api01.ber.example.com',
  'db01.vie.example.com',
  'mail01.ber.example.com',
  'monitor01.vie.example.com',
  'web07.ber.example.com',
]

test.each([
  ['switches', 'data', 3],
  ['ticket-shop', 'data', 3],
  ['whole-server', 'data', 4],
  ['fleet', 'data', 4],
  ['hiera-levels', 'data', 5],
  ['hiera-levels', 'site/profile/data', 3],
  ['language-tour', 'data', 3],
  ['language-tour', 'site/base/data', 1],
])('%s/%s', { timeout: 600_000 }, (fixture, folder, one) => {
  const change = openChanging(fixture, fixture === 'fleet' ? fleet : undefined)
  for (const scalar of sampled(scalarsOf(fixture, folder), one)) change(scalar, share)
})

afterAll(() => {
  const { scalars, felt, refused, lines, exact, missed } = share
  const percent = (100 * (lines - missed.length)) / Math.max(lines, 1)
  process.stdout.write(
    `${[
      `${scalars} scalars, ${felt} of them felt, ${refused.length} without another value; ${lines} changed lines, seed ${seed}`,
      `${percent.toFixed(2)} % have the scalar in their chain, ${((100 * exact) / Math.max(lines, 1)).toFixed(1)} % by its own position`,
      ...refused.map((place) => `  no other value: ${place}`),
      ...missed.map((miss) => `  missed: ${miss}`),
    ].join('\n')}\n`,
  )
  expect(percent).toBeGreaterThanOrEqual(99)
  expect(lines).toBeGreaterThan(every ? 400 : 40)
})
