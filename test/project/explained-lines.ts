import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configPlace } from '../../src/apache/place.ts'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { renderNode } from '../../src/project/rendered-node.ts'
import { positionAt } from '../../src/source/source-file.ts'
import { fixtures } from '../cli/rehearse.ts'
import { chainOf } from './every-scalar.ts'

interface Row {
  readonly fixture: string
  readonly node: string
  readonly path: string
  readonly line: number
  /** `path:line` of the text that gave the line; `-` where data hold it whole. */
  readonly template: string
  /** `path:line:column` of values. */
  readonly places: readonly string[]
}

function columnOf(fixture: string, path: string, line: number, text: string): number {
  const source = readFileSync(resolve(fixtures, fixture, path), 'utf8').split('\n')[line - 1] ?? ''
  const at = source.indexOf(text.replace('^', ''))
  if (at < 0) throw new Error(`${path}:${line} has no ${text}`)
  return at + Math.max(text.indexOf('^'), 0) + 1
}

/** The rows of a table as its first lines describe them. */
function* rowsOf(file: URL): Generator<Row> {
  let section: { fixture: string; nodes: readonly string[]; path: string } | undefined
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text === '' || text.startsWith('#')) continue
    if (text.startsWith('== ')) {
      const [fixture = '', ...rest] = text.slice(3).split(' ')
      section = { fixture, nodes: rest.slice(0, -1), path: rest.at(-1) as string }
      continue
    }
    const [line, template = '', ...data] = text.split(' | ')
    for (const node of section?.nodes ?? []) {
      const { fixture, path } = section as NonNullable<typeof section>
      const places = data.map((place) => {
        const [, file = '', number = '', value = ''] = /^(\S+):(\d+) (.*)$/.exec(place) ?? []
        const name = file.replace('{n}', node)
        return `${name}:${number}:${columnOf(fixture, name, Number(number), value)}`
      })
      yield { fixture, node, path, line: Number(line), template, places }
    }
  }
}

const opened = new Map<string, Map<string, readonly RenderedFile[]>>()

function filesOf(fixture: string, table: readonly Row[]): Map<string, readonly RenderedFile[]> {
  const known = opened.get(fixture)
  if (known) return known
  const repo = openControlRepo({ directory: join(fixtures, fixture), vendoredTypes: true })
  const wanted = new Set(table.filter((row) => row.fixture === fixture).map((row) => row.node))
  const files = new Map(
    repo.nodes.filter(({ name }) => wanted.has(name)).map((node) => [node.name, renderNode(repo, node, []).files]),
  )
  opened.set(fixture, files)
  return files
}

/** Holds what is said of the lines of a table, and that every line of an Apache file of its nodes is told something of. */
export function holdExplainedLines(file: URL, least: number): void {
  const table = [...rowsOf(file)]

  test('the table is long enough', () => {
    expect(table.length).toBeGreaterThanOrEqual(least)
  })

  describe.each([...new Set(table.map(({ fixture }) => fixture))])('%s', (fixture) => {
    test('each line comes from where its sources say', { timeout: 60_000 }, () => {
      const wrong: string[] = []
      for (const { node, path, line, template, places } of table.filter((row) => row.fixture === fixture)) {
        const file = filesOf(fixture, table)
          .get(node)
          ?.find((candidate) => candidate.path === path)
        const steps = file ? chainOf(file, line) : []
        const found = steps.flatMap(({ span }) => {
          if (!span) return []
          const { line: at, column } = positionAt(span.file, span.start)
          return [{ place: `${span.file.path}:${at}`, exact: `${span.file.path}:${at}:${column}` }]
        })
        const missing = [
          ...(template === '' || template === '-' || found.some(({ place }) => `/${place}`.endsWith(`/${template}`))
            ? []
            : [template]),
          ...places.filter((wanted) => !found.some(({ exact }) => exact === wanted)),
        ]
        if (missing.length > 0) wrong.push(`${node} ${path}:${line} lacks ${missing.join(', ')}`)
      }
      expect(wrong).toEqual([])
    })

    test('every line of its Apache files has an origin', () => {
      for (const [node, files] of filesOf(fixture, table))
        for (const file of files) {
          if (!file.source || configPlace(file.path) === undefined) continue
          for (const [i, text] of file.source.text.split('\n').entries())
            if (text.trim() !== '')
              expect([node, file.path, i + 1, chainOf(file, i + 1).some(({ span }) => span)]).toEqual([
                node,
                file.path,
                i + 1,
                true,
              ])
        }
    })
  })
}
