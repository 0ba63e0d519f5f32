import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')
export const fixtures = resolve(import.meta.dirname, '../../templates-fixtures')

export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Invocation {
  readonly input?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the program as people do. No outcome may hold a stack trace: that is checked for every run. */
export function rehearse(args: readonly string[], { input = '', cwd, env = {} }: Invocation = {}): Outcome {
  const run = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(cwd ? { cwd } : {}),
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  const outcome = { code: run.status, out: run.stdout, err: run.stderr }
  if (/^\s+at .+:\d+:\d+\)?$/m.test(outcome.out + outcome.err))
    throw new Error(`a stack trace reached the user:\n${outcome.err}${outcome.out}`)
  return outcome
}

/** Runs the program once for a report in every format; `texts` are the reports, by format. */
export function rehearseInEveryFormat(
  args: readonly string[],
): Outcome & { readonly texts: ReadonlyMap<string, string> } {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-test-'))
  const files = ['json', 'html', 'markdown', 'sarif'].map((format) => [format, join(directory, format)] as const)
  const formats = ['pretty', ...files.map(([format, path]) => `${format}=${path}`)].flatMap((text) => [
    '--format',
    text,
  ])
  const outcome = rehearse([...args, ...formats])
  const written = files.map(([format, path]) => [format, readFileSync(path, 'utf8')] as const)
  return { ...outcome, texts: new Map([['pretty', outcome.out], ...written]) }
}

/** A new directory with these files. */
export function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-test-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}

/** A copy of a fixture that a test may change. */
export function copyOf(fixture: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-test-'))
  cpSync(join(fixtures, fixture), directory, { recursive: true, verbatimSymlinks: true })
  return directory
}

/** A control repo with a few nodes and this site manifest, for tests of what goes wrong. */
export function repoWith(
  site: string,
  files: Readonly<Record<string, string>> = {},
  nodes = ['a.example.com'],
): string {
  return directoryWith({
    'manifests/site.pp': site,
    ...Object.fromEntries(nodes.map((node) => [`facts/${node}.yaml`, 'os: {family: Debian}\n'])),
    ...files,
  })
}
