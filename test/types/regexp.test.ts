import { describe, expect, test } from 'vitest'
import { escapeRegexp, rubyRegexp } from '../../src/value/regexp.ts'
import { attempt, recorded } from './recorded.ts'

/** Conditionals and the absence operator have no equal. */
const unsupported = new Set(['(\\()?a(?(1)\\))', '(?~abc)'])

describe('patterns match as in Ruby', () => {
  type Answer = { groups: (string | null)[] | null }
  for (const { request, answer } of recorded<{ pattern: string; text: string }, Answer>('regexps'))
    test(`/${request.pattern}/ and ${JSON.stringify(request.text)}`, () => {
      const ours = attempt(() => {
        const match = rubyRegexp(request.pattern).exec(request.text)
        return { groups: match && Array.from(match, (group) => group ?? null) }
      })
      const isUnsupported = 'error' in ours && ours.error.includes('cannot be run here')
      expect(isUnsupported).toBe(unsupported.has(request.pattern))
      if (!isUnsupported) expect(ours).toEqual(answer)
    })
})

test('what cannot be run is named', () => {
  const { error } = attempt(() => rubyRegexp('(?~abc)')) as { error: string }
  expect(error).toBe('The regular expression /(?~abc)/ cannot be run here: the absence operator (?~…)')
})

test('escaped text matches itself alone', () => {
  const text = 'a.b*[c]\n\t#-{}()|^$ \\'
  expect(rubyRegexp(`\\A${escapeRegexp(text)}\\z`).test(text)).toBe(true)
})
