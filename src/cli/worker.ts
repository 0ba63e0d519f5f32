import { parentPort } from 'node:worker_threads'
import { expectRuby } from '../ruby/module.ts'
import { CannotRun, type Io } from './io.ts'
import type { Job, Message } from './messages.ts'
import { loadRunner } from './runners.ts'
import type { Session } from './session.ts'

// The thread that runs templates and modules: the watching thread can end it whatever they do. Its first message is
// the job; in batch mode each further one is a request.
const post = (message: Message): void => parentPort?.postMessage(message)
let answer: ((line: string) => string) | undefined

parentPort?.on('message', (message: Job | string) => {
  void guarded(() => (typeof message === 'string' ? answerLine(message) : start(message)))
})

/** Milliseconds between two lines of progress; every message wakes the thread that shows them. */
const progressPause = 100
let progressAt = 0

async function start(job: Job): Promise<void> {
  expectRuby(job.ruby)
  const io: Io = {
    out: (text) => post({ kind: 'out', text }),
    err: (text) => post({ kind: 'err', text }),
    progress: (text) => {
      const now = performance.now()
      if (text !== '' && now - progressAt < progressPause) return
      progressAt = now
      post({ kind: 'progress', text })
    },
    write: (path, text) => post({ kind: 'write', path, text }),
    colour: job.colour,
    columns: job.columns,
  }
  const { args, stalls, beacon } = job
  const begin: Session['begin'] = (name, seconds) => post({ kind: 'begin', name, seconds })
  const session: Session = { args, io, stalls, beacon, begin }
  const runner = await loadRunner(job.command)
  if (!args.batch) {
    post({ kind: 'done', exitCode: await runner.run(session) })
    return
  }
  answer = runner.batch?.(session)
  if (!answer) throw new CannotRun(`${job.command} has no batch mode`)
  post({ kind: 'ready' })
}

function answerLine(line: string): void {
  post({ kind: 'answer', text: `${answer?.(line)}\n` })
}

/** Gives the user's mistakes to the watching thread; any other exception is a bug and ends the worker. */
async function guarded(work: () => Promise<void> | void): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error
    post({ kind: 'cannot-run', message: error.message, remedy: error.remedy })
  }
}
