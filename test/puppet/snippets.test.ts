import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Answer, answer, comparable, parse } from './answers.ts'
import { snippets } from './snippets.ts'

const recorded = JSON.parse(readFileSync(resolve(import.meta.dirname, 'recorded/snippets.json'), 'utf8')) as {
  answers: Answer[]
}

/** Puppet quotes the JSON parser of the machine it runs on. */
const quotesJsonParser = /JSON syntax checker/

describe('parsing and validation of snippets', () => {
  it('has an answer of real Puppet for each', () => {
    expect(recorded.answers.length).toBe(snippets.length)
  })

  it.each(snippets.map((snippet, at) => [JSON.stringify(snippet), snippet, recorded.answers[at] as Answer] as const))(
    '%s',
    (_, snippet, theirs) => {
      const { theirs: expected, ours } = comparable(theirs, answer(parse(snippet)))
      if (theirs.error && quotesJsonParser.test(theirs.error[0]))
        expect(ours.error?.slice(1)).toEqual(expected.error?.slice(1))
      else expect(ours).toEqual(expected)
    },
  )
})
