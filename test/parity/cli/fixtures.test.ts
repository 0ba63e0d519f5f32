import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fixtures, rehearse } from '../../cli/rehearse.ts'
import { available, compareCatalogs, puppet, puppetCatalogs, stdlibModules } from '../reference.ts'

const oracleFacts = resolve(fixtures, 'apache-vhosts/facts')

function facts(path: string): { name: string; values: object } {
  const data = parse(readFileSync(path, 'utf8')) as { name?: string; values?: object }
  const name = path
    .split('/')
    .at(-1)
    ?.replace(/\.(json|ya?ml)$/, '') as string
  return { name: data.name ?? name, values: data.values ?? data }
}

/** The nodes of a fixture, and the same fixture on the machines of the bundled facts. */
function requestsFor(fixture: string): string[] {
  const own = readdirSync(join(fixtures, fixture, 'facts')).map((file) => facts(join(fixtures, fixture, 'facts', file)))
  const others = readdirSync(oracleFacts).map((file) => facts(join(oracleFacts, file)))
  return [...own, ...others].map(({ name, values }) => JSON.stringify({ node: name, facts: values }))
}

describe.runIf(available('catalogs of the fixtures', puppet, stdlibModules))('catalogs of the fixtures', () => {
  it.each(readdirSync(fixtures))('%s: the same as real Puppet compiles', (fixture) => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-parity-'))
    // Puppet wants names of environments without dashes.
    const environment = fixture.replaceAll('-', '_')
    symlinkSync(join(fixtures, fixture), join(directory, environment))
    const requests = requestsFor(fixture)
    const reference = join(directory, 'reference.jsonl')
    const candidate = join(directory, 'candidate.jsonl')
    writeFileSync(reference, puppetCatalogs(directory, environment, `${requests.join('\n')}\n`))
    const args = ['catalog', '--batch', '--puppet', '7', '--environment', join(directory, environment)]
    writeFileSync(candidate, rehearse(args, { input: `${requests.join('\n')}\n` }).out)
    expect(compareCatalogs(reference, candidate)).toContain(
      `${requests.length} of ${requests.length} identical, 100.00 %`,
    )
  })
})
