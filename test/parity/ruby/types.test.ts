import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startRuby } from '../../../src/ruby/ruby.ts'
import { value } from '../../ruby/context.ts'
import { moduleContext, modules, rubyFiles } from './modules.ts'
import { modulePath } from './real-puppet.ts'

interface RealType {
  readonly parameters: readonly string[]
  readonly namevars: readonly string[]
  readonly titlePatterns: readonly { readonly pattern: string; readonly names: readonly string[] }[]
  readonly isomorphic: boolean
}

const ruby = startRuby({ modules, now: 0n, version: '7.23.0' })
const facts = {
  os: { family: 'Debian', name: 'Debian', release: { full: '12', major: '12' } },
  kernel: 'Linux',
  operatingsystem: 'Debian',
  osfamily: 'Debian',
}
const core = new Set(['file', 'package', 'service', 'exec', 'user', 'group', 'notify'])
const context = moduleContext(ruby, facts, {
  scope: { facts: value(facts) },
  catalog: { hasResourceType: (name) => core.has(name) },
})
const script = fileURLToPath(new URL('../../oracles/resource-types.rb', import.meta.url))
const real = JSON.parse(
  execFileSync('ruby', [script], {
    env: { ...process.env, MODULES: modulePath },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as Record<string, RealType>

it.each(
  rubyFiles('puppet/type')
    .filter(({ name }) => !name.includes('::'))
    .map(({ file, name }) => [name, file] as const),
)('reads the type %s', (name, file) => {
  const info = ruby.loadResourceType(file, name, context)
  const expected = real[name]
  expect(expected).toBeDefined()
  expect({
    parameters: [...(info?.parameters ?? [])].sort(),
    namevars: info?.namevars,
    titlePatterns: info?.titlePatterns.map(({ names }) => names),
    isomorphic: info?.isomorphic,
  }).toEqual({
    parameters: [...(expected?.parameters ?? [])].sort(),
    namevars: expected?.namevars,
    titlePatterns: expected?.titlePatterns.map(({ names }) => names),
    isomorphic: expected?.isomorphic,
  })
})
