import yargs, { type Argv } from 'yargs'
import { faultDiagnostic } from '../source/diagnostic.ts'
import { type CommandName, commands } from './commands.ts'
import { execute } from './execute.ts'
import { CannotRun, exitCodes } from './io.ts'
import { paint } from './paint.ts'
import { standardInput } from './standard-input.ts'

/** Parsed arguments: plain data, so that they can cross to a worker. */
export type Arguments = Readonly<Record<string, unknown>>

/** What a command line asks for: a command, or a text such as the help. */
type Asked =
  | { readonly kind: 'command'; readonly name: CommandName; readonly args: Arguments }
  | { readonly kind: 'text'; readonly text: string }

/** Reads the command line; `run` where it names no command. Throws `CannotRun`. */
export async function readCommandLine(given: readonly string[], version: string): Promise<Asked> {
  const argv = given.map((arg) => (arg === '-' ? standardInput : arg))
  let chosen: Asked | undefined
  let problem: string | undefined
  let shown: string | undefined
  const parser = yargs([...argv])
    .scriptName('rehearse')
    .locale('en')
    .usage(
      '$0 [command]\n\nShows the exact files a Puppet change puts on each node, and whether Apache will accept them.',
    )
    .parserConfiguration({ 'camel-case-expansion': true, 'boolean-negation': true, 'duplicate-arguments-array': true })
    .version(version)
    .help()
    .strict()
    .recommendCommands()
    .demandCommand(0)
    .completion('completion', 'Print a script for shell completion: rehearse completion >> ~/.bashrc')
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .epilogue('Exit codes: 0 clean, 1 findings, 2 could not run.')
    .exitProcess(false)
  for (const command of commands)
    parser.command(
      command.usage,
      command.describe,
      (y: Argv) => command.options(y),
      (args: Arguments) => {
        chosen = { kind: 'command', name: command.name, args: plain(args) }
      },
    )
  await parser.parseAsync([...argv], {}, (error: Error | undefined | null, _args: unknown, output: string) => {
    if (error) problem = error.message
    else if (output) shown = `${output}\n`
  })
  if (problem !== undefined) throw new CannotRun(problem, 'See `rehearse --help`.')
  return shown === undefined && chosen ? chosen : { kind: 'text', text: shown ?? '' }
}

/** Runs what the command line asks for and gives the exit code. */
export async function runCommandLine(given: readonly string[], version: string): Promise<number> {
  try {
    const asked = await readCommandLine(given, version)
    if (asked.kind === 'command') return await execute(asked.name, asked.args)
    process.stdout.write(asked.text)
    return exitCodes.clean
  } catch (error) {
    if (error instanceof CannotRun) return complain(error)
    if (process.env.REHEARSE_DEBUG) throw error
    const { message, remedy } = faultDiagnostic(error)
    return complain(new CannotRun(message, remedy))
  }
}

function complain(error: CannotRun): number {
  const style = paint(Boolean(process.stderr.isTTY) && !process.env.NO_COLOR)
  process.stderr.write(`${style.error('rehearse:')} ${error.message}\n`)
  if (error.remedy) process.stderr.write(`${error.remedy}\n`)
  return exitCodes.couldNotRun
}

function plain(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => typeof value !== 'function'))
}
