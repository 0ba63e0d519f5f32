import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { endsReading } from '../../../src/puppet/ending-error.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { type Answer, answer, comparable, parse } from '../../puppet/answers.ts'
import { print } from '../../puppet/print.ts'
import type { Snippet } from '../../puppet/snippets.ts'
import { tokenFaults } from '../../puppet/token-invariants.ts'
import { shapeFaults } from '../../puppet/tree-invariants.ts'
import { treeShape } from '../../puppet/tree-shape.ts'
import { askParser, describeWithPuppet } from './oracle.ts'

const modules = '/usr/share/puppet/modules'

/** Every manifest and EPP template below a folder; links are followed, as Puppet follows them. */
function* texts(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* texts(path)
    else if (path.endsWith('.pp') || path.endsWith('.epp')) yield path
  }
}

const snippetOf = (path: string): Snippet => ({
  code: readFileSync(path, 'utf8'),
  ...(path.endsWith('.epp') ? { epp: true } : {}),
  module: relative(modules, path),
})

/** Numbers between 0 and 1 that are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const pieces =
  '{ } ( ) [ ] , ; : => -> | <| |> @ " \' $ ${ $x foo Foo :: ::foo if else case class node undef ! - * / + = ? # /* 1 08 a-b <% %> -%> <%='.split(
    ' ',
  )

/** The text with a word or sign taken out, put in, changed, or everything after it gone. */
function mutated(code: string, random: () => number): string {
  const tokens = code.match(/\w+|\s+|[^\w\s]+/g) ?? []
  const at = Math.floor(random() * tokens.length)
  const piece = pieces[Math.floor(random() * pieces.length)] as string
  const kind = random()
  if (kind < 0.3) tokens.splice(at, 1)
  else if (kind < 0.6) tokens.splice(at, 0, piece)
  else if (kind < 0.8) tokens.splice(at, 1, piece)
  else tokens.length = at
  return tokens.join('')
}

/** Places where Ruby's own regexp compiler or JSON parser speaks are not ours to match. */
function isForeign(theirs: Answer): boolean {
  return theirs.crash !== undefined || /JSON syntax checker/.test(theirs.error?.[0] ?? '')
}

describeWithPuppet('the modules that Debian ships', () => {
  let paths: readonly string[] = []
  beforeAll(() => {
    paths = [...texts(modules)]
  })

  it('parse to the same trees as in Puppet, with the same findings', () => {
    const answers = askParser(paths.map(snippetOf))
    expect(paths.length).toBeGreaterThan(1000)
    const different = paths.filter((path, at) => {
      const result = parse(snippetOf(path))
      const { theirs, ours } = comparable(answers[at] as Answer, answer(result))
      const nested = !snippetOf(path).code.includes('@(')
      return shapeFaults(result.program, nested).length > 0 || JSON.stringify(theirs) !== JSON.stringify(ours)
    })
    expect(different).toEqual([])
  })

  it('are covered by their tokens, but for blanks and comments', () => {
    const faults = paths
      .filter((path) => path.endsWith('.pp'))
      .flatMap((path) => tokenFaults(sourceFile(path, readFileSync(path, 'utf8'))).map((fault) => `${path} ${fault}`))
    expect(faults).toEqual([])
  })

  it('parse to the same trees again after they are printed', () => {
    const manifests = paths.filter((path) => path.endsWith('.pp'))
    expect(manifests.length).toBeGreaterThan(1400)
    const different = paths.filter((path) => {
      const { program, diagnostics } = parse(snippetOf(path))
      if (diagnostics.some(endsReading)) return false
      const { text, parenthesised } = print(program)
      const again = parse({ ...snippetOf(path), code: text })
      const same = JSON.stringify(treeShape(again.program)) === JSON.stringify(treeShape(program))
      return (
        !same || parenthesised.size > 0 || again.diagnostics.some(endsReading) || print(again.program).text !== text
      )
    })
    expect(different).toEqual([])
  })

  it('fail with Puppet’s first message at Puppet’s place when they are broken', () => {
    const random = randomNumbers(20)
    const requests: Snippet[] = []
    while (requests.length < 3000) {
      const snippet = snippetOf(paths[Math.floor(random() * paths.length)] as string)
      if (snippet.code.length < 8000) requests.push({ ...snippet, code: mutated(snippet.code, random) })
    }
    const answers = askParser(requests)
    const different = requests.filter((request, at) => {
      const theirs = answers[at] as Answer
      const compared = comparable(theirs, answer(parse(request)))
      return !isForeign(theirs) && JSON.stringify(compared.theirs) !== JSON.stringify(compared.ours)
    })
    expect(different.map((each) => each.code)).toEqual([])
  })
})
