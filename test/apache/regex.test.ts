import { describe, expect, it } from 'vitest'
import { checkRegex } from '../../src/apache/regex.ts'
import recorded from './recorded/regexes.json' with { type: 'json' }

describe('checkRegex', () => {
  it('gets the verdict of PCRE2 in httpd for random patterns', () => {
    const patterns = recorded.patterns as unknown as readonly (readonly [pattern: string, verdict: string])[]
    expect(patterns.length).toBeGreaterThan(2000)
    // mod_rewrite takes a leading ! for itself.
    const differing = patterns.filter(
      ([pattern, verdict]) => (checkRegex(pattern.replace(/^!/, '')) ? 'reject' : 'ok') !== verdict,
    )
    expect(differing).toEqual([])
  })

  it.each([
    ['a(b', 3, 'missing closing parenthesis'],
    ['a)b', 1, 'unmatched closing parenthesis'],
    ['x[a-', 4, 'missing terminating ] for character class'],
    ['[z-a]', 3, 'range out of order in character class'],
    ['+x', 1, 'quantifier does not follow a repeatable item'],
    ['(?<=a+)b', 4, 'lookbehind assertion is not fixed length'],
    ['é(', 2, 'missing closing parenthesis'],
  ])('says where %s is wrong', (pattern, offset, message) => {
    expect(checkRegex(pattern)).toEqual({ message, offset })
  })

  it('takes time in proportion to the length', () => {
    const started = performance.now()
    expect(checkRegex('(?:a{2,3}|[b-d]+)'.repeat(20_000))).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
