import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { fixtures } from './rehearse.ts'

const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')

/** The least of the milliseconds that runs by turns take: what else the machine does only ever adds. */
function leastOfEach(commands: readonly (readonly string[])[], turns: number): number[] {
  const least = commands.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < turns; turn++)
    for (const [i, args] of commands.entries()) {
      const started = performance.now()
      spawnSync(process.execPath, args, { stdio: 'ignore' })
      least[i] = Math.min(least[i] as number, performance.now() - started)
    }
  return least
}

it('tells its version in at most twice the time that Node takes to start', () => {
  const [bare, version] = leastOfEach(
    [
      ['-e', '0'],
      [bin, '--version'],
    ],
    12,
  ) as [number, number]
  expect(version / bare).toBeLessThanOrEqual(2)
})

it('rehearses the ticket shop in less than 400 MB', () => {
  const report = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))"
  const args = ['--import', `data:text/javascript,${encodeURIComponent(report)}`, bin, '--environment']
  const { stderr } = spawnSync(process.execPath, [...args, join(fixtures, 'ticket-shop')], { encoding: 'utf8' })
  const peaks = [...stderr.matchAll(/peak (\d+)/g)].map(([, kilobytes]) => Number(kilobytes))
  expect(peaks.length).toBeGreaterThan(0)
  expect(Math.max(...peaks)).toBeLessThan(400 * 1024)
})
