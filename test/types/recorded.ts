import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Failure } from '../../src/source/diagnostic.ts'

export interface Recorded<Request, Answer> {
  readonly request: Request
  readonly answer: Answer & { readonly error?: string }
}

/** Puppet's answers of one group, what the requests share put back into each. */
export function recorded<Request, Answer>(group: string): readonly Recorded<Request, Answer>[] {
  const file = fileURLToPath(new URL(`recorded/${group}.json`, import.meta.url))
  const { shared, answers } = JSON.parse(readFileSync(file, 'utf8'))
  return answers.map((a: Recorded<Request, Answer>) => ({ ...a, request: { ...shared, ...a.request } }))
}

/** The result, or the message that a user's mistake gives. */
export function attempt<T extends object>(run: () => T): T | { readonly error: string } {
  try {
    return run()
  } catch (error) {
    if (error instanceof Failure) return { error: error.diagnostic.message }
    throw error
  }
}
