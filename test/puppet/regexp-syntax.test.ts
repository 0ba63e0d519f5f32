import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { regexpFault } from '../../src/puppet/regexp-syntax.ts'

/** Patterns with what Ruby says of them; null where Ruby takes them. */
const recorded = JSON.parse(readFileSync(resolve(import.meta.dirname, 'recorded/regexps.json'), 'utf8')) as {
  answers: [pattern: string, fault: string | null][]
}

describe('faults of regular expressions', () => {
  it('are never found where Ruby finds none', () => {
    const wrong = recorded.answers.filter(([pattern, fault]) => fault === null && regexpFault(pattern) !== undefined)
    expect(wrong).toEqual([])
  })

  it('are found in Ruby’s wording', () => {
    const faulty = recorded.answers.filter(([, fault]) => fault !== null)
    const missed = faulty.filter(([pattern, fault]) => regexpFault(pattern) !== fault)
    expect(faulty.length).toBeGreaterThan(1000)
    expect(missed.length / faulty.length).toBeLessThan(0.01)
  })
})
