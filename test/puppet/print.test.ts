import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endsReading } from '../../src/puppet/ending-error.ts'
import { parseProgram } from '../../src/puppet/parser.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { parse } from './answers.ts'
import { print } from './print.ts'
import { snippets } from './snippets.ts'
import { treeShape } from './tree-shape.ts'
import { programs } from './trees.ts'

it('gives snippets that parse to the same tree again', () => {
  const readable = snippets.filter((snippet) => !parse(snippet).diagnostics.some(endsReading))
  expect(readable.length).toBeGreaterThan(500)
  for (const snippet of readable) {
    const { program } = parse(snippet)
    const { text, parenthesised } = print(program)
    const again = parse({ ...snippet, code: text })
    const shown = JSON.stringify({ ...snippet, printed: text })
    expect(
      again.diagnostics.filter(endsReading).map((each) => each.message),
      shown,
    ).toEqual([])
    expect(treeShape(again.program), shown).toEqual(treeShape(program))
    expect([...parenthesised], shown).toEqual([])
    expect(print(again.program).text, shown).toBe(text)
  }
})

it('gives generated trees that parse to the same tree again', () => {
  fc.assert(
    fc.property(programs, (program) => {
      const { text, parenthesised } = print(program)
      const again = parseProgram(sourceFile('generated.pp', text), false)
      const errors = again.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)
      expect(errors, text).toEqual([])
      expect(treeShape(again.program), text).toEqual(treeShape(program, parenthesised))
      expect(print(again.program).text).toBe(text)
    }),
    { numRuns: 400, seed: 20 },
  )
})
