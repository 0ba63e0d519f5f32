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

const shop = ['--environment', join(fixtures, 'ticket-shop')]

/** What a process says of itself at its end: processor time of all its threads, and the most memory it held. */
function usageOf(args: readonly string[]): { milliseconds: number; megabytes: number } {
  const report =
    "process.on('exit', () => process.stderr.write('usage ' + JSON.stringify(process.resourceUsage()) + '\\n'))"
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(report)}`, ...args],
    {
      encoding: 'utf8',
    },
  )
  const found = [...stderr.matchAll(/^usage (.*)$/gm)].map(
    ([, text]) => JSON.parse(text as string) as NodeJS.ResourceUsage,
  )
  expect(found.length).toBeGreaterThan(0)
  const most = (name: keyof NodeJS.ResourceUsage) => Math.max(...found.map((usage) => usage[name]))
  return { milliseconds: (most('userCPUTime') + most('systemCPUTime')) / 1000, megabytes: most('maxRSS') / 1024 }
}

it('rehearses the ticket shop in less than 300 MB', () => {
  expect(usageOf([bin, ...shop]).megabytes).toBeLessThan(300)
})

it('rehearses the ticket shop in the processor time in which Node starts 14 times', () => {
  const least = (args: readonly string[]) => Math.min(...Array.from({ length: 3 }, () => usageOf(args).milliseconds))
  expect(least([bin, ...shop]) / least(['-e', '0'])).toBeLessThan(14)
})

it('parses none of its own code, in neither thread', () => {
  const watch = `
    import vm from 'node:vm'
    import { writeSync } from 'node:fs'
    import { isMainThread } from 'node:worker_threads'
    const { Script } = vm
    const timed = (run) => {
      const started = performance.now()
      const result = run()
      return [result, performance.now() - started]
    }
    vm.Script = class {
      constructor(text, options) {
        ;[this.script, this.taken] = timed(() => new Script(text, options))
      }
      runInThisContext() {
        const [chunk, started] = timed(() => this.script.runInThisContext())
        const thread = isMainThread ? 'main' : 'worker'
        const told = { thread, rejected: this.script.cachedDataRejected, taken: this.taken, started }
        writeSync(2, 'chunk ' + JSON.stringify(told) + '\\n')
        return chunk
      }
    }`
  const hook = `data:text/javascript,${encodeURIComponent(watch)}`
  const { stderr } = spawnSync(process.execPath, ['--import', hook, bin, ...shop], { encoding: 'utf8' })
  const chunks = [...stderr.matchAll(/^chunk (.*)$/gm)].map(([, told]) => JSON.parse(told as string) as Chunk)
  for (const name of ['main', 'worker'])
    expect(chunks.filter(({ thread }) => thread === name).length).toBeGreaterThan(5)
  expect(chunks.filter(({ rejected }) => rejected !== false)).toEqual([])
  // A chunk whose own function were missing in its compiled form would be parsed whole where it starts.
  const sum = (what: 'taken' | 'started') => chunks.reduce((total, chunk) => total + chunk[what], 0)
  expect(sum('started')).toBeLessThan(sum('taken'))
})

/** A chunk of the program as it was loaded: milliseconds for its compiled form, and for making its function of that. */
interface Chunk {
  readonly thread: string
  readonly rejected: boolean
  readonly taken: number
  readonly started: number
}
