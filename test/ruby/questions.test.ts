import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Bridge } from '../../src/ruby/bridge.ts'
import { answerer, type QuestionOptions } from '../../src/ruby/questions.ts'

const shim = join(import.meta.dirname, '../../src/ruby/shim')
const asked = new Set(
  readdirSync(shim).flatMap((name) =>
    [...readFileSync(join(shim, name), 'utf8').matchAll(/Rehearsal\.ask\('([^']+)'/g)].map(
      ([, operation]) => operation,
    ),
  ),
)

/** Knows everything: what is asked of it is a function that gives itself. */
const everything: unknown = new Proxy(() => everything, { get: () => everything })

describe('what the library on the Ruby side asks', () => {
  it.each([...asked])('%s has an answer', (operation) => {
    const answer = answerer(everything as QuestionOptions)
    const bridge = { frame: { context: everything } } as unknown as Bridge
    let problem = ''
    try {
      answer(bridge, operation as string, [])
    } catch (error) {
      problem = (error as Error).message
    }
    expect(problem).not.toMatch(/^Ruby asks/)
  })
})
