import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fixtures, rehearse } from '../../cli/rehearse.ts'
import { committed, compare, edit } from '../../project/control-repo.ts'
import { available, compareCatalogs, puppet, puppetCatalogs } from '../reference.ts'

interface Answer {
  readonly node: string
  readonly catalog: {
    readonly resources: readonly {
      readonly type: string
      readonly title: string
      readonly parameters?: Readonly<Record<string, unknown>>
    }[]
  }
}

const requests = readdirSync(join(fixtures, 'fleet/facts'))
  .map((name) => {
    const facts = parse(readFileSync(join(fixtures, 'fleet/facts', name), 'utf8')) as object
    return `${JSON.stringify({ node: name.replace(/\.yaml$/, ''), facts })}\n`
  })
  .join('')

/** The files of a real catalog, as text that tells them apart. */
function filesOf(answer: Answer): Map<string, string> {
  return new Map(
    answer.catalog.resources
      .filter(({ type }) => type === 'File')
      .map(({ title, parameters }) => [title, JSON.stringify(parameters)]),
  )
}

/** For each file that differs between two sets of real catalogs, the nodes on which it does. */
function differingFiles(before: readonly Answer[], after: readonly Answer[]): Record<string, string[]> {
  const differing: Record<string, string[]> = {}
  for (const [i, answer] of after.entries()) {
    const old = filesOf(before[i] as Answer)
    for (const [path, text] of filesOf(answer))
      if (old.get(path) !== text) differing[path] = [...(differing[path] ?? []), answer.node]
  }
  return differing
}

const answers = (text: string): Answer[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)

describe.runIf(available('the fleet at two revisions', puppet))('the fleet at two revisions', () => {
  it.each([
    ['a port of one role', 'data/role/web.yaml', 'profile::web::port: 8080', 'profile::web::port: 8081'],
    ['a value that one node has of its own', 'data/common.yaml', 'web::workers: 16', 'web::workers: 20'],
    ['a value of one node', 'data/node/web07.ber.example.com.yaml', 'web::workers: 64', 'web::workers: 48'],
    ['a value of one site', 'data/site/vie.yaml', 'banner: Vienna', 'banner: Wien'],
    ['a value that another site overrides', 'data/common.yaml', 'banner: Example Tickets', 'banner: Tickets'],
  ])('%s: reaches the nodes and files that real catalogs say', (_, path, from, to) => {
    const directory = mkdtempSync(join(tmpdir(), 'rehearse-fleet-'))
    for (const environment of ['before', 'after'])
      cpSync(join(fixtures, 'fleet'), join(directory, environment), { recursive: true })
    edit(join(directory, 'after'), path, from, to)
    const real = Object.fromEntries(
      ['before', 'after'].map((environment) => {
        const reference = puppetCatalogs(directory, environment, requests)
        writeFileSync(join(directory, 'reference.jsonl'), reference)
        const args = ['catalog', '--batch', '--puppet', '7', '--environment', join(directory, environment)]
        writeFileSync(join(directory, 'candidate.jsonl'), rehearse(args, { input: requests }).out)
        expect(compareCatalogs(join(directory, 'reference.jsonl'), join(directory, 'candidate.jsonl'))).toContain(
          '120 of 120 identical, 100.00 %',
        )
        return [environment, answers(reference)]
      }),
    )
    committed(join(directory, 'before'))
    edit(join(directory, 'before'), path, from, to)
    const report = compare(join(directory, 'before'), '--puppet', '7', '--from', 'HEAD')
    const found: Record<string, string[]> = {}
    for (const { path: file, nodes } of report.changes) found[file] = [...(found[file] ?? []), ...nodes].sort()
    expect(found).toEqual(differingFiles(real.before as Answer[], real.after as Answer[]))
  })
})
