import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import type { Stall } from '../project/stalls.ts'
import { makeBeacon, readBeacon } from '../ruby/beacon.ts'
import { deliverRuby, prepareRuby } from '../ruby/module.ts'
import { type CommandName, commands } from './commands.ts'
import { CannotRun, exitCodes, type Io } from './io.ts'
import type { Job, Message } from './messages.ts'
import { loadRunner } from './runners.ts'
import { streams } from './streams.ts'

type Args = Readonly<Record<string, unknown>>

/** Runs a command; one that may run untrusted code in a worker that is watched. Gives the exit code. */
export async function execute(name: CommandName, args: Args): Promise<number> {
  const io = streams(args)
  const command = commands.find((c) => c.name === name)
  if (command?.untrusted) return watched(name, args, io)
  const runner = await loadRunner(name)
  const session = { args, io, stalls: [], beacon: undefined, begin: () => {} }
  if (!args.batch) return runner.run(session)
  const answer = runner.batch?.(session)
  if (!answer) throw new CannotRun(`${name} has no batch mode`)
  for await (const line of requests()) io.out(`${answer(line)}\n`)
  return exitCodes.clean
}

/** The lines of standard input that hold something. */
async function* requests(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line.trim() !== '') yield line
}

/**
 * Starts workers until one ends by itself. One that takes too long over a node is ended; the next one lets Ruby tell
 * every line it runs, to learn where it hangs, and those after it report that node instead of trying it again.
 */
async function watched(name: CommandName, args: Args, io: Io): Promise<number> {
  const rubyModule = prepareRuby()
  const lines = args.batch ? requests() : undefined
  const stalls: Stall[] = []
  let suspect: string | undefined
  let pending: string | undefined
  for (;;) {
    const beacon = suspect === undefined ? undefined : makeBeacon()
    const job = { command: name, args, colour: io.colour, columns: io.columns, stalls, beacon }
    const end = await watchWorker(job, rubyModule, io, lines, pending)
    if (end.kind === 'done') return end.exitCode
    pending = end.line
    if (suspect === end.name) {
      const at = beacon && readBeacon(beacon)
      stalls.push({ name: end.name, seconds: end.seconds, ...(at ? { at } : {}) })
      suspect = undefined
    } else suspect = end.name
  }
}

type WorkerEnd =
  | { readonly kind: 'done'; readonly exitCode: number }
  | { readonly kind: 'stalled'; readonly name: string; readonly seconds: number; readonly line: string | undefined }

/** One worker's life. `pending` is a request that an earlier worker took and did not answer. */
function watchWorker(
  job: Omit<Job, 'ruby'>,
  rubyModule: Promise<WebAssembly.Module>,
  io: Io,
  lines: AsyncGenerator<string> | undefined,
  pending: string | undefined,
): Promise<WorkerEnd> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load.js', import.meta.url), {
      workerData: 'worker',
      resourceLimits: { maxOldGenerationSizeMb: 3072, maxYoungGenerationSizeMb: 96 },
    })
    let timer: NodeJS.Timeout | undefined
    let line = pending
    let resend = pending !== undefined
    const finish = (end: WorkerEnd | Error): void => {
      clearTimeout(timer)
      void worker.terminate()
      if (end instanceof Error) reject(end)
      else resolve(end)
    }
    const next = async (): Promise<void> => {
      if (resend) resend = false
      else {
        const request = await lines?.next()
        if (!request || request.done) {
          finish({ kind: 'done', exitCode: exitCodes.clean })
          return
        }
        line = request.value
      }
      worker.postMessage(line)
    }
    worker.on('message', (message: Message) => {
      switch (message.kind) {
        case 'out':
        case 'err':
        case 'progress':
          io[message.kind](message.text)
          return
        case 'write':
          try {
            io.write(message.path, message.text)
          } catch (error) {
            finish(error as Error)
          }
          return
        case 'begin':
          clearTimeout(timer)
          timer = setTimeout(() => {
            finish({ kind: 'stalled', name: message.name, seconds: message.seconds, line })
          }, message.seconds * 1000)
          return
        case 'answer':
        case 'ready':
          if (message.kind === 'answer') io.out(message.text)
          clearTimeout(timer)
          next().catch(finish)
          return
        case 'done':
          finish({ kind: 'done', exitCode: message.exitCode })
          return
        case 'cannot-run':
          finish(new CannotRun(message.message, message.remedy))
      }
    })
    worker.on('error', finish)
    rubyModule.catch(finish)
    const ruby = deliverRuby(rubyModule)
    worker.postMessage({ ...job, ruby } satisfies Job, [ruby.port])
  })
}
