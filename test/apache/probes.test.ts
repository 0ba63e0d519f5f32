import { describe, expect, it } from 'vitest'
import { comparable, judge, loggedMessage } from './machine.ts'
import { probePlaces, probesAs } from './recorded-answers.ts'

describe.each(probePlaces)('probes as %s', (as) => {
  const answers = probesAs(as).map((probe) => ({ probe, given: judge(probe.text, as) }))

  it('gets the verdict of httpd for every probe', () => {
    expect(answers).toHaveLength(687)
    const differing = answers
      .filter(({ probe, given }) => given.verdict !== (probe.message === undefined ? 'ok' : 'reject'))
      .map(({ probe }) => probe.id)
    expect(differing).toEqual([])
  })

  it('says it in the words of httpd', () => {
    const differing = answers
      .filter(({ probe, given }) => probe.message !== undefined && comparable(probe.message) !== loggedMessage(given))
      .map(({ probe }) => probe.id)
    // The number of a line inside the container that a text is put into is told without the container.
    expect(differing).toEqual(as === 'directory' ? ['lex/line_20M'] : [])
  })

  it('names the line that httpd names', () => {
    const differing = answers
      .filter(({ probe, given }) => probe.line !== undefined && given.first?.line !== probe.line)
      .map(({ probe }) => probe.id)
    expect(differing).toEqual([])
  })

  it('points every finding at a place in the text', () => {
    for (const { probe, given } of answers)
      for (const { span } of given.diagnostics) {
        expect(span, probe.id).toBeDefined()
        expect(span && span.start <= span.end && span.end <= span.file.text.length, probe.id).toBe(true)
      }
  })
})
