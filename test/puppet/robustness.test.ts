import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from './answers.ts'
import { snippets } from './snippets.ts'
import { shapeFaults } from './tree-invariants.ts'

const pieces = [
  '{ } ( ) [ ] , ; : => +> -> ~> <- <~ | || <| |> <<| |>> @ @@ $x ${ $ " \' foo Foo:: ::foo _x a-b 1 0x1 08 1.5',
  'if else elsif unless case class define node inherits default undef true in and or ! - * / % + += = == =~ ? # /*',
  '*/ type function attr private include @(END) @("E"/L) E END .foo .x(1) /foo/ <% %> -%> <%= <%- <%# << >> é 😀',
]
  .join(' ')
  .split(' ')
const separator = fc.constantFrom('', ' ', '\n', '\n  ')

/** Never throws, always ends, and gives a tree in shape. */
function holds(code: string, epp: boolean): void {
  const result = parse({ code, ...(epp ? { epp: true as const } : {}) })
  expect(shapeFaults(result.program, !code.includes('@('))).toEqual([])
  for (const { span } of result.diagnostics) {
    expect(span?.start).toBeGreaterThanOrEqual(0)
    expect(span?.end).toBeLessThanOrEqual(code.length)
    expect(span?.start).toBeLessThanOrEqual(span?.end as number)
  }
}

describe('any text', () => {
  it('parses somehow, put together from pieces of the language', () => {
    const piece = fc.tuple(fc.constantFrom(...pieces), separator).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (parts, epp) => holds(parts.join(''), epp)),
      { numRuns: 1500 },
    )
  })

  it('parses somehow, out of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), holds), { numRuns: 1500 })
  })

  it('parses somehow, cut off anywhere', () => {
    for (const { code, epp } of snippets) {
      for (let end = 0; end < code.length; end += 1 + (code.length >> 5)) holds(code.slice(0, end), epp === true)
    }
  })
})
