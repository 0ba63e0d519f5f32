import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type KeyLookup, lookupForNode } from '../../src/compiler/lookup-key.ts'
import { createMask } from '../../src/diff/mask.ts'
import { type ControlRepo, openControlRepo } from '../../src/project/control-repo.ts'
import { shown } from '../../src/project/facts-nodes.ts'
import { factsFromJson } from '../../src/project/read-facts.ts'
import { serverFacts } from '../../src/project/settings.ts'
import { renderLookupJson } from '../../src/report/lookup-json.ts'
import { fixtures } from './rehearse.ts'

/** A case of lookup-cases.json on a node, and what real Puppet says to it: JSON text, or its error. */
export interface LookupAnswer {
  readonly node: string
  readonly key: string
  readonly merge?: unknown
  readonly default?: string
  readonly type?: string
  readonly value?: string
  readonly error?: string
}

const recorded = resolve(import.meta.dirname, 'recorded/lookups.json')
export const lookupAnswers = (JSON.parse(readFileSync(recorded, 'utf8')) as { answers: LookupAnswer[] }).answers

export function openFixture(name: string): ControlRepo {
  return openControlRepo({ directory: resolve(fixtures, name), puppet: 7 })
}

/** The case as the command does it. */
export function look(repo: ControlRepo, asked: LookupAnswer): KeyLookup {
  const node = repo.nodes.find(({ name }) => name === asked.node)
  if (!node) throw new Error(`the fixture has no node ${asked.node}`)
  return lookupForNode(
    repo.environment,
    { serverFacts: serverFacts(7), ...node },
    {
      keys: [asked.key],
      ...(asked.merge === undefined ? {} : { merge: factsFromJson(asked.merge, '') }),
      ...(asked.default === undefined ? {} : { defaultValue: asked.default }),
      ...(asked.type === undefined ? {} : { type: asked.type }),
    },
  )
}

/** The document that `--format json` prints, as text. */
export function lookupJson(repo: ControlRepo, asked: LookupAnswer): string {
  const found = look(repo, asked)
  return renderLookupJson({
    node: asked.node,
    keys: [asked.key],
    found,
    context: { dataFile: found.dataFile, shownPath: (path) => shown(path, repo.directory) },
    mask: createMask('0'),
  })
}
