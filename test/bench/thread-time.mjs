// Loaded with --import into a run of the program: tells on standard error, at the end, the milliseconds of processor that
// the thread with the work has taken, apart from threads that compile or collect garbage beside it, and from what other
// programs take.
import { readFileSync, writeSync } from 'node:fs'
import { isMainThread, parentPort } from 'node:worker_threads'

if (!isMainThread && parentPort) {
  const post = parentPort.postMessage.bind(parentPort)
  parentPort.postMessage = (message, ...rest) => {
    if (message.kind === 'done') writeSync(2, `thread ${threadTime()}\n`)
    post(message, ...rest)
  }
}

function threadTime() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
  } catch {
    // Other systems than Linux tell of the whole process alone.
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
}
