import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe } from 'vitest'
import { type Answer, modulePath, pathOf } from '../../puppet/answers.ts'
import type { Snippet } from '../../puppet/snippets.ts'

const script = resolve(import.meta.dirname, 'parser-oracle.rb')

/** A suite that needs real Puppet: skipped, and named so, where there is none, but never under `CI=true`. */
export function describeWithPuppet(name: string, suite: () => void): void {
  if (spawnSync('ruby', ['-e', "require 'puppet'"]).status === 0) describe(name, suite)
  else if (process.env.CI === 'true') throw new Error(`${name}: needs ruby with Puppet (Debian's puppet-agent)`)
  else describe.skip(`${name} (needs ruby with Puppet: Debian's puppet-agent)`, suite)
}

/** Asks real Puppet's parser about every request, in one process. */
export function askParser(requests: readonly Snippet[], tree = true): Answer[] {
  const input = requests.map((request) => {
    const { module, ...rest } = request
    const place = module === undefined ? {} : { path: pathOf(request), modulepath: modulePath }
    return JSON.stringify({ ...rest, ...place, tree })
  })
  const run = spawnSync('ruby', ['-W0', script], {
    input: input.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (run.status !== 0) throw new Error(`the parser oracle failed: ${run.stderr}`)
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}
