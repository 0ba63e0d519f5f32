import { readCommandLine } from './command-line.ts'
import { formatNames } from './formats.ts'
import type { Io } from './io.ts'
import { loadRunner } from './runners.ts'

/** Rehearses a control repo in every format without showing it, so that V8 compiles what most runs need. */
export async function train(environment: string): Promise<void> {
  const nothing = () => {}
  const io: Io = { out: nothing, err: nothing, progress: nothing, write: nothing, colour: false, columns: undefined }
  for (const format of formatNames) {
    const asked = await readCommandLine(['--environment', environment, '--format', format], '')
    if (asked.kind !== 'command') throw new Error(asked.text)
    const runner = await loadRunner(asked.name)
    await runner.run({ args: asked.args, io, stalls: [], beacon: undefined, begin: nothing })
  }
}
