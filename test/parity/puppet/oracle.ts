import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { type Answer, modulePath, pathOf } from '../../puppet/answers.ts'
import type { Snippet } from '../../puppet/snippets.ts'

const script = resolve(import.meta.dirname, 'parser-oracle.rb')

/** Whether real Puppet is here to be asked. */
export function hasPuppet(): boolean {
  return spawnSync('ruby', ['-e', "require 'puppet'"]).status === 0
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
