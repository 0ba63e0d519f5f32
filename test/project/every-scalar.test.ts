import { afterAll, describe, expect, test } from 'vitest'
import {
  emptyShare,
  factsOf,
  literalsOf,
  openChanging,
  type Scalar,
  type Share,
  scalarsOf,
  shareText,
} from './every-scalar.ts'

/** `REHEARSE_EVERY_SCALAR=1` changes all of them; else a part that the seed chooses. */
const every = process.env.REHEARSE_EVERY_SCALAR === '1'
const seed = Number(process.env.REHEARSE_SEED ?? new Date().getUTCDate())

const sampled = <T>(all: readonly T[], one: number): readonly T[] =>
  every ? all : all.filter((_, i) => (i + seed) % one === 0)

const fleet = [
  'api01.ber.example.com',
  'db01.vie.example.com',
  'mail01.ber.example.com',
  'monitor01.vie.example.com',
  'web07.ber.example.com',
]

type Change = ReturnType<typeof openChanging>
const opened = new Map<string, Change>()

/** A fixture's unchanged state serves all that is changed in it. */
function changing(fixture: string): Change {
  const change = opened.get(fixture) ?? openChanging(fixture, fixture === 'fleet' ? fleet : undefined)
  opened.set(fixture, change)
  return change
}

type Row = readonly [fixture: string, folder: string, one: number]

const data: readonly Row[] = [
  ['switches', 'data', 3],
  ['ticket-shop', 'data', 3],
  ['whole-server', 'data', 4],
  ['fleet', 'data', 4],
  ['hiera-levels', 'data', 5],
  ['hiera-levels', 'site/profile/data', 3],
  ['language-tour', 'data', 3],
  ['language-tour', 'site/base/data', 1],
]

const facts: readonly Row[] = [
  ['switches', 'facts', 2],
  ['ticket-shop', 'facts', 3],
  ['whole-server', 'facts', 4],
  ['fleet', 'facts', 9],
  ['hiera-levels', 'facts', 5],
  ['language-tour', 'facts', 5],
]

const literals: readonly Row[] = [
  ['switches', 'site', 5],
  ['ticket-shop', 'site', 3],
  ['whole-server', 'site', 5],
  ['fleet', 'site', 16],
  ['hiera-levels', 'site', 6],
  ['language-tour', 'site', 16],
]

describe.each<
  readonly [what: string, rows: readonly Row[], find: (fixture: string, folder: string) => Scalar[], least: number]
>([
  ['data', data, scalarsOf, 40],
  ['facts', facts, factsOf, 10],
  ['manifests', literals, literalsOf, 40],
])('%s', (what, rows, find, least) => {
  const share: Share = emptyShare()

  test.each(rows)('%s/%s', { timeout: 600_000 }, (fixture, folder, one) => {
    const change = changing(fixture)
    const scalars = find(fixture, folder).filter(({ node }) => !node || fixture !== 'fleet' || fleet.includes(node))
    for (const scalar of sampled(scalars, one)) change(scalar, share)
  })

  afterAll(() => {
    process.stdout.write(`${what}, seed ${seed}: ${shareText(share)}\n`)
    const lost = share.missed.block.length + (what === 'data' ? share.missed.line.length : 0)
    // A part has too few lines to tell one of a hundred.
    expect(lost).toBeLessThanOrEqual(every ? share.lines / 100 : Math.max(1, share.lines / 100))
    expect(share.lines).toBeGreaterThan(every ? 10 * least : least)
  })
})
