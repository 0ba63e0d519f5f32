import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixtures, rehearse } from '../../cli/rehearse.ts'
import { available, compareCatalogs, puppet, puppetCatalogs, stdlibModules } from '../reference.ts'

const factsDirectory = resolve(fixtures, 'apache-vhosts/facts')
const modules = '/usr/share/puppet/modules'
/** Every so many classes of the modules are compiled; `CORPUS_STEP=1` takes them all (some minutes). */
const step = Number(process.env.CORPUS_STEP ?? 25)

const nodes = readdirSync(factsDirectory).map((file) => {
  const { values } = JSON.parse(readFileSync(join(factsDirectory, file), 'utf8'))
  return { name: file.replace(/\.json$/, ''), values }
})

const strictSettings = ['strict=error', 'strict_variables=true']
/** Classes that differ with Puppet 7 under the settings of Puppet 8, and why. */
const differentInPuppet8 = new Map([
  ...['apache::mod::expires', 'apache::mod::ssl', 'apache::ssl'].map(
    (name) => [name, "Puppet 8's Ruby 3.2 has no Object#=~, which their templates call on true"] as const,
  ),
  ['designate::backend::bind9', 'the reference writes catalogs without rich data, where an Integer key is an error'],
  ['postgresql::repo::yum_postgresql_org', "Puppet 8's split takes Sensitive, so that its message lists more"],
])

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'rehearse-compiler-'))
  mkdirSync(join(directory, 'corpus'))
  writeFileSync(join(directory, 'corpus/environment.conf'), `modulepath = ${modules}\n`)
  writeFileSync(join(directory, 'corpus/hiera.yaml'), 'version: 5\n')
})

/** What compare-catalogs.mjs says of the requests, compiled by both. */
function compare(requests: readonly object[], version: '7' | '8' = '7'): string {
  const input = `${requests.map((request) => JSON.stringify(request)).join('\n')}\n`
  const reference = join(directory, 'reference.jsonl')
  const candidate = join(directory, 'candidate.jsonl')
  writeFileSync(reference, puppetCatalogs(directory, 'corpus', input, version === '8' ? strictSettings : []))
  const args = ['catalog', '--batch', '--puppet', version, '--environment', join(directory, 'corpus')]
  writeFileSync(candidate, rehearse(args, { input }).out)
  return compareCatalogs(reference, candidate)
}

/** A request for every `step`th class of the modules. */
function classRequests(values: unknown): { code: string }[] {
  const facts = join(directory, 'facts.json')
  writeFileSync(facts, JSON.stringify({ values }))
  const script = resolve(import.meta.dirname, '../../oracles/class-requests.mjs')
  const { stdout } = spawnSync(process.execPath, [script, '--modules', modules, '--facts', facts], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  return stdout
    .split('\n')
    .filter((line, i) => line !== '' && i % step === 0)
    .map((line) => JSON.parse(line) as { code: string })
}

describe.runIf(available('catalogs of real modules', puppet, stdlibModules))('catalogs of real modules', () => {
  it('are the same for Apache with virtual hosts and modules on every operating system', () => {
    const code = readFileSync(join(import.meta.dirname, 'apache-profile.pp'), 'utf8')
    const requests = nodes.map(({ values }) => ({ node: values.clientcert, facts: values, code }))
    expect(compare(requests)).toContain(`${requests.length} of ${requests.length} identical, 100.00 %`)
  })

  it.each(nodes)('are the same for classes of all modules: $name', ({ values }) => {
    const requests = classRequests(values)
    expect(requests.length).toBeGreaterThan(1000 / step)
    expect(compare(requests)).toContain(`${requests.length} of ${requests.length} identical, 100.00 %`)
  })

  it('are the same with the settings of Puppet 8, but for those that Puppet 8 itself makes different', () => {
    const [node] = nodes
    const requests = classRequests(node?.values).filter(
      ({ code }) => ![...differentInPuppet8.keys()].some((name) => code.trimEnd().endsWith(`include ${name}`)),
    )
    expect(compare(requests, '8')).toContain(`${requests.length} of ${requests.length} identical, 100.00 %`)
  })
})
