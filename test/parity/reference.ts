import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const oracles = resolve(import.meta.dirname, '../oracles')

/**
 * Whether reference programs are here; says what is skipped and why where one is missing. With `CI=true` a missing one
 * is an error: a skipped comparison must not look like a passed one.
 */
export function available(what: string, ...programs: readonly (readonly [name: string, ...args: string[]])[]): boolean {
  const missing = programs.filter(([name, ...args]) => spawnSync(name, args, { stdio: 'ignore' }).status !== 0)
  if (missing.length === 0) return true
  const names = missing.map((program) => program.join(' ')).join('; ')
  const message = `skipped: ${what}: this machine cannot run ${names} (test/oracles/install.sh installs it)`
  if (process.env.CI === 'true') throw new Error(message)
  process.stderr.write(`${message}\n`)
  return false
}

export const puppet = ['ruby', '-e', 'require "puppet"'] as const
export const stdlibModules = ['test', '-d', '/usr/share/puppet/modules/apache/manifests'] as const

/** What real Puppet says to requests, as test/oracles/puppet-catalogs.rb puts it: one answer a line. */
export function puppetCatalogs(
  environmentPath: string,
  environment: string,
  requests: string,
  settings: readonly string[] = [],
): string {
  const args = [
    '--environmentpath',
    environmentPath,
    '--environment',
    environment,
    ...settings.flatMap((s) => ['--set', s]),
  ]
  return run('ruby', [`${oracles}/puppet-catalogs.rb`, ...args], requests)
}

/** Holds two answers side by side; the text that test/oracles/compare-catalogs.mjs prints. */
export function compareCatalogs(reference: string, candidate: string): string {
  const result = spawnSync(
    process.execPath,
    [`${oracles}/compare-catalogs.mjs`, reference, candidate, '--show', '40'],
    {
      encoding: 'utf8',
    },
  )
  return result.stdout
}

function run(program: string, args: readonly string[], input: string): string {
  const result = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 30 })
  if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr.slice(-2000)}`)
  return result.stdout
}
