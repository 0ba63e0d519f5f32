import { readFileSync, writeSync } from 'node:fs'
import { exitCodes } from './io.ts'

/** Runs the program with its arguments and gives its exit code: 0 clean, 1 findings, 2 could not run. */
export async function main(argv: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', streamFailed)
  // The version needs nothing else: neither the argument parser nor a stage is loaded for it.
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`${version()}\n`)
    return exitCodes.clean
  }
  const { runCommandLine } = await import('./command-line.ts')
  return runCommandLine(argv, version())
}

/** Nobody reads any more, as after `| head`: that is no fault of anybody's. Or there is no room for more. */
function streamFailed({ code }: NodeJS.ErrnoException): never {
  if (code !== 'EPIPE') writeSync(2, `rehearse: cannot write the output: ${code}\n`)
  process.exit(exitCodes.couldNotRun)
}

function version(): string {
  const up = import.meta.url.endsWith('.ts') ? '../../package.json' : '../package.json'
  return (JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string }).version
}
