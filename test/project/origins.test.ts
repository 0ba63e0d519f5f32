import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import { repositoryOf } from './control-repo.ts'

interface Scalar {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
  readonly text: string
  readonly changed: string
}

/** Each scalar of the data files with another value of its kind in its place. */
function* scalarsOf(directory: string): Generator<Scalar> {
  for (const entry of readdirSync(join(directory, 'data'), { recursive: true }).map(String)) {
    if (!entry.endsWith('.yaml')) continue
    const path = join('data', entry)
    for (const [i, text] of readFileSync(join(directory, path), 'utf8').split('\n').entries()) {
      const found = /^(\s*(?:- )?(?:[\w:'"-]+: +|- ))(['"]?)([^'"{[|>#&*%][^'"#%]*?)\2\s*$/.exec(text)
      if (!found) continue
      const [, head, quote, value] = found as unknown as [string, string, string, string]
      if (/^(true|false|null|~)$/.test(value)) continue
      const other = /^\d+$/.test(value) ? String(Number(value) + 1) : `${value}x`
      yield { path, line: i + 1, text, changed: `${head}${quote}${other}${quote}` }
    }
  }
}

test.each([
  ['fleet', ['web01.ber.example.com', 'api01.ber.example.com', 'db01.ber.example.com', 'mail01.vie.example.com']],
  ['ticket-shop', ['web01.example.com', 'staging.example.com']],
])('%s: a changed scalar is in the chain of every line that it changes', { timeout: 120_000 }, (fixture, names) => {
  const directory = repositoryOf(fixture)
  let lines = 0
  const missed: string[] = []
  let scalars = 0
  for (const { path, line, text, changed } of scalarsOf(directory)) {
    scalars++
    const file = join(directory, path)
    const before = readFileSync(file, 'utf8')
    const rows = before.split('\n')
    rows[line - 1] = changed
    writeFileSync(file, rows.join('\n'))
    const { repo, earlier } = openRevisions({ directory, bundled: false } as Parameters<typeof openRevisions>[0], {
      from: 'HEAD',
    })
    const nodes = repo.nodes.filter(({ name }) => names.includes(name))
    const report = run(repo, { nodes, earlier, stalls: [] })
    for (const { change, causes, section } of report.changes) {
      if (section !== 'change') continue
      for (const [i, hunk] of change.hunks.entries()) {
        lines += hunk.lines.filter(({ kind }) => kind === 'added').length
        const named = causes?.[i]?.causes.some((cause) => cause.path === path && cause.line === line)
        if (!named) missed.push(`${path}:${line} ${text} in ${change.path}`)
      }
    }
    writeFileSync(file, before)
  }
  expect(missed).toEqual([])
  expect(scalars).toBeGreaterThan(8)
  expect(lines).toBeGreaterThan(8)
})
