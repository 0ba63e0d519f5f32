import { expect, it } from 'vitest'
import { judge } from './machine.ts'
import { matrixCells } from './recorded-answers.ts'

it('gets the verdict of httpd for every directive, argument and context', () => {
  const differing = new Map<string, number>()
  let cells = 0
  for (const { directive, as, text, accepted } of matrixCells()) {
    cells++
    if ((judge(text, as).verdict === 'ok') !== accepted) differing.set(directive, (differing.get(directive) ?? 0) + 1)
  }
  expect(cells).toBe(107_300)
  // httpd’s own answers vary here: they depend on what lies in memory.
  expect(Object.fromEntries(differing)).toEqual({
    InputSed: 2,
    OutputSed: 3,
  })
})
